import { type Language, Problem, type Text } from '@sapan/kernel'
import type { ClientSettings } from '../../clients/settings.ts'
import { words } from './words.ts'

/** What is wrong, at which field. */
export interface ClientFault {
  readonly field: string
  readonly text: string
}

/** What a new system begins with: what an agency should have. */
export function newValues(): URLSearchParams {
  return new URLSearchParams({
    profile: 'fapi2',
    authentication: 'private_key_jwt',
    bound: 'dpop',
    scopes: 'openid',
  })
}

/** Settings out of the form, as a file would have them. The name stays; what was left empty is absent. */
export function sentSettings(sent: URLSearchParams, before: Partial<ClientSettings> = {}): object {
  const field = (name: string): string | undefined => sent.get(name)?.normalize('NFC').trim() || undefined
  const lines = (name: string) => (field(name) ?? '').split(/\s+/).filter((line) => line !== '')
  const isOn = (name: string) => (sent.get(name) === 'yes' ? true : undefined)
  const both = (th: string | undefined, en: string | undefined) =>
    th || en ? { th: th ?? '', en: en ?? '' } : undefined
  const left = lines('postLogoutRedirectUris')
  return present({
    id: before.id ?? field('id') ?? '',
    names: { th: field('name_th') ?? '', en: field('name_en') ?? '' },
    purpose: both(field('purpose_th'), field('purpose_en')),
    profile: field('profile'),
    authentication: field('authentication'),
    jwks: keysIn(field('jwks')),
    jwksUri: field('jwksUri'),
    tlsSubject: group({ kind: field('tls_kind'), value: field('tls_value') }),
    bound: field('bound'),
    redirectUris: lines('redirectUris'),
    postLogoutRedirectUris: left.length > 0 ? left : undefined,
    backchannelLogoutUri: field('backchannelLogoutUri'),
    scopes: sent.getAll('scopes'),
    least: group({ ial: field('ial'), aal: field('aal') }),
    refresh: isOn('refresh'),
    exchange: isOn('exchange'),
    consents: isOn('consents'),
    ciba: group({ mode: field('ciba_mode'), notify: field('ciba_notify') }),
    idTokenAlgorithm: field('idTokenAlgorithm'),
  })
}

/** What is no JSON stays text, of which the check says that it is not right. */
function keysIn(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function present(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function group(values: Readonly<Record<string, unknown>>): object | undefined {
  const some = present(values)
  return Object.keys(some).length > 0 ? some : undefined
}

/** The settings as the form shows them. */
export function valuesOf(settings: ClientSettings): URLSearchParams {
  const { names, purpose, least, ciba, tlsSubject, jwks } = settings
  const values = new URLSearchParams({
    id: settings.id,
    name_th: names.th,
    name_en: names.en,
    purpose_th: purpose?.th ?? '',
    purpose_en: purpose?.en ?? '',
    profile: settings.profile,
    authentication: settings.authentication,
    jwks: jwks ? JSON.stringify(jwks, null, 2) : '',
    jwksUri: settings.jwksUri ?? '',
    tls_kind: tlsSubject?.kind ?? '',
    tls_value: tlsSubject?.value ?? '',
    bound: settings.bound ?? '',
    redirectUris: settings.redirectUris.join('\n'),
    postLogoutRedirectUris: (settings.postLogoutRedirectUris ?? []).join('\n'),
    backchannelLogoutUri: settings.backchannelLogoutUri ?? '',
    ial: least?.ial ?? '',
    aal: least?.aal ?? '',
    ciba_mode: ciba?.mode ?? '',
    ciba_notify: ciba?.notify ?? '',
    idTokenAlgorithm: settings.idTokenAlgorithm ?? '',
  })
  for (const scope of settings.scopes) values.append('scopes', scope)
  for (const name of ['refresh', 'exchange', 'consents'] as const) {
    if (settings[name]) values.set(name, 'yes')
  }
  return values
}

const fields: Readonly<Record<string, string>> = {
  '/names/th': 'name_th',
  '/names/en': 'name_en',
  '/purpose/th': 'purpose_th',
  '/purpose/en': 'purpose_en',
  '/tlsSubject': 'tls_value',
  '/tlsSubject/kind': 'tls_kind',
  '/tlsSubject/value': 'tls_value',
  '/least/ial': 'ial',
  '/least/aal': 'aal',
  '/ciba': 'ciba_mode',
  '/ciba/mode': 'ciba_mode',
  '/ciba/notify': 'ciba_notify',
}

/** Which field is wrong, where that is what went wrong. */
export function faultOf(error: unknown, language: Language): ClientFault | undefined {
  if (!(error instanceof Problem)) return undefined
  const said = error.detail ?? error.type.title
  if (error.code === 'sign-in-client-taken') return { field: 'id', text: said[language] }
  if (error.code !== 'sign-in-client-invalid') return undefined
  const place = String(error.extensions.place ?? '')
  return { field: fields[place] ?? place.split('/')[1] ?? '', text: besideField(said, place)[language] }
}

/** Beside a field nobody needs its place in a file, nor the pattern that it does not fit. */
function besideField({ th, en }: Text, place: string): Text {
  if (th.includes('ไม่ตรงตามรูปแบบ')) return words.malformed
  return { th: th.replace(`ตำแหน่ง ${place} `, ''), en: en.replace(`At ${place}: `, '') }
}
