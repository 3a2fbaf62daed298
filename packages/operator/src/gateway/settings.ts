import type { Language, Text } from '@sapan/kernel'
import { inset, type SitePage, summaryList } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { type Measure, settingWords } from './setting-words.ts'

const words = {
  title: { th: 'การตั้งค่า', en: 'Settings' },
  lead: {
    th: 'ค่าที่เกตเวย์นี้ใช้อยู่ รวมค่าปริยาย',
    en: 'What the gateway goes by, also where it was told nothing.',
  },
  how: {
    th: 'แก้ในแฟ้ม gateway.yaml แล้วเปิดเกตเวย์ใหม่ เมื่อมีเกตเวย์หลายเครื่องบนฐานข้อมูลเดียวกัน เปิดใหม่ทีละเครื่องโดยไม่หยุดบริการ',
    en: 'They are changed in gateway.yaml, and taken at the next start. Of several gateways on one database one after the other is started again, and nobody waits.',
  },
  none: { th: 'ไม่มี', en: 'none' },
  yes: { th: 'ใช่', en: 'yes' },
  no: { th: 'ไม่', en: 'no' },
} as const satisfies Record<string, Text>

export function settingsRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator/settings', needs: 'whole', handle: settingsPage }]
}

async function settingsPage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { settings } = await operatorOf(request).door.get<{ settings: object }>('/v1/settings')
  const rows = flattened(settings).map(([path, value]) => {
    const known = settingWords[path]
    return {
      key: known?.text[language] ?? path,
      value: shownValue(value, known?.measure, language),
      source: code(path),
    }
  })
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    inset(h('p', null, words.how[language])),
    summaryList(rows),
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
