import type { Language, Text } from '@sapan/kernel'
import { inset, type SitePage, summaryList } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { code } from './figures.ts'
import { operatorPage } from './page.ts'

type Measure = 'bytes' | 'seconds'

/** What a setting means to an operator, and in what it is counted. */
export interface SettingWords {
  readonly text: Text
  readonly measure?: Measure
}

/** By the path of each setting in its file. */
export type WordsOfSettings = Readonly<Record<string, SettingWords>>

export const seconds = (th: string, en: string): SettingWords => ({ text: { th, en }, measure: 'seconds' })
export const bytes = (th: string, en: string): SettingWords => ({ text: { th, en }, measure: 'bytes' })
export const plain = (th: string, en: string): SettingWords => ({ text: { th, en } })

/** Whose settings a page shows. */
export interface SettingsPage {
  readonly needs: NonNullable<OperatorRoute['needs']>
  readonly lead: Text
  /** How they are changed. */
  readonly how: Text
  readonly meanings: WordsOfSettings
}

const words = {
  title: { th: 'การตั้งค่า', en: 'Settings' },
  none: { th: 'ไม่มี', en: 'none' },
  yes: { th: 'ใช่', en: 'yes' },
  no: { th: 'ไม่', en: 'no' },
} as const satisfies Record<string, Text>

/** The page of what a gateway or center goes by, as its API tells. */
export function settingsRoute({ needs, lead, how, meanings }: SettingsPage): OperatorRoute {
  const handle = async (request: OperatorRequest): Promise<SitePage> => {
    const { language } = request
    const { settings } = await operatorOf(request).door.get<{ settings: object }>('/v1/settings')
    return operatorPage(
      request,
      { title: words.title[language], lead },
      inset(h('p', null, how[language])),
      settingList(settings, meanings, language),
    )
  }
  return { method: 'GET', path: '/operator/settings', needs, handle }
}

/** All settings, each with what it means and where it stands in the file. */
function settingList(settings: object, meanings: WordsOfSettings, language: Language): ComponentChild {
  return summaryList(
    flattened(settings).map(([path, value]) => {
      const known = meanings[path]
      return {
        key: known?.text[language] ?? path,
        value: shownValue(value, known?.measure, language),
        source: code(path),
      }
    }),
  )
}

/** `limits.bodyBytes` and its value; lists are values. */
function flattened(settings: object, above = ''): [path: string, value: unknown][] {
  return Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
    const path = above + name
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isGroup ? flattened(value, `${path}.`) : [[path, value]]
  })
}

function shownValue(value: unknown, measure: Measure | undefined, language: Language): ComponentChild {
  if (Array.isArray(value))
    return value.length === 0
      ? words.none[language]
      : value.map((one) => [code(typeof one === 'object' ? JSON.stringify(one) : String(one)), ' '])
  if (typeof value === 'boolean') return words[value ? 'yes' : 'no'][language]
  if (typeof value !== 'number') return code(String(value))
  if (measure === 'bytes') return bytesIn(value)
  if (measure === 'seconds') return secondsIn(value, language)
  return value.toLocaleString('en')
}

function bytesIn(value: number): string {
  if (value >= 1024 * 1024) return `${round(value / 1024 / 1024)} MiB`
  return value >= 1024 ? `${round(value / 1024)} KiB` : `${value} B`
}

function secondsIn(value: number, language: Language): string {
  const [size, unit] =
    value >= 172_800
      ? [86_400, { th: 'วัน', en: 'd' }]
      : value >= 7200
        ? [3600, { th: 'ชั่วโมง', en: 'h' }]
        : [1, { th: 'วินาที', en: 's' }]
  return `${round(value / size)} ${unit[language]}`
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 })
}
