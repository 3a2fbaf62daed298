import * as oidc from 'openid-client'
import type { Registered } from './clients.ts'
import { Person } from './person.ts'
import { must, refuses, relyingParty, signIn } from './relying-party.ts'

const cibaGrant = 'urn:openid:params:grant-type:ciba'
const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const actorTokenType = 'urn:ietf:params:oauth:token-type:access_token'

/** OpenID CIBA Core 1.0 §7 to 11: a client asks, the person answers on their page at the portal. */
export async function ciba(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'ciba')
  const number = await nationalId(at, 'partner')
  const { auth_req_id: id } = await oidc.initiateBackchannelAuthentication(configuration, {
    scope: 'openid profile',
    login_hint: `national-id:${number}`,
    binding_message: 'A-17',
  })
  const poll = () => oidc.genericGrantRequest(configuration, cibaGrant, { auth_req_id: id })
  await refuses('authorization_pending', poll)
  await answer(at, new Person('partner'))
  const tokens = await poll()
  must(tokens.id_token !== undefined, 'no ID token')
  await refuses('invalid_grant', poll)
}

export async function nationalId(at: Registered, who: string): Promise<string> {
  const configuration = await relyingParty(at, 'basic')
  const parameters = { scope: 'openid national_id', prompt: 'consent' }
  const tokens = await signIn(configuration, { at, person: new Person(who), parameters })
  const { sub = '' } = tokens.claims() ?? {}
  return String((await oidc.fetchUserInfo(configuration, tokens.access_token, sub)).national_id)
}

/** Opens what waits on my page, and says yes. */
async function answer({ portal, issuer }: Registered, person: Person): Promise<void> {
  const stay = [portal, issuer]
  const list = await person.signIn(`${portal}/me/waiting`, stay)
  const ways = [...list.html.matchAll(/href="(\/me\/waiting\/[^"]+)"/g)].map(([, href]) => href)
  const [way] = ways
  if (way === undefined) throw new Error(`nothing waits at ${list.at.pathname} (${list.status})`)
  const page = await person.open(new URL(way, portal), stay)
  const sent = await person.send(page, way, { answer: 'approve' })
  const done = await person.follow(sent, page.at, stay)
  must(done.at.searchParams.get('done') === 'approved', `the answer was not taken: ${done.at.href}`)
}

/** RFC 8693: the person's token for one with which they act; both gateways check it. */
export async function exchangeAtGateway(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'keyed')
  const tokens = await signIn(configuration, { at, person: new Person('taxpayer') })
  const got = await oidc.genericGrantRequest(configuration, exchangeGrant, {
    subject_token: tokens.access_token,
    subject_token_type: actorTokenType,
    audience: 'TH/GOV/RD',
  })
  const actor = got.access_token
  const payload = JSON.parse(Buffer.from(actor.split('.')[1] ?? '', 'base64url').toString())
  must(payload.kind === 'person' && payload.aud === 'TH/GOV/RD', 'another kind of token')
  must(payload.sub === tokens.claims()?.sub, 'another subject than the agency knows')
  must((await call(at, actor)) === 200, `the gateway answers ${await call(at, actor)}`)
  const altered = `${actor.slice(0, -4)}${actor.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
  must((await call(at, altered)) >= 400, 'the gateway took an altered token')
  await refuses('invalid_request', () =>
    oidc.genericGrantRequest(configuration, exchangeGrant, {
      subject_token: tokens.access_token,
      subject_token_type: actorTokenType,
      audience: 'TH/GOV/DBD',
    }),
  )
}

/** A token with which a person acts at agencies for the Revenue Department. */
export async function actorToken(at: Registered): Promise<string> {
  const configuration = await relyingParty(at, 'keyed')
  const { access_token } = await signIn(configuration, { at, person: new Person('taxpayer') })
  const asked = { subject_token: access_token, subject_token_type: actorTokenType }
  return (await oidc.genericGrantRequest(configuration, exchangeGrant, asked)).access_token
}

/** Provinces, from DOPA: no personal data. */
async function call(at: Registered, actor: string): Promise<number> {
  const answer = await fetch(`${at.edge('RD')}/r1/TH/GOV/DOPA/places/division-v1/provinces`, {
    headers: { 'x-road-client': 'TH/GOV/RD/efiling', 'sapan-actor': actor },
  })
  await answer.text()
  return answer.status
}
