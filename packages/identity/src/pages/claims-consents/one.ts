import { type Language, Problem } from '@sapan/kernel'
import {
  backLink,
  button,
  form,
  inset,
  plainDate,
  type SitePage,
  type SiteRequest,
  type SummaryRow,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { providerProblems } from '../../problems/provider.ts'
import type { ClaimsConsent } from '../../provider/consents.ts'
import { type Asked, askedClaims } from '../../provider/pages/asked.ts'
import { actsList } from '../../provider/pages/claim-choices.ts'
import type { Visitor } from '../../visitor.ts'
import { consentWords } from '../consents/words.ts'
import { type ClaimsConsentPagesOptions, claimsConsentsPath } from './options.ts'
import { words } from './words.ts'

/** `/me/consents/sign-in/:consent`: what one service is told, and the form to take it back. */
export async function claimsConsentPage(
  options: ClaimsConsentPagesOptions,
  { who, language, parameters, formKey }: SiteRequest<Visitor>,
): Promise<SitePage> {
  const consent = (await options.consents.of(who.account)).find(({ id }) => id === parameters.consent)
  if (!consent) throw new Problem(providerProblems['claims-consent-unknown'])
  const client = await options.clients.find(consent.client)
  const asked = askedClaims(options.scopes, consent)
  const title = words[asked.acts.length > 0 ? 'actTitle' : 'title'][language].replace(
    '#',
    () => client?.names[language] ?? consent.client,
  )
  return {
    kind: 'page',
    title,
    body: h(
      'div',
      { class: 'column' },
      backLink('/me/consents', language, consentWords.title[language]),
      h('h1', null, title),
      summaryList([
        ...rowsOfClient(options, client?.settings ?? {}, language),
        ...rowsOfClaims(asked, consent, language),
        ...rowsOfActs(asked, language),
        { key: words.givenOn[language], value: plainDate(consent.givenAt, language) },
        { key: words.until[language], value: plainDate(consent.expiresAt, language) },
      ]),
      form(
        { action: `${claimsConsentsPath}/${consent.id}/withdraw`, formKey },
        inset(h('p', null, words.meaning[language])),
        button({ text: words.withdraw[language], kind: 'danger' }),
      ),
    ),
  }
}

type Settings = NonNullable<Awaited<ReturnType<ClaimsConsentPagesOptions['clients']['find']>>>['settings']

function rowsOfClient(
  { memberName }: ClaimsConsentPagesOptions,
  { member, purpose }: Partial<Settings>,
  language: Language,
): SummaryRow[] {
  return [
    ...(member === undefined
      ? []
      : [{ key: words.agency[language], value: memberName(member)?.[language] ?? member }]),
    ...(purpose ? [{ key: words.purpose[language], value: purpose[language] }] : []),
  ]
}

function rowsOfActs({ acts, whileAway }: Asked, language: Language): SummaryRow[] {
  return [
    ...(acts.length > 0 ? [{ key: words.acts[language], value: actsList(acts, language) }] : []),
    ...(whileAway ? [{ key: words.away[language], value: words.alsoAway[language] }] : []),
  ]
}

function rowsOfClaims({ claims, acts }: Asked, consent: ClaimsConsent, language: Language): SummaryRow[] {
  const [told, leftOut] = [false, true].map((isRefused) =>
    claims
      .filter(({ term }) => consent.refused.includes(term.code) === isRefused)
      .map(({ term }) => h('li', null, term.name[language])),
  )
  const list = (items: ComponentChild[] = []) => h('ul', null, items)
  return [
    ...(told?.length ? [{ key: words.knows[language], value: list(told) }] : []),
    // Who may act for a person reads more of them than their number.
    ...(told?.length || acts.length ? [] : [{ key: words.knows[language], value: words.onlyYou[language] }]),
    ...(leftOut?.length ? [{ key: words.leftOut[language], value: list(leftOut) }] : []),
  ]
}
