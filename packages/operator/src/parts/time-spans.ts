import type { Language, Text } from '@sapan/kernel'
import { tabs } from '@sapan/ui'
import type { ComponentChild } from 'preact'

const title: Text = { th: 'ช่วงเวลา', en: 'Time' }

const spans: readonly { readonly hours: number; readonly text: Text }[] = [
  { hours: 3, text: { th: '3 ชั่วโมง', en: '3 hours' } },
  { hours: 24, text: { th: '24 ชั่วโมง', en: '24 hours' } },
  { hours: 168, text: { th: '7 วัน', en: '7 days' } },
]

/** The hours for which plots are asked: a day where the address names none that there is. */
export function hoursIn(query: URLSearchParams): number {
  return spans.find((span) => String(span.hours) === query.get('hours'))?.hours ?? 24
}

/** The spans of time for which a page has plots. */
export function spanTabs(path: string, current: number, language: Language): ComponentChild {
  return tabs(
    title[language],
    spans.map(({ hours, text }) => ({
      href: `${path}?hours=${hours}`,
      text: text[language],
      isCurrent: hours === current,
    })),
  )
}
