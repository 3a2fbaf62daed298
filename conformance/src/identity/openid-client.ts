import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as oidc from 'openid-client'
import { type Check, claim, type Finding } from '../check.ts'
import { ciba, exchangeAtGateway } from './beyond.ts'
import { type Registered, registered } from './clients.ts'
import { Person } from './person.ts'
import { begin, must, refuses, relyingParty, signIn, signInBound } from './relying-party.ts'
import { backchannelLogout, rpInitiatedLogout } from './sign-out.ts'

/** Every flow of the issuer with openid-client, which is certified by the OpenID Foundation as a relying party. */
export const openidClient: Check = {
  name: 'identity, openid-client',
  against: () => `npm openid-client ${version()}`,
  async run() {
    let at: Registered | undefined
    const started = await claim('an operator registers clients of two agencies by file', async () => {
      at = await registered()
    })
    if (at === undefined) return [started]
    return [started, ...(await basic(at)), ...(await fapi(at)), ...(await others(at))]
  },
}

async function basic(at: Registered): Promise<Finding[]> {
  return [
    await claim('discovery: the metadata of the issuer are read and agree with it', async () => {
      const metadata = (await relyingParty(at, 'basic')).serverMetadata()
      must(metadata.issuer === at.issuer, `another issuer: ${metadata.issuer}`)
      must(metadata.supportsPKCE('S256'), 'no S256')
    }),
    await claim('code + PKCE, client_secret_basic: ID token, state, nonce and iss hold', async () => {
      const tokens = await signIn(await relyingParty(at, 'basic'), { at, person: new Person('taxpayer') })
      must(tokens.claims()?.acr === 'urn:th:digital-id:ial:2.3:aal:2.2', `acr ${tokens.claims()?.acr}`)
    }),
    await claim('code + PKCE, a client without a secret', async () => {
      await signIn(await relyingParty(at, 'app'), { at, person: new Person('taxpayer') })
    }),
    await claim(
      'consent, claim by claim: userinfo tells what was agreed to, and what was kept back not',
      () => consent(at),
    ),
    await claim('a person who refuses: access_denied', () => refusal(at)),
    await claim('refresh with rotation; the old token is refused, and with it the whole family', () =>
      rotation(at),
    ),
    await claim('introspection: active with its scope; of another client’s token: not active', () =>
      introspection(at),
    ),
    await claim('revocation: the token is not active any more', () => revocation(at)),
    await claim('pairwise subjects: the same person is another at another agency, and the same again', () =>
      pairwise(at),
    ),
  ]
}

async function fapi(at: Registered): Promise<Finding[]> {
  return [
    await claim('FAPI 2.0: PAR, private_key_jwt and DPoP; userinfo by the bound token', async () => {
      const configuration = await relyingParty(at, 'fapi')
      const { tokens, DPoP } = await signInBound(configuration, { at, person: new Person('taxpayer') })
      must(tokens.token_type === 'dpop', `token_type ${tokens.token_type}`)
      const { sub = '' } = tokens.claims() ?? {}
      await oidc.fetchUserInfo(configuration, tokens.access_token, sub, { DPoP })
    }),
    await claim('FAPI 2.0: refresh by who holds the client’s key, without rotation', async () => {
      const configuration = await relyingParty(at, 'fapi')
      const { tokens, DPoP } = await signInBound(configuration, { at, person: new Person('taxpayer') })
      for (const _time of [1, 2])
        await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '', undefined, { DPoP })
    }),
    await claim('JARM: the answer as a signed token (response_mode=jwt)', () => jarm(at)),
  ]
}

async function others(at: Registered): Promise<Finding[]> {
  return [
    await claim('step-up: an essential acr that the session does not have is asked for, and told', () =>
      stepUp(at),
    ),
    await claim('an acr that nobody can reach is refused as unmet_authentication_requirements', () =>
      unknownLevel(at),
    ),
    await claim('RP-initiated logout: the session at the issuer ends, and the person comes back', () =>
      rpInitiatedLogout(at),
    ),
    await claim('back-channel logout: the client is told with a logout token that jose verifies', () =>
      backchannelLogout(at),
    ),
    await claim('CIBA poll: asked elsewhere, answered on my page, tokens once', () => ciba(at)),
    await claim('token exchange to Sapan-Actor: a gateway takes it, and refuses it altered', () =>
      exchangeAtGateway(at),
    ),
  ]
}

async function consent(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const person = new Person('spouse')
  person.keepsBack = ['gender']
  const parameters = { scope: 'openid profile national_id', prompt: 'consent' }
  const tokens = await signIn(configuration, { at, person, parameters })
  must(person.offered.includes('claim-gender'), `the page offered ${person.offered.join(' ')}`)
  const { sub = '' } = tokens.claims() ?? {}
  const told = await oidc.fetchUserInfo(configuration, tokens.access_token, sub)
  must(typeof told.national_id === 'string' && typeof told.name === 'string', 'what was agreed to is missing')
  must(!('gender' in told), 'what was kept back was told')
  must(!('birthdate' in told), 'what was not asked for was told')
}

async function refusal(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const person = new Person('elder')
  person.decision = 'refuse'
  await refuses('access_denied', () =>
    signIn(configuration, { at, person, parameters: { prompt: 'consent' } }),
  )
}

async function rotation(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const first = await signIn(configuration, { at, person: new Person('taxpayer') })
  const second = await oidc.refreshTokenGrant(configuration, first.refresh_token ?? '')
  must(second.refresh_token !== first.refresh_token, 'the refresh token stayed the same')
  must(second.claims()?.sub === first.claims()?.sub, 'another subject')
  for (const stolen of [first, second])
    await refuses('invalid_grant', () => oidc.refreshTokenGrant(configuration, stolen.refresh_token ?? ''))
}

async function introspection(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const { access_token: token } = await signIn(configuration, { at, person: new Person('taxpayer') })
  const own = await oidc.tokenIntrospection(configuration, token)
  must(own.active && own.scope?.includes('profile') === true, 'not active for its own client')
  const other = await oidc.tokenIntrospection(await relyingParty(at, 'otherAgency'), token)
  must(!other.active, 'active for another client')
}

async function revocation(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const tokens = await signIn(configuration, { at, person: new Person('taxpayer') })
  await oidc.tokenRevocation(configuration, tokens.refresh_token ?? '')
  await refuses('invalid_grant', () => oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? ''))
  await oidc.tokenRevocation(configuration, tokens.access_token)
  must(!(await oidc.tokenIntrospection(configuration, tokens.access_token)).active, 'still active')
}

async function pairwise(at: Registered): Promise<void> {
  const person = new Person('taxpayer')
  const sub = async (kind: 'basic' | 'otherAgency' | 'app') =>
    (await signIn(await relyingParty(at, kind), { at, person })).claims()?.sub
  const [one, other, again] = [await sub('basic'), await sub('otherAgency'), await sub('app')]
  must(one !== other, 'the same subject at two agencies')
  must(one === again, 'two subjects at one agency')
}

async function jarm(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  oidc.useJwtResponseMode(configuration)
  await signIn(configuration, { at, person: new Person('taxpayer') })
}

async function stepUp(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const person = new Person('taxpayer')
  await signIn(configuration, { at, person })
  const strong = 'urn:th:digital-id:ial:2.3:aal:3'
  const { url } = await begin(configuration, at, { claims: essential(strong) })
  const page = await person.open(url)
  must(/^\/sign-in\/[^/]+$/.test(page.at.pathname), `the person was not asked again: ${page.at.pathname}`)
  const held = await signIn(configuration, {
    at,
    person,
    parameters: { claims: essential('urn:th:digital-id:ial:1.3:aal:2.1') },
  })
  must(held.claims()?.acr === 'urn:th:digital-id:ial:2.3:aal:2.2', `acr ${held.claims()?.acr}`)
}

async function unknownLevel(at: Registered): Promise<void> {
  const configuration = await relyingParty(at, 'basic')
  const parameters = { claims: essential('urn:mace:incommon:iap:gold') }
  await refuses('unmet_authentication_requirements', () =>
    signIn(configuration, { at, person: new Person('taxpayer'), parameters }),
  )
}

function essential(value: string): string {
  return JSON.stringify({ id_token: { acr: { essential: true, value } } })
}

/** Of openid-client, as it is installed. */
function version(): string {
  const entry = createRequire(import.meta.url).resolve('openid-client')
  const end = entry.lastIndexOf('openid-client/') + 'openid-client/'.length
  return (JSON.parse(readFileSync(`${entry.slice(0, end)}package.json`, 'utf8')) as { version: string })
    .version
}
