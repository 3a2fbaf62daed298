import type { Language, Problem, Text } from '@sapan/kernel'
import {
  personName as nameIn,
  plainDate,
  plainTime,
  type SiteAnswer,
  type SiteRequest,
  type SiteRoute,
  type SummaryRow,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { MandatesCountry } from '../../mandates/country.ts'
import type { Declarations } from '../../mandates/declaration/declarations.ts'
import type { Limits, ScopeUse } from '../../mandates/mandate.ts'
import type { Mandates } from '../../mandates/mandates.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { words } from './words.ts'

export interface MandatePagesOptions {
  readonly mandates: Mandates
  readonly country: MandatesCountry
  readonly clock: () => number
  /** Absent where the operator has no seal. */
  readonly declarations?: Declarations
  /** Agencies to which a mandate may be limited. */
  readonly agencies: readonly { readonly id: string; readonly name: Text }[]
}

export type MandateRequest = SiteRequest<Visitor>
export type MandateRoute = SiteRoute<Visitor, Need>

/** One column, as pages for tasks have it. */
export function page(title: string, ...body: ComponentChildren[]): SiteAnswer {
  return { kind: 'page', title, body: h('div', { class: 'column' }, ...body) }
}

export const redirect = (to: string): SiteAnswer => ({ kind: 'redirect', to })

/** A name that somebody has, in the language where it is known. */
export function personName(name: Text, language: Language): ComponentChild {
  const shown = name[language] || name.th || name.en
  return nameIn(shown === '' ? '–' : shown, language)
}

export function scopeName(country: MandatesCountry, code: string, language: Language): string {
  return country.scopes.find((scope) => scope.code === code)?.name[language] ?? code
}

/** Kinds of acts with what each lets one do. */
export function scopeList(
  country: MandatesCountry,
  uses: readonly ScopeUse[],
  language: Language,
): ComponentChild {
  const how = (use: ScopeUse) => (use.how === 'alone' ? '' : ` (${words[use.how][language]})`)
  const about = (code: string) => country.scopes.find((scope) => scope.code === code)?.about[language]
  return h(
    'ul',
    null,
    uses.map((use) =>
      h(
        'li',
        null,
        h('strong', null, scopeName(country, use.code, language)),
        how(use),
        h('br', null),
        about(use.code),
      ),
    ),
  )
}

export const aloneUses = (codes: readonly string[]): ScopeUse[] =>
  codes.map((code) => ({ code, how: 'alone' }))

/** What narrows a mandate, and for how long it is. */
export function limitRows(
  { limits, from, till }: { limits: Limits; from: number; till?: number },
  { agencies }: Pick<MandatePagesOptions, 'agencies'>,
  language: Language,
): SummaryRow[] {
  const named = limits.agencies?.map(
    (id) => agencies.find((agency) => agency.id === id)?.name[language] ?? id,
  )
  const amount = limits.amount?.toLocaleString('en-GB')
  return [
    { key: words.from[language], value: plainDate(from, language) },
    {
      key: words.till[language],
      value: till === undefined ? words.noEnd[language] : plainTime(till, language),
    },
    ...(amount === undefined
      ? []
      : [{ key: words.amount[language], value: `${amount} ${words.baht[language]}` }]),
    { key: words.agencies[language], value: named?.join(', ') ?? words.everywhere[language] },
  ]
}

/** What a problem of a form says beside its field. */
export function problemText({ detail, type }: Problem, language: Language): string {
  return `${(detail ?? type.title)[language]} ${type.next[language]}`
}
