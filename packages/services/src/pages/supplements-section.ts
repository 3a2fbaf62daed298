import type { Case, CaseEvent, JsonValue } from '@sapan/casework'
import type { Text, WorkingDays } from '@sapan/kernel'
import { plainTime, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText, noAnswer } from '../application/answer-text.ts'
import { applicationOf } from '../application/of-case.ts'
import { answerAt, placeOf, supplemented, supplementOf } from '../application/supplement.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field } from '../definition/form.ts'
import { isFile } from '../draft/files.ts'
import { isSameEntry } from './form/entry.ts'

const words = {
  title: { th: 'ข้อมูลที่ให้เพิ่มหลังยื่น', en: 'What was supplied since' },
  about: {
    th: 'คำตอบใหม่ใช้แทนคำตอบเดิมในการพิจารณา การคำนวณ และเอกสารผล',
    en: 'The new answers count: in the decision, in what is calculated, and in documents.',
  },
  question: { th: 'ข้อ', en: 'Question' },
  before: { th: 'เดิม', en: 'Before' },
  now: { th: 'ใหม่', en: 'Now' },
  same: { th: 'ยืนยันตามเดิม', en: 'Confirmed as it was' },
  file: { th: 'เอกสารเพิ่มเติม', en: 'Further document' },
} as const satisfies Record<string, Text>

/** The case, and how its files are reached. */
export interface Supplemented {
  readonly definition: ServiceDefinition
  readonly found: Case
  readonly events: readonly CaseEvent[]
  readonly days: Pick<WorkingDays, 'dateOf'>
  readonly fileAt: (id: string) => string
}

/** Of each reply what was answered before and now, side by side, with the documents that came with it. */
export function supplementsSection(
  { definition, found, events, days, fileAt }: Supplemented,
  reader: AnswerReader,
): ComponentChild {
  const { language } = reader
  if (found.content === null) return null
  const application = applicationOf(found)
  const day = days.dateOf(application.submittedAt)
  const replies = events
    .filter(({ action }) => action === 'reply')
    .map(({ at, words: said }) => ({ at, said }))
  const tables = replies.flatMap(({ at, said }, index) => {
    const before = replies.slice(0, index).flatMap((one) => one.said?.data ?? [])
    const content = supplemented(definition, application, before, day)
    const rows = rowsOf(definition, content, said?.data, { reader, fileAt })
    if (rows.length === 0) return []
    const columns = [words.question, words.before, words.now].map((text) => ({ title: text[language] }))
    return [table({ caption: plainTime(at, language), columns, rows })]
  })
  if (tables.length === 0) return null
  return h(
    'section',
    { 'aria-labelledby': 'supplements' },
    h('h2', { id: 'supplements' }, words.title[language]),
    h('p', { class: 'quiet' }, words.about[language]),
    tables,
  )
}

function rowsOf(
  definition: ServiceDefinition,
  content: Parameters<typeof answerAt>[0],
  data: JsonValue | undefined,
  { reader, fileAt }: { readonly reader: AnswerReader; readonly fileAt: (id: string) => string },
): ComponentChild[][] {
  const { language } = reader
  const { answers, files } = supplementOf(data)
  const shown = (field: Field, value: JsonValue | undefined) =>
    isFile(value)
      ? fileLink(fileAt(value.id), value.name)
      : written(answerText(field, value, reader) ?? noAnswer)
  const rows = Object.entries(answers).flatMap(([path, value]) => {
    const place = placeOf(definition, path)
    if (place === undefined) return []
    const { field, page, item } = place
    const label = field.label[language]
    const whose = item === undefined ? label : `${page.repeat?.one[language] ?? ''} ${item + 1}: ${label}`
    const before = answerAt(content, place)
    const isSame = isSameEntry({ value: before ?? null }, { value })
    const now = isSame ? tag(words.same[language], 'neutral') : shown(field, value ?? undefined)
    return [[whose, shown(field, before), now]]
  })
  const more = files.map(({ label, file }) => [
    [written(label), ' ', tag(words.file[language], 'info')],
    noAnswer,
    fileLink(fileAt(file.id), file.name),
  ])
  return [...rows, ...more]
}

function written(text: string): ComponentChild {
  return h('span', { class: 'as-written', dir: 'auto' }, text)
}

function fileLink(href: string, name: string): ComponentChild {
  return h('a', { href, class: 'break' }, h('bdi', null, name))
}
