import { Problem } from '@sapan/kernel'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchangeGrant } from '../../src/clients/metadata.ts'
import { providerProblems } from '../../src/problems/provider.ts'
import type { ActorTokenRequest } from '../../src/provider/ports.ts'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey } from './keys-of-clients.ts'
import { discover, portal, publicClient, signIn } from './relying-party.ts'

let issuer: TestIssuer
let account: string
let face: oidc.Configuration
let other: oidc.Configuration
const asked: ActorTokenRequest[] = []

beforeAll(async () => {
  issuer = await startIssuer({
    issueActorToken: async (request) => {
      if (request.parameters.mandate === 'over') throw new Problem(providerProblems['question-unknown'])
      asked.push(request)
      return { token: 'an.actor.token', expiresIn: 300 }
    },
  })
  account = await issuer.person()
  issuer.act = signsIn(issuer, account)
  const key = await clientKey()
  const keyed = { authentication: 'private_key_jwt', jwks: { keys: [key.jwk] } }
  await issuer.clients.register({ ...portal, ...keyed, exchange: true }, 'file')
  await issuer.clients.register({ ...publicClient, ...keyed, exchange: true }, 'file')
  await issuer.clients.register({ ...publicClient, ...keyed, id: 'no-exchange' }, 'file')
  face = await discover(issuer, 'portal', byKey(key))
  other = await discover(issuer, 'leaflet', byKey(key))
})
afterAll(() => issuer.stop())

async function exchange(
  configuration: oidc.Configuration,
  token: string,
  parameters: Record<string, string> = {},
) {
  return await oidc.genericGrantRequest(configuration, exchangeGrant, {
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: 'TH/GOV/RD',
    ...parameters,
  })
}

describe('the exchange of a token (RFC 8693)', () => {
  test('asks for one with which the person acts at an agency', async () => {
    const { access_token: token } = await signIn(face, new Browser())
    const answer = await exchange(face, token, { mandate: 'company', case: 'A-1' })
    expect(answer).toMatchObject({
      access_token: 'an.actor.token',
      issued_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      expires_in: 300,
    })
    const [session] = await issuer.provider.sessionsOf(account)
    expect(asked.at(-1)).toEqual({
      account,
      client: 'portal',
      session: session?.id,
      level: { ial: '1.1', aal: '2.2' },
      parameters: { audience: 'TH/GOV/RD', mandate: 'company', case: 'A-1' },
    })
  })

  test('is refused with another’s token, one that ended, or none; and says why where the person may not', async () => {
    const { access_token: token } = await signIn(face, new Browser())
    const invalid = { error: 'invalid_request' }
    await expect(exchange(other, token)).rejects.toMatchObject(invalid)
    await expect(exchange(face, 'none')).rejects.toMatchObject(invalid)
    await expect(exchange(face, token, { mandate: 'over' })).rejects.toMatchObject({
      error_description: expect.stringContaining('question-unknown'),
    })
    await issuer.provider.revokeSessions(account)
    await expect(exchange(face, token)).rejects.toMatchObject(invalid)
  })
})
