import { Problem } from '@sapan/kernel'
import { Value } from 'typebox/value'
import { providerProblems } from '../problems/provider.ts'
import { type ClientSettings, clientSettingsSchema } from './settings.ts'

/** What the country and the operator have; a client may name nothing else. */
export interface KnownToClients {
  readonly scopes: ReadonlySet<string>
  readonly ial: ReadonlySet<string>
  readonly aal: ReadonlySet<string>
  /** Whether there is such a member; any where absent. */
  readonly isMember?: (member: string) => boolean
}

/** Settings as their schema and the rules have them. Throws `client-invalid` with the place and what is wrong there. */
export function checkSettings(value: unknown, known: KnownToClients): ClientSettings {
  if (!Value.Check(clientSettingsSchema, value)) {
    const [error] = Value.Errors(clientSettingsSchema, value)
    throw invalidClient(error?.instancePath || '/', error?.message ?? 'is not as it must be')
  }
  for (const [place, wrong, isWrong] of rules) if (isWrong(value, known)) throw invalidClient(place, wrong)
  for (const [place, uri] of addressesOf(value)) {
    const wrong = wrongAddress(uri)
    if (wrong !== undefined) throw invalidClient(place, wrong)
  }
  return value
}

export function invalidClient(place: string, wrong: string): Problem {
  return new Problem(providerProblems['client-invalid'], {
    detail: { th: `ตำแหน่ง ${place}: ${wrong}`, en: `At ${place}: ${wrong}.` },
    extensions: { place },
  })
}

type Rule = readonly [
  place: string,
  wrong: string,
  isWrong: (s: ClientSettings, known: KnownToClients) => boolean,
]

const withKeys = new Set(['private_key_jwt', 'self_signed_tls_client_auth'])
const fapiAuthentications = new Set(['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'])

/** FAPI 2.0 Security Profile §5.3, OpenID Connect Registration, RFC 8705, CIBA Core §4. */
const rules: readonly Rule[] = [
  ['/member', 'is no member', (s, k) => s.member !== undefined && k.isMember?.(s.member) === false],
  [
    '/scopes',
    'names a scope that the country does not have',
    (s, k) => s.scopes.some((one) => !k.scopes.has(one)),
  ],
  ['/scopes', 'must have openid', (s) => !s.scopes.includes('openid')],
  ['/least/ial', 'is no level', (s, k) => s.least?.ial !== undefined && !k.ial.has(s.least.ial)],
  ['/least/aal', 'is no level', (s, k) => s.least?.aal !== undefined && !k.aal.has(s.least.aal)],
  ['/jwks', 'must be alone: give jwks or jwksUri', (s) => s.jwks !== undefined && s.jwksUri !== undefined],
  [
    '/jwks',
    'is needed for this authentication (or jwksUri)',
    (s) => withKeys.has(s.authentication) && !s.jwks && s.jwksUri === undefined,
  ],
  ['/jwks', 'must not have a private or symmetric key', (s) => hasPrivateKey(s)],
  [
    '/tlsSubject',
    'is needed for tls_client_auth, and only for it',
    (s) => (s.authentication === 'tls_client_auth') !== (s.tlsSubject !== undefined),
  ],
  [
    '/authentication',
    'must be private_key_jwt or by certificate for fapi2',
    (s) => s.profile === 'fapi2' && !fapiAuthentications.has(s.authentication),
  ],
  ['/bound', 'must be dpop or mtls for fapi2', (s) => s.profile === 'fapi2' && s.bound === undefined],
  [
    '/idTokenAlgorithm',
    'must not be RS256 for fapi2',
    (s) => s.profile === 'fapi2' && s.idTokenAlgorithm === 'RS256',
  ],
  [
    '/redirectUris',
    'must not be empty, but for a client that only uses CIBA',
    (s) => !s.redirectUris.length && !s.ciba,
  ],
  ['/ciba/notify', 'is needed for ping, and only for it', (s) => pings(s) !== (s.ciba?.notify !== undefined)],
  ['/jwksUri', 'is needed for CIBA by an agency', (s) => !!s.ciba && !!s.member && s.jwksUri === undefined],
  ['/authentication', 'must not be none for CIBA', (s) => !!s.ciba && !withKeys.has(s.authentication)],
]

function pings(settings: ClientSettings): boolean {
  return settings.ciba?.mode === 'ping'
}

function hasPrivateKey({ jwks }: ClientSettings): boolean {
  return jwks?.keys.some((key) => 'd' in key || 'k' in key || 'priv' in key) ?? false
}

function addressesOf(settings: ClientSettings): [place: string, uri: string][] {
  const listed = (['redirectUris', 'postLogoutRedirectUris'] as const).flatMap((name) =>
    (settings[name] ?? []).map((uri, i): [string, string] => [`/${name}/${i}`, uri]),
  )
  const single = [
    ['/jwksUri', settings.jwksUri],
    ['/backchannelLogoutUri', settings.backchannelLogoutUri],
    ['/ciba/notify', settings.ciba?.notify],
  ] as const
  return [...listed, ...single.flatMap(([place, uri]): [string, string][] => (uri ? [[place, uri]] : []))]
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What is wrong with an address: it must be https, or http on this machine, and say nothing twofold. */
function wrongAddress(uri: string): string | undefined {
  const url = URL.parse(uri)
  if (url === null) return 'is no address'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.has(url.hostname)))
    return 'must be https (http only on localhost)'
  if (url.username !== '' || url.password !== '') return 'must not have a user name'
  if (uri.includes('#')) return 'must not have a fragment'
  if (/[\s\\*]|\/\.\.?(\/|$)|%2e|%2f|%5c/i.test(uri))
    return 'must not have blanks, *, backslashes or dots that lead elsewhere'
  return url.href === uri || url.href === `${uri}/` ? undefined : `must be written as ${url.href}`
}
