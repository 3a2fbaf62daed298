import { Problem, type Text } from '@sapan/kernel'
import { linkButton, type SiteAnswer, type SiteFile } from '@sapan/ui'
import { h } from 'preact'
import { AdminDoor } from '../../door.ts'
import type { OperatorSiteOptions } from '../../options.ts'
import { operatorProblems } from '../../problems.ts'
import type { OperatorRequest, OperatorRoute } from '../../visitor.ts'
import type { OperatorSession } from '../session.ts'
import { longestSeconds } from '../sessions.ts'
import { Attempts, attemptSeconds } from './attempt.ts'
import { callbackPath, OpenidClient } from './client.ts'
import { listingOf, type NamedOperator, type OpenidOptions } from './options.ts'

const words = {
  title: { th: 'เข้าสู่ระบบแล้ว', en: 'You are signed in' },
  as: { th: 'ในชื่อ', en: 'As' },
  open: { th: 'เปิดหน้าผู้ดูแล', en: 'Open the operator’s pages' },
} as const satisfies Record<string, Text>

interface Parts {
  readonly site: OperatorSiteOptions
  readonly openid: OpenidOptions
  readonly session: OperatorSession
  readonly client: OpenidClient
  readonly attempts: Attempts
}

/** Signing in through the country's Digital ID, or any other issuer. */
export function openidRoutes(site: OperatorSiteOptions, session: OperatorSession): OperatorRoute[] {
  const { openid, origin, cookieSecret, clock } = site
  if (openid === undefined) return []
  const client = new OpenidClient({ ...openid, origin })
  const parts = { site, openid, session, client, attempts: new Attempts(cookieSecret, clock) }
  return [
    { method: 'GET', path: '/operator/openid', handle: () => begin(parts) },
    { method: 'GET', path: callbackPath, handle: (request) => finish(parts, request) },
    { method: 'GET', path: '/operator/openid/jwks.json', handle: () => keySet(openid) },
  ]
}

async function begin({ client, attempts, session }: Parts): Promise<SiteAnswer> {
  const { to, attempt } = await client.begin()
  // It comes back by a link of another site.
  const cookie = session.cookies.write('openid', attempts.seal(attempt), {
    maxAgeSeconds: attemptSeconds,
    sameSite: 'lax',
  })
  return { kind: 'redirect', to, cookies: [cookie] }
}

/** A page, and no redirect: on the way from another site a browser keeps the session's cookie back. */
async function finish(parts: Parts, request: OperatorRequest): Promise<SiteAnswer> {
  const { client, attempts, openid, session, site } = parts
  const { raw, query, language } = request
  const attempt = attempts.open(session.cookies.read(raw?.request.headers.cookie, 'openid'))
  if (attempt === undefined) throw new Problem(operatorProblems['operator-openid-failed'])
  const subject = await client.finish(query, attempt)
  const operator = openid.operators.find((one) => one.subject === subject)
  if (operator === undefined) throw unknownOperator(subject)
  const token = await tokenOf(parts, operator)
  const secret = await session.sessions.begin({ name: operator.name, token }, listingOf(operator))
  site.log.info({ operator: operator.name }, 'an operator signed in through the issuer')
  const title = words.title[language]
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, title),
    h('p', null, `${words.as[language]} `, h('bdi', null, operator.name)),
    linkButton({ text: words.open[language], href: '/operator' }),
  )
  const cookies = [session.cookieOf(secret), session.cookies.write('openid', '', { maxAgeSeconds: 0 })]
  return { kind: 'page', title, body, cookies }
}

/** The API knows who looks after single members by a token of their own, for as long as a session lasts. */
async function tokenOf({ openid, site }: Parts, operator: NamedOperator): Promise<string> {
  const { name, members, role = 'look', opens = false } = operator
  if (members === undefined) return openid.adminToken
  const door = new AdminDoor({ inject: site.inject, token: openid.adminToken, name })
  const wanted = { name, members, role, opens, expiresInSeconds: longestSeconds }
  return (await door.post<{ token: string }>('/v1/operators', wanted)).token
}

function unknownOperator(subject: string): Problem {
  return new Problem(operatorProblems['operator-openid-unknown'], {
    detail: {
      th: `ผู้ให้บริการยืนยันตัวตนเรียกคุณว่า ${subject} ซึ่งไม่อยู่ในรายชื่อผู้ดูแลของเกตเวย์นี้`,
      en: `The issuer calls you ${subject}, whom this gateway does not have among its operators.`,
    },
  })
}

/** The public key by which the issuer knows this client. */
function keySet({ signer, clientId }: OpenidOptions): SiteFile {
  const key = { ...signer.publicKey.export({ format: 'jwk' }), kid: clientId, alg: 'ES256', use: 'sig' }
  return { kind: 'file', contentType: 'application/json', body: JSON.stringify({ keys: [key] }) }
}
