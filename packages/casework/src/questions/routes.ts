import type { Clock, Language, Text, WorkingDays } from '@sapan/kernel'
import {
  backLink,
  details,
  emptyState,
  inset,
  plainTime,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
  summaryList,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { Casework } from '../casework.ts'
import { readClock } from '../task/clock-words.ts'
import { kindName, type TaskNames } from '../task/kinds.ts'
import type { TaskState } from '../task/states.ts'
import type { SubjectQuestion, SubjectTask } from '../task/task.ts'

/** What the pages of a person's questions stand on. */
export interface QuestionPagesOptions<Who, Need> {
  readonly casework: Casework
  readonly days: WorkingDays
  readonly clock: Clock
  readonly names: TaskNames
  readonly accountOf: (who: Who) => string
  readonly needs: Need
}

const words = {
  title: { th: 'คำถามและเรื่องที่ยื่นของฉัน', en: 'What I asked' },
  intro: {
    th: 'เรื่องที่คุณถามหน่วยงาน ใครต้องทำอะไรต่อ และภายในเมื่อใด',
    en: 'What you asked agencies, who has to act, and by when.',
  },
  none: { th: 'คุณยังไม่ได้ถามเรื่องใด', en: 'You have not asked anything yet' },
  noneNext: {
    th: 'เมื่อดูว่าใครเข้าถึงข้อมูลของคุณ คุณถามหน่วยงานได้จากรายการนั้น',
    en: 'Where you see who looked at your data, you can ask the agency about it.',
  },
  noneLink: { th: 'ดูการเข้าถึงข้อมูลของฉัน', en: 'See who looked at my data' },
  subject: { th: 'เรื่อง', en: 'Subject' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  asked: { th: 'ถามเมื่อ', en: 'Asked' },
  state: { th: 'สถานะ', en: 'State' },
  due: { th: 'ต้องตอบภายใน', en: 'To be answered by' },
  reference: { th: 'เลขอ้างอิง', en: 'Reference' },
  answer: { th: 'คำตอบ', en: 'The answer' },
  answered: { th: 'ตอบเมื่อ', en: 'Answered' },
  reasons: { th: 'เหตุผล', en: 'Reasons' },
  yours: { th: 'สิ่งที่คุณถามหรือแจ้ง', en: 'What you asked or told' },
  closed: { th: 'หน่วยงานปิดเรื่องนี้โดยไม่มีคำตอบ เพราะ', en: 'The agency closed this without an answer, because' },
  waiting: {
    th: 'หน่วยงานยังไม่ได้ตอบ คุณไม่ต้องทำอะไร เราจะแจ้งเมื่อมีคำตอบ',
    en: 'The agency has not answered yet. You need do nothing: we tell you when it has.',
  },
  overdue: {
    th: 'เลยกำหนดแล้ว หน่วยงานทราบแล้วว่าเลยกำหนด เรื่องของคุณยังอยู่ในคิว',
    en: 'It is overdue. The agency knows, and your question is still in its queue.',
  },
  clock: { th: 'นับเวลาอย่างไร', en: 'How the time is counted' },
  clockText: {
    th: 'นับเฉพาะวันทำการของราชการ เริ่มวันถัดจากวันที่ได้รับ เรื่องที่ส่งนอกเวลาราชการถือว่าได้รับเมื่อเปิดทำการครั้งถัดไป',
    en: 'Working days of state offices only, from the day after it was received. What comes in outside office hours counts as received when they next open.',
  },
} as const satisfies Record<string, Text>

/** What a state means to the person. */
const states: Readonly<Record<TaskState, Text>> = {
  open: { th: 'หน่วยงานได้รับแล้ว', en: 'Received by the agency' },
  taken: { th: 'เจ้าหน้าที่กำลังดำเนินการ', en: 'An officer is dealing with it' },
  answered: { th: 'ตอบแล้ว', en: 'Answered' },
  closed: { th: 'เสร็จสิ้น', en: 'Finished' },
}

/** The person's own pages, for the portal: `/me/questions` and one below it for each question. */
export function questionRoutes<Who, Need>(options: QuestionPagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs } = options
  return [
    { method: 'GET', path: '/me/questions', needs, handle: (request) => listPage(options, request) },
    { method: 'GET', path: '/me/questions/:task', needs, handle: (request) => onePage(options, request) },
  ]
}

async function listPage<Who, Need>(
  options: QuestionPagesOptions<Who, Need>,
  { who, language }: SiteRequest<Who>,
): Promise<SitePage> {
  const tasks = await options.casework.stateFor(options.accountOf(who))
  const title = words.title[language]
  const none = emptyState(
    words.none[language],
    h('p', null, words.noneNext[language]),
    h('p', null, h('a', { href: '/me/usage' }, words.noneLink[language])),
  )
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      h('p', { class: 'column' }, words.intro[language]),
      tasks.length === 0 ? none : listTable(options, tasks, language),
    ],
  }
}

function listTable<Who, Need>(
  options: QuestionPagesOptions<Who, Need>,
  tasks: readonly SubjectTask[],
  language: Language,
): ComponentChild {
  const columns = [words.subject, words.agency, words.asked, words.state]
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: columns.map((text) => ({ title: text[language] })),
    rows: tasks.map((task) => [
      h('a', { href: `/me/questions/${task.id}` }, task.title[language]),
      options.names.agency(task.agency)[language],
      plainTime(task.openedAt, language),
      stateOf(options, task, language),
    ]),
  })
}

function stateOf<Who, Need>(
  { days, clock }: QuestionPagesOptions<Who, Need>,
  task: SubjectTask,
  language: Language,
): ComponentChildren {
  const reading = readClock(task, days, clock())
  const name = states[task.state][language]
  if (reading === undefined) return tag(name, 'success')
  return [tag(name), ' ', tag(reading.text[language], reading.isLate ? 'danger' : 'info')]
}

async function onePage<Who, Need>(
  options: QuestionPagesOptions<Who, Need>,
  { who, language, parameters }: SiteRequest<Who>,
): Promise<SitePage> {
  const { casework, names, accountOf } = options
  const task = await casework.questionOf(accountOf(who), parameters.task ?? '')
  const row = (key: Text, value: ComponentChildren) => ({ key: key[language], value })
  return {
    kind: 'page',
    title: task.title[language],
    body: h(
      'div',
      { class: 'column' },
      backLink('/me/questions', language, words.title[language]),
      h('h1', null, task.title[language]),
      outcome(task, language),
      askedPart(options, task, language),
      summaryList([
        row(words.state, stateOf(options, task, language)),
        row(words.agency, names.agency(task.agency)[language]),
        row(words.subject, kindName(names, task.kind)[language]),
        row(words.asked, plainTime(task.openedAt, language)),
        row(words.due, plainTime(task.dueAt, language)),
        ...(task.reference === undefined ? [] : [row(words.reference, task.reference)]),
      ]),
      details({ summary: words.clock[language] }, h('p', null, words.clockText[language])),
    ),
  }
}

function askedPart<Who, Need>(
  { names }: QuestionPagesOptions<Who, Need>,
  { kind, detail }: SubjectQuestion,
  language: Language,
): ComponentChild {
  const asked = names.kinds[kind]?.asked
  return asked === undefined
    ? null
    : h('section', null, h('h2', null, words.yours[language]), asked(detail, language))
}

function outcome({ answer, closedFor, overdue }: SubjectTask, language: Language): ComponentChild {
  if (answer !== undefined) {
    return h(
      'section',
      null,
      h('h2', null, words.answer[language]),
      h('p', { class: 'as-written' }, answer.text),
      h('h3', null, words.reasons[language]),
      h('p', { class: 'as-written' }, answer.reasons),
      h('p', { class: 'quiet' }, `${words.answered[language]} ${plainTime(answer.at, language)}`),
    )
  }
  if (closedFor !== undefined) {
    return inset(h('p', null, words.closed[language]), h('p', { class: 'as-written' }, closedFor))
  }
  return inset(h('p', null, (overdue ? words.overdue : words.waiting)[language]))
}
