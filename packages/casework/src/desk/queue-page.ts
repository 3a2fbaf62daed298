import type { Language, Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  pagination,
  plainTime,
  type SitePage,
  type SiteRequest,
  table,
  tabs,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { dutyName, kindName } from '../task/kinds.ts'
import { readQuery, shows, type TaskQuery, type TaskShow } from '../task/query.ts'
import type { Officer, TaskSummary } from '../task/task.ts'
import { clockMark, stateMark } from './marks.ts'
import type { TaskPagesOptions } from './options.ts'
import { queueFilters } from './queue-filters.ts'

const words = {
  title: { th: 'งาน', en: 'Tasks' },
  lists: { th: 'รายการงาน', en: 'Lists of tasks' },
  next: { th: 'รับงานที่ด่วนที่สุด', en: 'Take the most urgent task' },
  task: { th: 'งาน', en: 'Task' },
  duty: { th: 'หน้าที่', en: 'Duty' },
  opened: { th: 'ได้รับเมื่อ', en: 'Received' },
  clock: { th: 'กำหนดเวลา', en: 'Time' },
  state: { th: 'สถานะ', en: 'State' },
  none: { th: 'ไม่มีงานในรายการนี้', en: 'There are no tasks in this list' },
  noneNext: {
    th: 'งานใหม่จะขึ้นที่นี่เองเมื่อมีผู้ยื่นเรื่องถึงหน้าที่ของคุณ',
    en: 'New ones appear here when something comes in for your duties.',
  },
  taken: { th: 'ไม่มีงานที่รอรับแล้ว', en: 'No task is waiting any more' },
} as const satisfies Record<string, Text>

const showNames: Readonly<Record<TaskShow, Text>> = {
  waiting: { th: 'ที่ต้องทำ', en: 'To be done' },
  open: { th: 'รอรับ', en: 'Not taken' },
  mine: { th: 'ของฉัน', en: 'Mine' },
  overdue: { th: 'เลยกำหนด', en: 'Overdue' },
  done: { th: 'เสร็จแล้ว', en: 'Done' },
}

/** The queue of an officer's duties. Throws `task-list-unreadable`. */
export async function queuePage<Who, Need>(
  options: TaskPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SitePage> {
  const { casework, officerOf } = options
  const { language } = request
  const officer = officerOf(request.who)
  const query = readQuery(request.query)
  const [{ tasks, next }, counts] = await Promise.all([
    casework.list(officer, query),
    casework.count(officer),
  ])
  const onward = next === undefined ? undefined : addressOf(query, { after: next })
  const first = query.after === undefined ? undefined : addressOf(query, {})
  return {
    kind: 'page',
    title: words.title[language],
    body: [
      h('h1', null, words.title[language]),
      showTabs(query, counts, language),
      counts.open > 0 ? takeNext(request) : null,
      queueFilters(options.names, officer, query, language),
      tasks.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : queueTable(options, officer, tasks, language),
      pagination({ language, next: onward, previous: first, label: words.lists[language] }),
    ],
  }
}

function showTabs(
  query: TaskQuery,
  counts: { readonly open: number; readonly mine: number; readonly overdue: number },
  language: Language,
): ComponentChild {
  const numbers: Partial<Record<TaskShow, number>> = counts
  return tabs(
    words.lists[language],
    shows.map((show) => {
      const count = numbers[show]
      const text = count === undefined ? showNames[show][language] : `${showNames[show][language]} (${count})`
      return { href: `/desk/tasks?show=${show}`, text, isCurrent: show === query.show }
    }),
  )
}

function takeNext<Who>({ formKey, language }: SiteRequest<Who>): ComponentChild {
  return form({ action: '/desk/tasks/next', formKey, inline: true }, button({ text: words.next[language] }))
}

function queueTable<Who, Need>(
  options: TaskPagesOptions<Who, Need>,
  officer: Officer,
  tasks: readonly TaskSummary[],
  language: Language,
): ComponentChild {
  const { names, days, clock } = options
  const columns = [words.task, words.duty, words.opened, words.clock, words.state]
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: columns.map((text) => ({ title: text[language] })),
    rows: tasks.map((task) => [
      [
        h('a', { href: `/desk/tasks/${task.id}` }, task.title[language]),
        h('p', { class: 'quiet' }, kindName(names, task.kind)[language]),
      ],
      dutyName(names, task.duty)[language],
      plainTime(task.openedAt, language),
      clockMark(task, days, clock(), language),
      stateMark(task, officer, language),
    ]),
  })
}

/** The address of a list, with what differs from the usual. */
export function addressOf(query: TaskQuery, { after }: { readonly after?: string }): string {
  const search = new URLSearchParams({ show: query.show, sort: query.sort })
  if (query.descending) search.set('order', 'down')
  for (const name of ['duty', 'kind', 'reference'] as const) {
    const value = query[name]
    if (value !== undefined) search.set(name, value)
  }
  if (after !== undefined) search.set('after', after)
  return `/desk/tasks?${search}`
}
