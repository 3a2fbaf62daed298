import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import type { Registered } from './clients.ts'
import { Person } from './person.ts'
import { begin, must, relyingParty, signIn } from './relying-party.ts'

/** OpenID Connect RP-Initiated Logout 1.0 §2: the person is asked, and comes back to a registered address. */
export async function rpInitiatedLogout(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const person = new Person('taxpayer')
  const tokens = await signIn(configuration, { at, person })
  const end = await signOut(at, person, { configuration, idToken: tokens.id_token ?? '' })
  must(end.href === `${at.listener.origin}/over?state=bye`, `the person came to ${end.href}`)
  const { url } = await begin(configuration, at, { prompt: 'none' })
  const { at: back } = await person.signIn(url)
  must(back.searchParams.get('error') === 'login_required', 'the session goes on')
}

/** OpenID Connect Back-Channel Logout 1.0 §2.4 to 2.6. */
export async function backchannelLogout(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const person = new Person('spouse')
  const tokens = await signIn(configuration, { at, person })
  const claims = tokens.claims()
  await signOut(at, person, { configuration, idToken: tokens.id_token ?? '' })
  for (let tries = 0; tries < 20; tries++) {
    const form = await at.listener.posted('/logout', 20)
    const { payload } = await jwtVerify(form.get('logout_token') ?? '', keysOf(configuration), {
      issuer: at.issuer,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'jti', 'exp', 'events'],
    })
    if (payload.sid !== claims?.sid) continue
    must(payload.aud === at.client('basic').id, `aud ${payload.aud}`)
    must(payload.sub === claims?.sub && !('nonce' in payload), 'another subject, or a nonce')
    const events = payload.events as Record<string, unknown>
    must('http://schemas.openid.net/event/backchannel-logout' in events, 'no such event')
    return
  }
  throw new Error('only other sessions were told of')
}

export function keysOf(configuration: oidc.Configuration): ReturnType<typeof createRemoteJWKSet> {
  return createRemoteJWKSet(new URL(configuration.serverMetadata().jwks_uri ?? ''))
}

async function signOut(
  at: Registered,
  person: Person,
  { configuration, idToken }: { configuration: oidc.Configuration; idToken: string },
): Promise<URL> {
  const url = oidc.buildEndSessionUrl(configuration, {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${at.listener.origin}/over`,
    state: 'bye',
  })
  const page = await person.open(url)
  if (page.at.origin !== at.issuer) return page.at
  const action = /<form[^>]*action="([^"]+)"/.exec(page.html)?.[1] ?? ''
  const fields = [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const pressed = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
  const answer = await person.send(page, action, { ...pressed, logout: 'yes' })
  return (await person.follow(answer, page.at)).at
}
