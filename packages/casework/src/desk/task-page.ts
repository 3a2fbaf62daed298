import type { Language, Text } from '@sapan/kernel'
import {
  backLink,
  errorSummary,
  type FieldProblem,
  notification,
  personName,
  plainTime,
  type SitePage,
  type SiteRequest,
  summaryList,
  timeline,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { TaskEvent } from '../task/event.ts'
import { dutyName, kindName } from '../task/kinds.ts'
import { eventNames } from '../task/state-words.ts'
import type { Officer, Task } from '../task/task.ts'
import { plainDetail } from './detail.ts'
import { clockMark, stateMark } from './marks.ts'
import type { TaskPagesOptions } from './options.ts'
import { taskForms } from './task-forms.ts'

const words = {
  back: { th: 'รายการงาน', en: 'Tasks' },
  kind: { th: 'ประเภท', en: 'Kind' },
  duty: { th: 'หน้าที่', en: 'Duty' },
  state: { th: 'สถานะ', en: 'State' },
  clock: { th: 'กำหนดเวลา', en: 'Time' },
  received: { th: 'ถือว่าได้รับเมื่อ', en: 'Counts as received' },
  reference: { th: 'เลขอ้างอิง', en: 'Reference' },
  assignee: { th: 'ผู้รับผิดชอบ', en: 'Handled by' },
  detail: { th: 'รายละเอียด', en: 'Details' },
  history: { th: 'ประวัติของงาน', en: 'What happened' },
  reasons: { th: 'เหตุผล', en: 'Reasons' },
  unknown: { th: 'เจ้าหน้าที่', en: 'An officer' },
  done: { th: 'บันทึกแล้ว', en: 'Saved' },
} as const satisfies Record<string, Text>

/** What was sent and could not be done: it is shown again, so that nobody types it twice. */
export interface Unsent {
  readonly status: number
  readonly form: URLSearchParams
  readonly problems: readonly FieldProblem[]
  readonly notice?: { readonly title: string; readonly text: string }
}

/** A task with its history and what can be done. Throws `task-not-found`. */
export async function taskPage<Who, Need>(
  options: TaskPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
  unsent?: Unsent,
): Promise<SitePage> {
  const { casework, officerOf } = options
  const { language, parameters } = request
  const officer = officerOf(request.who)
  const id = parameters.task ?? ''
  const task = await casework.find(officer, id)
  const [events, colleagues] = await Promise.all([
    casework.eventsOf(officer, id),
    casework.colleaguesFor(officer, id),
  ])
  const names = await namesIn(options, events, language)
  const title = task.title[language]
  return {
    kind: 'page',
    title,
    ...(unsent === undefined ? {} : { status: unsent.status }),
    body: [
      backLink('/desk/tasks', language, words.back[language]),
      errorSummary(unsent?.problems ?? [], language),
      said(request, unsent),
      h('h1', null, title),
      facts(options, officer, task, names, language),
      h('h2', null, words.detail[language]),
      options.names.kinds[task.kind]?.detail?.(task.detail, language) ?? plainDetail(task.detail),
      taskForms({ request, officer, task, colleagues, unsent }),
      h('h2', null, words.history[language]),
      history(events, names, language),
    ],
  }
}

function said<Who>({ query, language }: SiteRequest<Who>, unsent: Unsent | undefined): ComponentChild {
  if (unsent?.notice !== undefined) {
    const { title, text } = unsent.notice
    return notification({ kind: 'warning', title, body: h('p', null, text), isNew: true })
  }
  if (!query.has('done')) return null
  return notification({ kind: 'success', title: words.done[language], isNew: true })
}

function facts<Who, Need>(
  { names, days, clock }: TaskPagesOptions<Who, Need>,
  officer: Officer,
  task: Task,
  people: ReadonlyMap<string, string>,
  language: Language,
): ComponentChild {
  const row = (key: Text, value: ComponentChildren) => ({ key: key[language], value })
  const assignee = task.assignee === undefined ? undefined : people.get(task.assignee)
  return summaryList([
    row(words.state, stateMark(task, officer, language)),
    row(words.clock, clockMark(task, days, clock(), language)),
    row(words.received, plainTime(task.receivedAt, language)),
    row(words.kind, kindName(names, task.kind)[language]),
    row(words.duty, dutyName(names, task.duty)[language]),
    ...(assignee === undefined ? [] : [row(words.assignee, personName(assignee, language))]),
    ...(task.reference === undefined ? [] : [row(words.reference, task.reference)]),
  ])
}

function history(
  events: readonly TaskEvent[],
  people: ReadonlyMap<string, string>,
  language: Language,
): ComponentChild {
  return timeline(
    events.map(({ action, at, actor, assignee, words: written }) => {
      const by = actor === undefined ? undefined : (people.get(actor) ?? words.unknown[language])
      const to = action === 'assign' && assignee !== undefined ? people.get(assignee) : undefined
      const named = [
        by === undefined ? [] : [': ', personName(by, language)],
        to === undefined ? [] : [' → ', personName(to, language)],
      ]
      return {
        time: plainTime(at, language),
        iso: new Date(at).toISOString(),
        title: [eventNames[action][language], ...named],
        body: written === undefined ? null : paragraphs(written.text, written.reasons, language),
      }
    }),
  )
}

function paragraphs(text: string, reasons: string | undefined, language: Language): ComponentChildren {
  return [
    h('p', { class: 'as-written' }, text),
    reasons === undefined
      ? null
      : h('p', { class: 'as-written' }, h('strong', null, `${words.reasons[language]}: `), reasons),
  ]
}

async function namesIn<Who, Need>(
  { officers }: TaskPagesOptions<Who, Need>,
  events: readonly TaskEvent[],
  language: Language,
): Promise<ReadonlyMap<string, string>> {
  const accounts = new Set(events.flatMap(({ actor, assignee }) => [actor, assignee]))
  const names = new Map<string, string>()
  for (const account of accounts) {
    const name = account === undefined ? undefined : await officers.nameOf(account, language)
    if (account !== undefined && name !== undefined) names.set(account, name)
  }
  return names
}
