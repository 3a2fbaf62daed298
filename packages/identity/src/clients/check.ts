import { Problem, type Text } from '@sapan/kernel'
import { Value } from 'typebox/value'
import type { IdentityCountry } from '../country.ts'
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

/** What a client may name in that country. */
export function knownToClients(
  { scopes, levels }: Pick<IdentityCountry, 'scopes' | 'levels'>,
  isMember?: (member: string) => boolean,
): KnownToClients {
  const codes = (terms: readonly { readonly code: string }[]) => new Set(terms.map(({ code }) => code))
  return {
    scopes: codes(scopes.scopes),
    ial: codes(levels.ial),
    aal: codes(levels.aal),
    ...(isMember && { isMember }),
  }
}

/** Settings as their schema and the rules have them. Throws `sign-in-client-invalid` with the place and what is wrong there. */
export function checkSettings(value: unknown, known: KnownToClients): ClientSettings {
  if (!Value.Check(clientSettingsSchema, value)) {
    const [error] = Value.Errors(clientSettingsSchema, value)
    throw invalidClient(error?.instancePath || '/', malformed(error))
  }
  for (const [place, wrong, isWrong] of rules) if (isWrong(value, known)) throw invalidClient(place, wrong)
  for (const [place, uri] of addressesOf(value)) {
    const wrong = wrongAddress(uri)
    if (wrong !== undefined) throw invalidClient(place, wrong)
  }
  return value
}

export function invalidClient(place: string, wrong: Text): Problem {
  return new Problem(providerProblems['sign-in-client-invalid'], {
    detail: { th: `ตำแหน่ง ${place} ${wrong.th}`, en: `At ${place}: ${wrong.en}.` },
    extensions: { place },
  })
}

function malformed(error: { keyword: string; message: string } | undefined): Text {
  // `additionalProperties: false` is told as a schema that nothing fits.
  if (error === undefined || error.keyword === 'boolean')
    return { th: 'ไม่ใช่ส่วนของข้อมูลลงทะเบียน', en: 'is no part of a registration' }
  return { th: `ไม่ตรงตามรูปแบบ (${error.message})`, en: error.message }
}

type Rule = readonly [
  place: string,
  wrong: Text,
  isWrong: (s: ClientSettings, known: KnownToClients) => boolean,
]

const withKeys = new Set(['private_key_jwt', 'self_signed_tls_client_auth'])
const fapiAuthentications = new Set(['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'])
const noLevel = { th: 'ไม่ใช่ระดับของประเทศ', en: 'is no level of the country' }

/** What may be named. */
const names: readonly Rule[] = [
  [
    '/member',
    { th: 'ไม่ใช่สมาชิก', en: 'is no member' },
    (s, k) => s.member !== undefined && k.isMember?.(s.member) === false,
  ],
  [
    '/scopes',
    { th: 'มีขอบเขตข้อมูลที่ประเทศไม่มี', en: 'names a scope that the country does not have' },
    (s, k) => s.scopes.some((one) => !k.scopes.has(one)),
  ],
  ['/scopes', { th: 'ต้องมี openid', en: 'must have openid' }, (s) => !s.scopes.includes('openid')],
  ['/least/ial', noLevel, (s, k) => s.least?.ial !== undefined && !k.ial.has(s.least.ial)],
  ['/least/aal', noLevel, (s, k) => s.least?.aal !== undefined && !k.aal.has(s.least.aal)],
]

/** Keys and certificates: OpenID Connect Registration §2, RFC 8705. */
const proofs: readonly Rule[] = [
  [
    '/jwks',
    { th: 'ให้ jwks หรือ jwksUri อย่างใดอย่างหนึ่ง', en: 'must be alone: give jwks or jwksUri' },
    (s) => s.jwks !== undefined && s.jwksUri !== undefined,
  ],
  [
    '/jwks',
    { th: 'ต้องมี (หรือ jwksUri) สำหรับวิธีพิสูจน์นี้', en: 'is needed for this authentication (or jwksUri)' },
    (s) => withKeys.has(s.authentication) && !s.jwks && s.jwksUri === undefined,
  ],
  [
    '/jwks',
    { th: 'ต้องไม่มีกุญแจส่วนตัวหรือกุญแจร่วม', en: 'must not have a private or symmetric key' },
    hasPrivateKey,
  ],
  [
    '/tlsSubject',
    { th: 'ใช้กับ tls_client_auth เท่านั้น และต้องมี', en: 'is needed for tls_client_auth, and only for it' },
    (s) => (s.authentication === 'tls_client_auth') !== (s.tlsSubject !== undefined),
  ],
]

/** FAPI 2.0 Security Profile §5.3. */
const fapi: readonly Rule[] = [
  [
    '/authentication',
    {
      th: 'ต้องเป็น private_key_jwt หรือใบรับรอง สำหรับ fapi2',
      en: 'must be private_key_jwt or by certificate for fapi2',
    },
    (s) => s.profile === 'fapi2' && !fapiAuthentications.has(s.authentication),
  ],
  [
    '/bound',
    { th: 'ต้องเป็น dpop หรือ mtls สำหรับ fapi2', en: 'must be dpop or mtls for fapi2' },
    (s) => s.profile === 'fapi2' && s.bound === undefined,
  ],
  [
    '/idTokenAlgorithm',
    { th: 'ต้องไม่เป็น RS256 สำหรับ fapi2', en: 'must not be RS256 for fapi2' },
    (s) => s.profile === 'fapi2' && s.idTokenAlgorithm === 'RS256',
  ],
]

/** Where the person comes back to, and CIBA Core §4. */
const ways: readonly Rule[] = [
  [
    '/redirectUris',
    {
      th: 'ต้องมีอย่างน้อยหนึ่ง เว้นแต่ใช้ CIBA หรือขอความยินยอมอย่างเดียว',
      en: 'must not be empty, but for a client that only uses CIBA or asks for consents',
    },
    (s) => s.redirectUris.length === 0 && !s.ciba && !s.consents,
  ],
  [
    '/consents',
    {
      th: 'ต้องเป็นระบบของสมาชิก ที่พิสูจน์ตนด้วยกุญแจ (private_key_jwt)',
      en: 'is for a member’s system that proves itself by its key (private_key_jwt)',
    },
    (s) => s.consents === true && (!s.member || s.authentication !== 'private_key_jwt' || s.bound === 'mtls'),
  ],
  [
    '/ciba/notify',
    { th: 'ใช้กับ ping เท่านั้น และต้องมี', en: 'is needed for ping, and only for it' },
    (s) => (s.ciba?.mode === 'ping') !== (s.ciba?.notify !== undefined),
  ],
  [
    '/jwksUri',
    { th: 'ต้องมีเมื่อหน่วยงานใช้ CIBA', en: 'is needed for CIBA by an agency' },
    (s) => !!s.ciba && !!s.member && s.jwksUri === undefined,
  ],
  [
    '/authentication',
    {
      th: 'ต้องเป็น private_key_jwt หรือ self_signed_tls_client_auth เมื่อใช้ CIBA',
      en: 'must be private_key_jwt or self_signed_tls_client_auth for CIBA',
    },
    (s) => !!s.ciba && !withKeys.has(s.authentication),
  ],
  [
    '/authentication',
    { th: 'ต้องไม่เป็น none เมื่อแลกโทเคน', en: 'must not be none for token exchange' },
    (s) => s.exchange === true && s.authentication === 'none',
  ],
]

const rules: readonly Rule[] = [...names, ...proofs, ...fapi, ...ways]

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
function wrongAddress(uri: string): Text | undefined {
  const url = URL.parse(uri)
  if (url === null) return { th: 'ไม่ใช่ที่อยู่เว็บ', en: 'is no address' }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.has(url.hostname)))
    return { th: 'ต้องเป็น https (http ได้เฉพาะ localhost)', en: 'must be https (http only on localhost)' }
  if (url.username !== '' || url.password !== '')
    return { th: 'ต้องไม่มีชื่อผู้ใช้', en: 'must not have a user name' }
  if (uri.includes('#')) return { th: 'ต้องไม่มีส่วนหลัง #', en: 'must not have a fragment' }
  if (/[\s\\*]|\/\.\.?(\/|$)|%2e|%2f|%5c/i.test(uri))
    return {
      th: 'ต้องไม่มีช่องว่าง * แบ็กสแลช หรือจุดที่ชี้ไปที่อื่น',
      en: 'must not have blanks, *, backslashes or dots that lead elsewhere',
    }
  if (url.href === uri || url.href === `${uri}/`) return undefined
  return { th: `ต้องเขียนเป็น ${url.href}`, en: `must be written as ${url.href}` }
}
