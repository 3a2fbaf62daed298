import type { Report } from '@sapan/documents/check'
import { shippedTemplates } from '@sapan/documents/templates'
import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { CarriedData } from '../checking/carried-data.ts'
import { toneMark } from './parts.ts'
import { plainDay } from './time.ts'

const over = (day: string) => ({
  th: `หมดอายุแล้ว ใช้ได้ถึง ${day}`,
  en: `It has expired. It was valid until ${day}.`,
})

/** That a document of one of our templates counts no more, by the last day that its page and its data say. */
export function expiryNote(
  carried: readonly CarriedData[],
  { document, at }: Report,
  language: Language,
): ComponentChild {
  if (document?.embedded?.agrees !== true) return null
  const { template } = document.embedded
  const lastDay = shippedTemplates.find(({ name }) => name === template)?.lastDay
  const day = carried.flatMap(({ value }) => (Object(value) === value ? (lastDay?.(value) ?? []) : [])).at(0)
  // A moment that cannot be read is not before any other.
  if (typeof day !== 'string' || !(Date.parse(`${day}T23:59:59.999+07:00`) < Date.parse(at))) return null
  const text = over(plainDay(day, language))[language]
  return h('p', null, h('span', { class: 'tag unsure' }, toneMark('unsure'), text))
}
