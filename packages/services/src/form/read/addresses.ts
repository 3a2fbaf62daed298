import type { AddressAnswer } from '../../application/answers.ts'
import { asciiDigits } from '../digits.ts'
import type { Subdistrict } from '../places.ts'
import {
  answer,
  empty,
  type Reader,
  type Reading,
  type ReadingContext,
  type SentFields,
  wrong,
} from '../reading.ts'
import { readWritten } from '../written.ts'

/** The inputs of an address that are typed, after the field's name. */
export const addressLines = ['house', 'moo', 'village', 'lane', 'road'] as const
type Line = (typeof addressLines)[number]

/**
 * An address: what is typed, and `-subdistrict`, the six digits of the country's divisions, which names district and
 * province. `-postal` only where the post divides the sub-district.
 */
export const readAddress: Reader = ({ id }, sent, context) => {
  const chosen = sent.one(`${id}-subdistrict`) || sent.one(`${id}-found`)
  const code = asciiDigits(chosen.slice(0, 20)).trim()
  const lines = new Map(addressLines.map((line) => [line, readLine(sent, id, line)]))
  const isEmpty = [...lines.values()].every((line) => line === '') && code === '' && !isPlaceBegun(sent, id)
  if (isEmpty) return empty
  for (const line of lines.values()) if (typeof line !== 'string') return line
  const line = (name: Line): string => String(lines.get(name) ?? '')
  if (line('house') === '') return wrong('ยังไม่ได้กรอกบ้านเลขที่', 'The house number is missing.', '')
  const place = readPlace(sent, id, code, context)
  if ('kind' in place) return place
  const moo = asciiDigits(line('moo')).replace(/^หมู่(?:ที่)?\s*/, '')
  if (moo !== '' && !/^\d{1,2}$/.test(moo))
    return wrong('กรอกหมู่ที่เป็นตัวเลข เช่น 5', 'Enter the village number (moo) in digits, such as 5.', '-moo')
  const optional = { moo, village: line('village'), lane: line('lane'), road: line('road') }
  const filled = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== ''))
  const address: AddressAnswer = { houseNumber: line('house'), ...filled, ...place }
  return answer({ ...address })
}

function isPlaceBegun(sent: SentFields, id: string): boolean {
  return ['province', 'district', 'search'].some((part) => sent.one(`${id}-${part}`).trim() !== '')
}

function readLine(sent: SentFields, id: string, line: Line): string | Reading {
  const part = line === 'house' ? '' : `-${line}`
  const raw = readWritten(sent.one(`${id}-${line}`), { most: line === 'house' || line === 'moo' ? 50 : 100 })
  if (raw.kind === 'empty') return ''
  return raw.kind === 'wrong' ? { ...raw, part } : raw.text
}

type PlaceAnswer = Pick<
  AddressAnswer,
  'subdistrictCode' | 'subdistrict' | 'district' | 'province' | 'postalCode'
>

function readPlace(
  sent: SentFields,
  id: string,
  code: string,
  { places }: ReadingContext,
): PlaceAnswer | Reading {
  if (code === '')
    return wrong(
      'ยังไม่ได้เลือกตำบลหรือแขวง เลือกจังหวัด อำเภอ และตำบลตามลำดับ หรือค้นหาด้วยชื่อหรือรหัสไปรษณีย์',
      'The sub-district is missing. Choose province, district and sub-district, or search by name or postal code.',
      '-place',
    )
  const found = places.subdistrict(code)
  if (found === undefined)
    return wrong('ไม่พบตำบลหรือแขวงนี้ เลือกใหม่อีกครั้ง', 'There is no such sub-district. Choose again.', '-place')
  return {
    subdistrictCode: found.code,
    subdistrict: found.name.th,
    district: found.district.name.th,
    province: found.province.name.th,
    postalCode: postalCode(sent.one(`${id}-postal`), found),
  }
}

/** What was chosen, where the place has it; else the place's first. */
function postalCode(chosen: string, { postalCodes }: Subdistrict): string {
  const asked = asciiDigits(chosen.slice(0, 20)).trim()
  return postalCodes.includes(asked) ? asked : (postalCodes[0] ?? '')
}
