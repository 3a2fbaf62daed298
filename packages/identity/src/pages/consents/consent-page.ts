import { filled, type Language, type Problem } from '@sapan/kernel'
import {
  backLink,
  button,
  checkboxes,
  errorSummary,
  form,
  inset,
  plainDate,
  radios,
  type SitePage,
  type SiteRequest,
  type SummaryRow,
  summaryList,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Consent, consentDays } from '../../consents/consent.ts'
import { fieldWords, orCode } from '../../consents/plain-words.ts'
import type { Visitor } from '../../visitor.ts'
import type { ConsentPagesOptions } from './routes.ts'
import { consentWords, stateWords } from './words.ts'

/** One consent: who, from whom, why and what, and the decision that is the person's now. */
export function consentPage(
  request: SiteRequest<Visitor>,
  consent: Consent,
  options: ConsentPagesOptions,
  problem?: Problem,
): SitePage {
  const { language } = request
  const name = orCode(options.words.member(consent.consumer), consent.consumer)[language]
  const error = problem?.type.next[language]
  return {
    kind: 'page',
    ...(problem ? { status: problem.type.status } : {}),
    title: name,
    body: h(
      'div',
      null,
      backLink('/me/consents', language, consentWords.title[language]),
      errorSummary(error === undefined ? [] : [{ field: 'fields', text: error }], language),
      h('h1', null, name),
      h(
        'p',
        null,
        tag(stateWords[consent.state][language], consent.state === 'given' ? 'success' : 'neutral'),
      ),
      summaryList(rowsOf(consent, language, options)),
      decision(request, consent, options, error),
    ),
  }
}

function rowsOf(consent: Consent, language: Language, { words, law }: ConsentPagesOptions): SummaryRow[] {
  const { purpose, service, reason, reference, askedAt, askedUntil, givenAt, expires, endedAt, state } =
    consent
  const about = words.purpose(purpose)
  const row = (key: keyof typeof consentWords, value: ComponentChild): SummaryRow => ({
    key: consentWords[key][language],
    value,
  })
  const date = (key: keyof typeof consentWords, at: number | undefined) =>
    at === undefined ? [] : [row(key, plainDate(at, language))]
  const from = [words.member(consent.provider), words.service(service)].map((text, n) =>
    orCode(text, n === 0 ? consent.provider : service),
  )
  const fields = consent.fields.map((path) => h('li', null, fieldWords(words, service, path)[language]))
  return [
    row('purpose', [
      orCode(about?.name, purpose)[language],
      about ? h('br', null) : null,
      about?.about[language],
    ]),
    row('from', from.map((text) => text[language]).join(' · ')),
    row('fields', h('ul', null, fields)),
    ...(reason[language] === '' ? [] : [row('reason', h('q', { dir: 'auto' }, reason[language]))]),
    ...(consent.law === undefined ? [] : [row('law', orCode(law?.(consent.law), consent.law)[language])]),
    ...(reference === '' ? [] : [row('reference', h('bdi', null, reference))]),
    ...date('askedOn', askedAt),
    ...(state === 'asked' ? date('answerBy', askedUntil) : []),
    ...date('givenOn', givenAt),
    ...(state === 'given' ? date('until', expires) : date('endedOn', endedAt)),
  ]
}

function decision(
  { language, formKey, form: sent }: SiteRequest<Visitor>,
  { id, state, fields, service }: Consent,
  { words }: ConsentPagesOptions,
  error: string | undefined,
): ComponentChild {
  const at = `/me/consents/${id}`
  if (state === 'given') {
    return form(
      { action: `${at}/withdraw`, formKey },
      inset(h('p', null, consentWords.withdrawMeaning[language])),
      button({ text: consentWords.withdraw[language], kind: 'danger' }),
    )
  }
  if (state !== 'asked') return h('p', null, consentWords.newAsk[language])
  const chosen = error === undefined ? fields : sent.getAll('fields')
  return h(
    'div',
    null,
    form(
      { action: `${at}/give`, formKey },
      checkboxes({
        name: 'fields',
        label: consentWords.chooseFields[language],
        hint: consentWords.chooseFieldsHint[language],
        error,
        values: chosen,
        choices: fields.map((path) => ({ value: path, text: fieldWords(words, service, path)[language] })),
      }),
      radios({
        name: 'days',
        label: consentWords.chooseDays[language],
        value: sent.get('days') ?? String(consentDays[0]),
        choices: consentDays.map((days) => ({
          value: String(days),
          text: filled(consentWords.days[language], { days }),
        })),
      }),
      inset(h('p', null, consentWords.meaning[language])),
      button({ text: consentWords.give[language] }),
    ),
    form(
      { action: `${at}/refuse`, formKey },
      checkboxes({
        name: 'unwanted',
        label: consentWords.refuseFor[language],
        hint: consentWords.unwantedHint[language],
        values: [],
        choices: [{ value: 'yes', text: consentWords.notAgain[language] }],
      }),
      button({ text: consentWords.refuse[language], kind: 'secondary' }),
    ),
  )
}
