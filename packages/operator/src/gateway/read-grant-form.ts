import type { Language, Text } from '@sapan/kernel'
import { type FieldProblem, readDate } from '@sapan/ui'
import type { OperationRow, ServiceRow } from './answers.ts'

const words = {
  consumer: {
    th: 'ระบุระบบย่อยของผู้ขอ เช่น TH/GOV/RD/tax',
    en: 'Name the subsystem that asks, such as TH/GOV/RD/tax',
  },
  operations: {
    th: 'เลือกรายการข้อมูลของการทำงานอย่างน้อยหนึ่งอย่าง',
    en: 'Choose what at least one operation lets through',
  },
  purpose: {
    th: 'ระบุวัตถุประสงค์เป็นอักษรอังกฤษตัวเล็กและขีด เช่น tax-assessment',
    en: 'Name the purpose in small letters and hyphens, such as tax-assessment',
  },
  act: { th: 'ระบุชื่อกฎหมายทั้งภาษาไทยและอังกฤษ', en: 'Name the act in Thai and in English' },
  section: { th: 'ระบุมาตรา', en: 'Name the section' },
  expires: { th: 'ระบุวันสิ้นสุดที่อยู่ในอนาคต', en: 'Give a last day that is still to come' },
  rate: { th: 'ระบุจำนวนครั้งเป็นเลข 1 ถึง 1000000', en: 'Give the calls as a number from 1 to 1000000' },
} as const satisfies Record<string, Text>

/** A grant as the operator's API takes it. */
export interface WantedGrant {
  readonly consumer: string
  readonly service: string
  readonly operations: Readonly<Record<string, { fields: string[]; query: string[] }>>
  readonly purpose: string
  readonly law: { readonly act: Text; readonly section: string }
  readonly rate: { readonly calls: number; readonly seconds: number } | null
  readonly expires: string
  readonly consent: boolean
}

type Read =
  | { readonly kind: 'grant'; readonly grant: WantedGrant }
  | { readonly kind: 'problems'; readonly problems: readonly FieldProblem[] }

const address = /^[A-Za-z0-9.-]+\/[A-Z]+\/[^/\s]+\/[^/\s]+$/
const purposePattern = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What was filled in, or what is wrong with it. */
export function readGrantForm(sent: URLSearchParams, service: ServiceRow, language: Language): Read {
  const text = (name: string) => sent.get(name)?.trim() ?? ''
  const operations = operationsIn(sent, service.operations)
  const expires = lastDay(sent)
  const calls = text('calls') === '' ? null : Number(text('calls'))
  const wrong: (keyof typeof words)[] = [
    ...(address.test(text('consumer')) ? [] : ['consumer' as const]),
    ...(Object.keys(operations).length > 0 ? [] : ['operations' as const]),
    ...(purposePattern.test(text('purpose')) ? [] : ['purpose' as const]),
    ...(text('act-th') !== '' && text('act-en') !== '' ? [] : ['act' as const]),
    ...(text('section') !== '' ? [] : ['section' as const]),
    ...(expires !== undefined ? [] : ['expires' as const]),
    ...(calls === null || (Number.isInteger(calls) && calls >= 1 && calls <= 1_000_000)
      ? []
      : ['rate' as const]),
  ]
  if (wrong.length > 0 || expires === undefined)
    return {
      kind: 'problems',
      problems: wrong.map((key) => ({ field: fieldOf(key, service), text: words[key][language] })),
    }
  return {
    kind: 'grant',
    grant: {
      consumer: text('consumer'),
      service: service.id,
      operations,
      purpose: text('purpose'),
      law: { act: { th: text('act-th'), en: text('act-en') }, section: text('section') },
      rate: calls === null ? null : { calls, seconds: 60 },
      expires,
      consent: sent.get('consent') === 'yes',
    },
  }
}

/** Where the page's link to what is wrong leads. */
function fieldOf(key: keyof typeof words, { operations: [first] }: ServiceRow): string {
  if (key === 'operations') return first === undefined ? 'consumer' : `fields-${first.id}`
  return {
    act: 'act-th',
    rate: 'calls',
    consumer: 'consumer',
    purpose: 'purpose',
    section: 'section',
    expires: 'expires',
  }[key]
}

function operationsIn(sent: URLSearchParams, operations: readonly OperationRow[]): WantedGrant['operations'] {
  const chosen = operations.flatMap(({ id, fields, query }) => {
    const wanted = sent.getAll(`fields-${id}`)
    if (wanted.length === 0) return []
    const known = wanted.filter((field) => field === '*' || fields.includes(field))
    const parameters = sent.getAll(`query-${id}`).filter((name) => query.includes(name))
    return [[id, { fields: known.includes('*') ? ['*'] : known, query: parameters }] as const]
  })
  return Object.fromEntries(chosen)
}

/** The end of the day in Thailand. */
function lastDay(sent: URLSearchParams): string | undefined {
  const date = readDate(sent, 'expires')
  if (date.kind !== 'date') return undefined
  const end = Date.parse(`${date.iso}T23:59:59+07:00`)
  return end > Date.now() ? new Date(end).toISOString() : undefined
}
