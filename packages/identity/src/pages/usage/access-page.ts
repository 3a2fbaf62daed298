import type { Language, Problem } from '@sapan/kernel'
import {
  backLink,
  button,
  errorSummary,
  form,
  notification,
  plainDate,
  plainTime,
  type SitePage,
  type SiteRequest,
  type SummaryRow,
  summaryList,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { orCode } from '../../consents/plain-words.ts'
import { provingMembers } from '../../usage/source.ts'
import type { FoundAccess } from '../../usage/usage.ts'
import type { Visitor } from '../../visitor.ts'
import { agenciesOf, fieldsOf, lawOf, purposeOf, roleOf } from './access-words.ts'
import { questionOf } from './question-words.ts'
import type { UsagePagesOptions } from './routes.ts'
import { questionStates, unusualWords, usageWords } from './words.ts'

/** One access: in plain words, with its proof, and the way to ask about it. */
export function accessPage(
  request: SiteRequest<Visitor>,
  found: FoundAccess,
  options: UsagePagesOptions,
  problem?: Problem,
): SitePage {
  const { language } = request
  const { access, page } = found
  const { who, from } = agenciesOf(access, options.words, language)
  const title = `${who} ${usageWords.lookedAt[language]} ${from}`
  const error = problem?.type.next[language]
  return {
    kind: 'page',
    ...(problem ? { status: problem.type.status } : {}),
    title,
    body: h(
      'div',
      null,
      backLink('/me/usage', language, usageWords.title[language]),
      errorSummary(error === undefined ? [] : [{ field: 'question', text: error }], language),
      h('h1', null, title),
      (access.unusual ?? []).map((rule) =>
        notification({ kind: 'warning', title: orCode(unusualWords[rule], rule)[language] }),
      ),
      summaryList(rowsOf(found, options, language)),
      openingsOf(found, options, language),
      h('h2', null, usageWords.proof[language]),
      h('p', null, usageWords.proofAbout[language]),
      h('ul', null, proofs(found, options, language)),
      h('h2', null, usageWords.ask[language]),
      questions(found, language) ?? questionForm(request, page.id, access.exchange, error),
    ),
  }
}

function rowsOf({ access }: FoundAccess, { words }: UsagePagesOptions, language: Language): SummaryRow[] {
  const { who, from } = agenciesOf(access, words, language)
  const row = (key: keyof typeof usageWords, value: ComponentChild): SummaryRow => ({
    key: usageWords[key][language],
    value,
  })
  const fields = fieldsOf(access, words, language)
  const question = questionOf(access, words, language)
  const { consent, actor, service, operation, client } = access
  const what = words.operation(service, operation)?.[language]
  const source = [from, orCode(words.service(service), service)[language], what].filter(
    (text) => text !== undefined,
  )
  return [
    row('when', h('time', { dateTime: access.at }, plainTime(Date.parse(access.at), language))),
    row('who', [who, h('br', null), h('bdi', null, client)]),
    row('role', roleOf(access, language)),
    ...(actor?.proven && actor.case !== undefined ? [row('case', h('bdi', null, actor.case))] : []),
    row('from', source.join(' · ')),
    row('purpose', purposeOf(access, words, language)),
    row('law', lawOf(access, language)),
    ...(question ? [row('askedAbout', question.asked), row('answeredSo', question.answered)] : []),
    row(
      'fields',
      question || fields.length === 0
        ? usageWords[question ? 'onlyAnswer' : 'nothingSeen'][language]
        : h(
            'ul',
            null,
            fields.map((text) => h('li', null, text)),
          ),
    ),
    ...(consent
      ? [row('consent', h('a', { href: `/me/consents/${consent.id}` }, usageWords.seeConsent[language]))]
      : []),
    row('exchange', h('code', null, access.exchange)),
  ]
}

/** Who opened what the agencies keep sealed of it, if anybody did. */
function openingsOf(
  { access: { openedBy } }: FoundAccess,
  { words }: UsagePagesOptions,
  language: Language,
): ComponentChild {
  if (openedBy === undefined) return null
  return [
    h('h2', null, usageWords.openings[language]),
    h('p', null, usageWords.openingsAbout[language]),
    openedBy.map(({ member, at, reason }) =>
      summaryList([
        {
          key: usageWords.when[language],
          value: h('time', { dateTime: at }, plainTime(Date.parse(at), language)),
        },
        { key: usageWords.opener[language], value: orCode(words.member(member), member)[language] },
        { key: usageWords.reason[language], value: h('bdi', null, reason) },
      ]),
    ),
  ]
}

function proofs(
  { access, page }: FoundAccess,
  { words }: UsagePagesOptions,
  language: Language,
): ComponentChild[] {
  return provingMembers(access).map((member) => {
    const name = orCode(words.member(member), member)[language]
    const href = `/me/usage/${page.id}/${access.exchange}/proof?member=${encodeURIComponent(member)}`
    return h('li', null, h('a', { href }, `${usageWords.download[language]} ${name}`))
  })
}

/** How the questions about it stand; undefined where none was asked. */
function questions({ questions: asked }: FoundAccess, language: Language): ComponentChild | undefined {
  if (asked.length === 0) return undefined
  return asked.map(({ state, dueAt, openedAt }) =>
    summaryList([
      { key: usageWords.asked[language], value: plainDate(openedAt, language) },
      { key: usageWords.due[language], value: plainDate(dueAt, language) },
      { key: '', value: orCode(questionStates[state], state)[language] },
    ]),
  )
}

function questionForm(
  { language, formKey, form: sent }: SiteRequest<Visitor>,
  page: string,
  exchange: string,
  error: string | undefined,
): ComponentChild {
  return form(
    { action: `/me/usage/${page}/${exchange}/ask`, formKey },
    textArea({
      name: 'question',
      label: usageWords.ask[language],
      hint: usageWords.askHint[language],
      error,
      value: sent.get('question') ?? '',
    }),
    button({ text: usageWords.send[language] }),
  )
}
