import type { Language } from '@sapan/kernel'
import { plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'

/** A time as pages have it, of what the API gives: ISO 8601 or milliseconds. */
export function timeOf(at: string | number, language: Language): ComponentChild {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  return h('time', { dateTime: new Date(ms).toISOString() }, plainTime(ms, language))
}

/** An address or a code that may be long: it breaks where the window ends. */
export function code(text: string): ComponentChild {
  return h('code', null, text)
}

/** What is typed at a terminal; reached by keyboard, since it may be wider than a phone (WCAG 2.2, 2.1.1). */
export function command(...lines: string[]): ComponentChild {
  return h('pre', { tabIndex: 0 }, h('code', null, lines.join('\n')))
}
