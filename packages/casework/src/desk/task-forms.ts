import type { Language, Text } from '@sapan/kernel'
import { button, details, form, type SiteRequest, select, textArea } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type TaskAction, transitions } from '../task/states.ts'
import type { Colleague, Officer, Task } from '../task/task.ts'
import { fields } from '../task/words.ts'
import type { Unsent } from './task-page.ts'

const words = {
  take: { th: 'รับงานนี้', en: 'Take this task' },
  takeOver: { th: 'รับงานนี้มาทำเอง', en: 'Take this task over' },
  release: { th: 'คืนงานนี้', en: 'Put this task back' },
  answer: { th: 'ตอบ', en: 'Answer' },
  answerHint: {
    th: 'ผู้ถามจะได้รับข้อความนี้ เขียนให้เข้าใจได้โดยไม่ต้องรู้กฎหมาย',
    en: 'The person gets this. Write so that it is understood without knowing the law.',
  },
  reasonsHint: {
    th: 'ข้อเท็จจริง ข้อกฎหมาย และข้อพิจารณาที่ใช้',
    en: 'The facts, the law, and what was considered.',
  },
  send: { th: 'ส่งคำตอบ', en: 'Send the answer' },
  note: { th: 'เขียนบันทึกสำหรับเจ้าหน้าที่', en: 'Write a note for officers' },
  addNote: { th: 'เพิ่มบันทึก', en: 'Add the note' },
  assign: { th: 'มอบงานให้ผู้อื่น', en: 'Give the task to somebody else' },
  colleague: { th: 'เจ้าหน้าที่', en: 'Officer' },
  give: { th: 'มอบงาน', en: 'Give the task' },
  close: { th: 'ปิดงาน', en: 'Close the task' },
  closeHint: {
    th: 'หากยังไม่ได้ตอบ ผู้ถามจะอ่านเหตุผลนี้',
    en: 'Where there was no answer, the person reads this.',
  },
  reopen: { th: 'เปิดงานใหม่', en: 'Open the task again' },
} as const satisfies Record<string, Text>

export interface TaskFormsOptions<Who> {
  readonly request: SiteRequest<Who>
  readonly officer: Officer
  readonly task: Task
  readonly colleagues: readonly Colleague[]
  readonly unsent: Unsent | undefined
}

/** What can be done with the task as it stands, by this officer. */
export function taskForms<Who>(options: TaskFormsOptions<Who>): ComponentChild {
  const { officer, task } = options
  const { language } = options.request
  const isOwn = task.assignee === officer.account
  const allowed = (action: TaskAction) => transitions[task.state][action] !== undefined
  const said = (text: Text) => text[language]
  const others = options.colleagues.filter(({ account }) => account !== task.assignee)
  return h(
    'div',
    { class: 'column' },
    allowed('take') ? actionForm(options, 'take', button({ text: said(words.take) })) : null,
    allowed('answer') && isOwn ? answerForm(options) : null,
    task.state === 'taken' && !isOwn ? takeOver(options) : null,
    allowed('note') ? noteForm(options) : null,
    allowed('assign') && others.length > 0 ? assignForm(options, others) : null,
    allowed('release') && isOwn
      ? actionForm(options, 'release', button({ text: said(words.release), kind: 'secondary' }))
      : null,
    allowed('close') && (task.state !== 'taken' || isOwn) ? reasonForm(options, 'close') : null,
    allowed('reopen') ? reasonForm(options, 'reopen') : null,
  )
}

function actionForm<Who>(
  { request, task }: TaskFormsOptions<Who>,
  action: TaskAction,
  ...children: ComponentChild[]
): ComponentChild {
  return form(
    { action: `/desk/tasks/${task.id}/${action}`, formKey: request.formKey },
    h('input', { type: 'hidden', name: 'version', value: task.version }),
    ...children,
  )
}

function takeOver<Who>(options: TaskFormsOptions<Who>): ComponentChild {
  const { officer, request } = options
  return actionForm(
    options,
    'assign',
    h('input', { type: 'hidden', name: 'to', value: officer.account }),
    button({ text: words.takeOver[request.language], kind: 'secondary' }),
  )
}

function answerForm<Who>(options: TaskFormsOptions<Who>): ComponentChild {
  const { language } = options.request
  return [
    h('h2', { id: 'answering' }, words.answer[language]),
    actionForm(
      options,
      'answer',
      written(options, 'answer', fields.answer, words.answerHint),
      written(options, 'reasons', fields.reasons, words.reasonsHint),
      button({ text: words.send[language] }),
    ),
  ]
}

function noteForm<Who>(options: TaskFormsOptions<Who>): ComponentChild {
  const { language } = options.request
  return details(
    { summary: words.note[language], isOpen: options.unsent?.form.has('note') ?? false },
    actionForm(
      options,
      'note',
      written(options, 'note', fields.note),
      button({ text: words.addNote[language], kind: 'secondary' }),
    ),
  )
}

function assignForm<Who>(options: TaskFormsOptions<Who>, others: readonly Colleague[]): ComponentChild {
  const { language } = options.request
  const choices = others.map(({ account, name }) => ({ value: account, text: name }))
  return details(
    { summary: words.assign[language] },
    actionForm(
      options,
      'assign',
      select({ name: 'to', label: words.colleague[language], choices }),
      button({ text: words.give[language], kind: 'secondary' }),
    ),
  )
}

function reasonForm<Who>(options: TaskFormsOptions<Who>, action: 'close' | 'reopen'): ComponentChild {
  const { language } = options.request
  const name = action === 'close' ? 'closing' : 'reopening'
  const hint = action === 'close' ? words.closeHint : undefined
  return details(
    { summary: words[action][language], isOpen: options.unsent?.form.has(name) ?? false },
    actionForm(
      options,
      action,
      written(options, name, fields[name], hint),
      button({ text: words[action][language], kind: 'secondary' }),
    ),
  )
}

/** A field for words, with what was sent and what is wrong with it. */
function written<Who>(
  { request, unsent }: TaskFormsOptions<Who>,
  name: string,
  label: Text,
  hint?: Text,
): ComponentChild {
  const language: Language = request.language
  const error = unsent?.problems.find(({ field }) => field === name)?.text
  return textArea({
    name,
    label: label[language],
    value: unsent?.form.get(name) ?? '',
    longest: 10_000,
    ...(hint === undefined ? {} : { hint: hint[language] }),
    ...(error === undefined ? {} : { error }),
  })
}
