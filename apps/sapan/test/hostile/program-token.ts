import { createHash, randomBytes } from 'node:crypto'
import { dpopKeys, dpopProof } from '../../../../packages/identity/test/provider/keys-of-clients.ts'
import type { OpenHouse } from './house.ts'
import { clientSettings } from './people.ts'
import { HostileVisitor } from './visitor.ts'

export interface TokenAsked {
  readonly client: string
  readonly scope: string
  readonly dpop?: boolean
}

/** A program that people may let act for them. */
export async function registerProgram({ house }: OpenHouse, id: string, bound?: 'dpop'): Promise<void> {
  const settings = { ...clientSettings, scopes: ['openid', 'profile', 'applications'], member: 'TH/GOV/DGA' }
  await house.rooms.clients.register({ ...settings, id, ...(bound && { bound }) }, 'test')
}

export const programKeys = dpopKeys()

/** The whole code flow with PKCE: whoever came last signs in and agrees, the program gets its token. */
export async function programToken(open: OpenHouse, asked: TokenAsked): Promise<string> {
  const { client, scope, dpop = false } = asked
  const back = clientSettings.redirectUris[0]
  const visitor = new HostileVisitor(open)
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    ...{ client_id: client, response_type: 'code', redirect_uri: back, scope, state: 'x', nonce: 'y' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  let page = await visitor.follow('issuer', `/oidc/authorize?${query}`, /^\/callback$/)
  for (const [below, fields] of [
    ['/play', {}],
    ['', { decision: 'agree' }],
  ] as const) {
    const sent = await visitor.submit('issuer', `${page.at.pathname}${below}`, fields)
    page = await visitor.follow('issuer', sent.headers.location ?? '', /^\/callback$/)
  }
  const { issuer } = open.origins
  const code = page.at.searchParams.get('code') ?? ''
  const body = {
    grant_type: 'authorization_code',
    client_id: client,
    redirect_uri: back,
    code_verifier: verifier,
  }
  const proof = await dpopProof(programKeys, { htm: 'POST', htu: `${issuer}/oidc/token` })
  const answer = await fetch(`${issuer}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...body, code }),
    headers: dpop ? { dpop: proof } : {},
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`no token: ${answer.status}`)
  return token
}
