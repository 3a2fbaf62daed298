import { type ComponentChildren, h } from 'preact'
import type { JsonValue } from '../task/task.ts'

/** A detail that no kind knows how to show: its members one below the other. */
export function plainDetail(value: JsonValue): ComponentChildren {
  if (value === null || value === '') return '–'
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>)
  if (Array.isArray(value)) {
    return h(
      'ul',
      null,
      value.map((one: JsonValue) => h('li', null, plainDetail(one))),
    )
  }
  return h(
    'dl',
    { class: 'summary-list' },
    entries.map(([name, one]) => h('div', null, h('dt', null, name), h('dd', null, plainDetail(one)))),
  )
}
