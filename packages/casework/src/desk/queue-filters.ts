import type { Language, Text } from '@sapan/kernel'
import { button, details, select, textField } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { dutyName, type TaskNames } from '../task/kinds.ts'
import type { TaskQuery } from '../task/query.ts'
import type { Officer } from '../task/task.ts'

const words = {
  filters: { th: 'กรองและเรียงลำดับ', en: 'Filter and sort' },
  duty: { th: 'หน้าที่', en: 'Duty' },
  kind: { th: 'ประเภทงาน', en: 'Kind of task' },
  reference: { th: 'เลขอ้างอิง', en: 'Reference' },
  sort: { th: 'เรียงตาม', en: 'Sort by' },
  due: { th: 'กำหนดเวลา', en: 'Due date' },
  opened: { th: 'วันที่ได้รับ', en: 'Date received' },
  order: { th: 'ลำดับ', en: 'Order' },
  up: { th: 'ก่อนไปหลัง', en: 'Earliest first' },
  down: { th: 'หลังไปก่อน', en: 'Latest first' },
  all: { th: 'ทั้งหมด', en: 'All' },
  show: { th: 'แสดงรายการ', en: 'Show the list' },
} as const satisfies Record<string, Text>

/** The form above the queue; open where something is chosen already. */
export function queueFilters(
  names: TaskNames,
  officer: Officer,
  query: TaskQuery,
  language: Language,
): ComponentChild {
  const said = (text: Text) => text[language]
  const isOpen =
    query.duty !== undefined || query.kind !== undefined || query.reference !== undefined || query.descending
  const duties = officer.duties.map((value) => ({ value, text: said(dutyName(names, value)) }))
  const kinds = Object.entries(names.kinds).map(([value, { name }]) => ({ value, text: said(name) }))
  const sorts = (['due', 'opened'] as const).map((value) => ({ value, text: said(words[value]) }))
  const orders = (['up', 'down'] as const).map((value) => ({ value, text: said(words[value]) }))
  const order = query.descending ? 'down' : 'up'
  const all = said(words.all)
  return details(
    { summary: said(words.filters), isOpen },
    h(
      'form',
      { method: 'get', action: '/desk/tasks', class: 'form' },
      h('input', { type: 'hidden', name: 'show', value: query.show }),
      select({ name: 'duty', label: said(words.duty), choices: duties, value: query.duty, empty: all }),
      select({ name: 'kind', label: said(words.kind), choices: kinds, value: query.kind, empty: all }),
      textField({ name: 'reference', label: said(words.reference), value: query.reference, longest: 200 }),
      select({ name: 'sort', label: said(words.sort), choices: sorts, value: query.sort }),
      select({ name: 'order', label: said(words.order), choices: orders, value: order }),
      button({ text: said(words.show), kind: 'secondary' }),
    ),
  )
}
