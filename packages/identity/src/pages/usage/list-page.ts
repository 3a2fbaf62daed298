import { filled, type Language } from '@sapan/kernel'
import {
  button,
  details,
  emptyState,
  notification,
  pagination,
  plainDate,
  plainTime,
  type SitePage,
  type SiteRequest,
  select,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { orCode } from '../../consents/plain-words.ts'
import { type Alike, alike } from '../../usage/alike.ts'
import type { KeptPage } from '../../usage/pages.ts'
import type { AccessQuestion, UsageOperator } from '../../usage/ports.ts'
import type { MergedAccess } from '../../usage/source.ts'
import type { Visitor } from '../../visitor.ts'
import { agenciesOf, fieldsOf, purposeOf, roleOf, wasRefused } from './access-words.ts'
import { questionOf } from './question-words.ts'
import type { UsagePagesOptions } from './routes.ts'
import { questionStates, usageWords } from './words.ts'

export interface UsageShown {
  readonly page: KeptPage
  readonly operators: readonly UsageOperator[]
  /** What the person has asked agencies before. */
  readonly questions: readonly AccessQuestion[]
}

/** A page of accesses, and who did not answer. */
export function listPage(
  { language }: SiteRequest<Visitor>,
  { page, operators, questions }: UsageShown,
  { words }: UsagePagesOptions,
): SitePage {
  const { accesses, withheld, agency, id, sources } = page
  const hasMore = sources.length > 0
  return {
    kind: 'page',
    title: usageWords.title[language],
    body: h(
      'div',
      null,
      h('h1', null, usageWords.title[language]),
      h('p', { class: 'lead' }, usageWords.lead[language]),
      news(page, language),
      silence(page, operators, language),
      filter(operators, agency, language),
      [...new Set(withheld)].map((until) =>
        notification({
          kind: 'info',
          title: `${usageWords.withheld[language]} ${plainTime(Date.parse(until), language)}`,
        }),
      ),
      accesses.length === 0 && withheld.length === 0 ? nothing(page, hasMore, language) : null,
      h(
        'ul',
        { class: 'entries' },
        alike(accesses, (at) => plainDate(Date.parse(at), 'en')).map((group) =>
          entry(group, id, words, language),
        ),
      ),
      asked(questions, words, language),
      pagination({ language, next: hasMore ? `/me/usage?after=${id}` : undefined }),
    ),
  }
}

/** Only where every gateway answered can an empty list say that nobody looked. */
function nothing({ silent, agency }: KeptPage, hasMore: boolean, language: Language): ComponentChild {
  if (hasMore || silent.length > 0) return null
  const title = agency === null ? usageWords.none : usageWords.noneHere
  return emptyState(title[language], h('p', null, usageWords.noneNext[language]))
}

function news({ news: count }: KeptPage, language: Language): ComponentChild {
  if (count === 0) return null
  return notification({ kind: 'info', title: usageWords.news[language].replace('{count}', String(count)) })
}

function silence(
  { silent }: KeptPage,
  operators: readonly UsageOperator[],
  language: Language,
): ComponentChild {
  if (silent.length === 0) return null
  const known = new Map(operators.flatMap(({ members }) => members.map(({ id, name }) => [id, name])))
  const names = silent.map((member) => h('li', null, orCode(known.get(member), member)[language]))
  return notification({
    kind: 'warning',
    title: usageWords.silent[language],
    body: h(
      'div',
      null,
      h('p', null, usageWords.silentBody[language]),
      h('ul', null, names),
      h('p', null, usageWords.silentNext[language]),
    ),
  })
}

function filter(
  operators: readonly UsageOperator[],
  agency: string | null,
  language: Language,
): ComponentChild {
  const members = operators.flatMap((operator) => operator.members)
  const choices = members
    .map(({ id, name }) => ({ value: id, text: name[language] }))
    .sort((a, b) => a.text.localeCompare(b.text, language))
  return h(
    'form',
    { method: 'get', action: '/me/usage', class: 'form' },
    select({
      name: 'agency',
      label: usageWords.agency[language],
      choices,
      empty: usageWords.everyAgency[language],
      value: agency ?? undefined,
    }),
    button({ text: usageWords.show[language], kind: 'secondary' }),
  )
}

function asked(
  questions: readonly AccessQuestion[],
  words: UsagePagesOptions['words'],
  language: Language,
): ComponentChild {
  if (questions.length === 0) return null
  const items = questions.map(({ agency, state, dueAt }) =>
    h(
      'li',
      null,
      `${orCode(words.member(agency), agency)[language]} `,
      tag(orCode(questionStates[state], state)[language], state === 'answered' ? 'success' : 'neutral'),
      ` ${usageWords.due[language]} ${plainDate(dueAt, language)}`,
    ),
  )
  return h('section', null, h('h2', null, usageWords.questions[language]), h('ul', null, items))
}

function entry(
  [access, ...others]: Alike,
  page: string,
  words: UsagePagesOptions['words'],
  language: Language,
): ComponentChild {
  const { who, from } = agenciesOf(access, words, language)
  const fields = fieldsOf(access, words, language)
  const question = questionOf(access, words, language)
  const at = Date.parse(access.at)
  return h(
    'li',
    null,
    h(
      'h2',
      null,
      h(
        'a',
        { href: `/me/usage/${page}/${access.exchange}` },
        `${who} ${usageWords.lookedAt[language]} ${from}`,
      ),
    ),
    h(
      'p',
      null,
      h('time', { dateTime: access.at }, plainTime(at, language)),
      ` · ${purposeOf(access, words, language)}`,
    ),
    otherTimes(others, page, language),
    h('p', null, roleOf(access, language)),
    question
      ? h('p', null, `${usageWords.askedAbout[language]}: ${question.asked} — ${question.answered}`)
      : fields.length === 0
        ? null
        : h('p', null, `${usageWords.fields[language]}: ${fields.join(', ')}`),
    h(
      'p',
      null,
      wasRefused(access) ? tag(usageWords.refused[language]) : null,
      (access.unusual ?? []).length > 0 ? tag(usageWords.unusual[language], 'warning') : null,
      access.openedBy ? tag(usageWords.opened[language], 'warning') : null,
      access.consent ? tag(usageWords.consented[language], 'info') : null,
    ),
  )
}

/** The same was looked at more than once that day: each time has its own page, and its proof. */
function otherTimes(others: readonly MergedAccess[], page: string, language: Language): ComponentChild {
  if (others.length === 0) return null
  return details(
    { summary: filled(usageWords.again[language], { times: others.length }) },
    h(
      'ul',
      null,
      others.map(({ exchange, at }) =>
        h(
          'li',
          null,
          h(
            'a',
            { href: `/me/usage/${page}/${exchange}` },
            h('time', { dateTime: at }, plainTime(Date.parse(at), language)),
          ),
        ),
      ),
    ),
  )
}
