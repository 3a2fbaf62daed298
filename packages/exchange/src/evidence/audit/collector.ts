import type { Text } from '@sapan/kernel'
import type { Entry } from '../entry.ts'
import type { AuditFinding } from './report.ts'

/** Where something is wrong; what is left out is not known or does not apply. */
export interface Place {
  readonly table: string
  readonly epoch?: number | null
  readonly index?: number | null
  readonly exchange?: string | null
  readonly side?: string | null
  readonly kind?: string | null
}

/** Collects findings, in the order in which they come; counts those beyond `most`. */
export class Collector {
  readonly findings: AuditFinding[] = []
  found = 0
  readonly notes: Text[] = []
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** `what` is put after the place: "… was edited". */
  add(code: AuditFinding['code'], place: Place, what: Text): void {
    this.found++
    if (this.findings.length >= this.#most) return
    const { table, epoch = null, index = null, exchange = null, side = null, kind = null } = place
    const where = describe(place)
    const text = { th: `${where.th}: ${what.th}`, en: `${where.en}: ${what.en}` }
    this.findings.push({ code, table, epoch, index, exchange, side, kind, text })
  }
}

/** The place of a log entry's row. */
export function placeOf(entry: Entry, epoch: number, index: number): Place {
  if (entry.of === 'record') {
    const { exchange, side, kind } = entry
    return { table: 'record', epoch, index, exchange, side, kind }
  }
  return { table: 'statement', epoch, index, exchange: entry.id, kind: entry.of }
}

function describe({ table, epoch, index, exchange, side, kind }: Place): Text {
  const th: string[] = [`ตาราง ${table}`]
  const en: string[] = [`Table ${table}`]
  if (exchange !== undefined && exchange !== null) {
    const which = [side, kind].filter(Boolean).join(' ')
    th.push(`${which === '' ? '' : `${which} ของ `}${exchange}`)
    en.push(`${which === '' ? '' : `${which} of `}${exchange}`)
  }
  if (index !== undefined && index !== null) {
    th.push(`ลำดับที่ ${index}`)
    en.push(`entry ${index}`)
  }
  if (epoch !== undefined && epoch !== null) {
    th.push(`รุ่นที่ ${epoch}`)
    en.push(`epoch ${epoch}`)
  }
  return { th: th.join(' '), en: en.join(', ') }
}

/** What is said of a row, in both languages. */
export const said = {
  edited: { th: 'ถูกแก้ไข', en: 'was edited' },
  removed: { th: 'ถูกลบ', en: 'was removed' },
  added: { th: 'ถูกเพิ่มโดยไม่อยู่ในล็อก', en: 'was added: it is not in the log' },
  moved: { th: 'ถูกย้ายตำแหน่ง', en: 'was moved to another place in the order' },
  content: {
    th: 'ไม่ตรงกับข้อความที่ปิดผนึกไว้ อย่างใดอย่างหนึ่งถูกแก้ไข',
    en: 'does not fit its sealed message: one of the two was edited',
  },
  body: { th: 'เนื้อหาที่ปิดผนึกถูกแก้ไข', en: 'its sealed body was edited' },
  erased: { th: 'ข้อความถูกลบโดยไม่มีบันทึกการลบ', en: 'its message was removed, and no erasure was recorded' },
  lost: {
    th: 'ข้อความไม่อยู่ในคลังแล้ว หรือไฟล์ของคลังถูกแก้ไข',
    en: 'its message is not in the archive any more, or the archive’s file was altered',
  },
  gap: { th: 'มีรายการหายไปก่อนหน้านี้', en: 'entries before it were removed' },
} as const satisfies Record<string, Text>
