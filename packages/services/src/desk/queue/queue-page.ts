import type { CasePage, CaseSummary, Officer } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import { type Language, Problem } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  notification,
  pagination,
  personName,
  plainTime,
  type SitePage,
  type SiteRequest,
  table,
  tabs,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { clockMark, stateMark } from '../marks.ts'
import type { DeskCasesOptions } from '../options.ts'
import { showWords, words } from '../words.ts'
import { queueFilters } from './filters.ts'
import { addressOf, type QueueChoice, queryOf, queueShows, readChoice } from './read-query.ts'

/** `/desk/cases`: what holders of the officer's duties have to do, by due date. */
export async function queuePage(options: DeskCasesOptions, request: SiteRequest<Visitor>): Promise<SitePage> {
  const { cases, officerOf, days } = options
  const { language, who } = request
  const officer = officerOf(who)
  const choice = readChoice(request.query)
  const [{ cases: found, next, silent }, counts] = await Promise.all([
    listed(cases, officer, choice, days),
    cases.counts(officer),
  ])
  const { after, ...first } = choice
  return {
    kind: 'page',
    title: words.title[language],
    body: [
      h('h1', null, words.title[language]),
      silent === undefined ? null : silentNotice(silent, language),
      showTabs(choice, counts, language),
      queueFilters(options, officer, choice, language),
      found.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : await queueForm(options, request, found, choice.show),
      pagination({
        language,
        label: words.lists[language],
        next: next === undefined ? undefined : addressOf({ ...choice, after: next }),
        previous: after === undefined ? undefined : addressOf(first),
      }),
    ],
  }
}

/** Which registers do not answer, and that their cases come back. */
function silentNotice(registers: NonNullable<CasePage['silent']>, language: Language): ComponentChild {
  const names = registers.map((name) => name[language])
  const said =
    language === 'th'
      ? `${names.join(' และ')}${words.silentNext.th}`
      : `${names.join(' and ')}: ${words.silentNext.en}`
  return notification({ kind: 'warning', title: words.silent[language], body: h('p', null, said) })
}

/** What is typed as a number and is none is a list without cases, in which it can be mended. */
async function listed(
  cases: DeskCasesOptions['cases'],
  officer: Officer,
  choice: QueueChoice,
  days: DeskCasesOptions['days'],
): Promise<CasePage> {
  try {
    return await cases.queue(officer, queryOf(choice, officer, days))
  } catch (error) {
    const isTyped = choice.number !== undefined && choice.after === undefined
    if (isTyped && error instanceof Problem && error.code === 'case-list-unreadable') return { cases: [] }
    throw error
  }
}

function showTabs(
  { show }: QueueChoice,
  counts: { readonly work: number; readonly mine: number },
  language: Language,
): ComponentChild {
  const numbers: Readonly<Record<string, number>> = { work: counts.work, mine: counts.mine }
  const entry = (one: (typeof queueShows)[number]) => {
    const name = showWords[one][language]
    const count = numbers[one]
    return {
      href: `/desk/cases?show=${one}`,
      text: count === undefined ? name : `${name} (${count.toLocaleString('en-US')})`,
      isCurrent: one === show,
    }
  }
  return tabs(words.lists[language], queueShows.map(entry))
}

/** What can be done with many of a list: nothing with what others have to do, or is over. */
const doneWithMany = {
  work: ['take', 'release', 'review', 'endorse'],
  mine: ['release', 'review', 'endorse'],
  awaited: [],
  ended: [],
} as const satisfies Record<(typeof queueShows)[number], readonly string[]>

/** The list; whose cases can be chosen, to do the same with many, where something can be done. */
async function queueForm(
  options: DeskCasesOptions,
  { language, formKey }: SiteRequest<Visitor>,
  found: readonly CaseSummary[],
  show: (typeof queueShows)[number],
): Promise<ComponentChild> {
  const names = await namesOf(options, found, language)
  const deeds = doneWithMany[show]
  const list = queueTable(options, { found, names, isChosen: deeds.length > 0 }, language)
  if (deeds.length === 0) return list
  const texts = {
    take: words.takeMany,
    release: words.releaseMany,
    review: words.reviewMany,
    endorse: words.endorseMany,
  }
  return form(
    { action: '/desk/cases/many', formKey },
    list,
    h(
      'fieldset',
      { class: 'button-group' },
      h('legend', { class: 'ds-sr-only' }, words.many[language]),
      deeds.map((value) => button({ text: texts[value][language], kind: 'secondary', name: 'do', value })),
    ),
  )
}

interface Listed {
  readonly found: readonly CaseSummary[]
  readonly names: ReadonlyMap<string, string>
  readonly isChosen: boolean
}

function queueTable(
  { days, clock, dutyName }: DeskCasesOptions,
  { found, names, isChosen }: Listed,
  language: Language,
): ComponentChild {
  const titles = [
    ...(isChosen ? [words.choose] : []),
    words.number,
    words.service,
    words.state,
    words.clock,
    words.received,
    words.assignee,
  ]
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: titles.map((title) => ({ title: title[language] })),
    rows: found.map((one) => [
      ...(isChosen ? [choosing(one, language)] : []),
      h('a', { href: `/desk/cases/${one.id}`, class: 'number' }, one.number),
      [one.title[language], one.duty ? h('p', { class: 'quiet' }, dutyName(one.duty)[language]) : null],
      stateMark(one, language),
      clockMark(one, days, clock(), language),
      plainTime(one.receivedAt, language),
      handledBy(one, names, language),
    ]),
  })
}

function choosing({ id, caseVersion, number }: CaseSummary, language: Language): ComponentChild {
  return h('input', {
    type: 'checkbox',
    name: 'case',
    value: `${id} ${caseVersion}`,
    class: 'ds-input',
    'aria-label': `${words.choose[language]} ${number}`,
  })
}

function handledBy(
  { assignee, state, endedAt }: CaseSummary,
  names: ReadonlyMap<string, string>,
  language: Language,
): ComponentChild {
  if (assignee !== undefined) return personName(names.get(assignee) ?? '', language)
  if (endedAt !== undefined) return '–'
  return (state === 'carrying-out' ? words.system : words.nobody)[language]
}

async function namesOf(
  { nameOf }: DeskCasesOptions,
  found: readonly CaseSummary[],
  language: Language,
): Promise<ReadonlyMap<string, string>> {
  const accounts = new Set(found.flatMap(({ assignee }) => assignee ?? []))
  const named = [...accounts].map(
    async (account) => [account, (await nameOf(account, language)) ?? ''] as const,
  )
  return new Map(await Promise.all(named))
}
