import { counted, Problem, type Text } from '@sapan/kernel'
import { parse } from 'mrz'
import { proofingProblems } from '../../problems/proofing.ts'
import { checkDigit } from './check-digit.ts'
import { birthDatesOf, expiryOf } from './dates.ts'
import { at, digitAfter, type Layout, layoutOf, type Part, type Place } from './layout.ts'

/** What the machine-readable zone of a travel document says. */
export interface TravelDocument {
  /** ISO 3166-1 alpha-3, or a code of ICAO 9303-3 §5. */
  readonly issuingState: string
  readonly number: string
  readonly nationality: string
  /** In the letters of the zone, perhaps cut off. `given` is empty for who has one name. */
  readonly name: { readonly family: string; readonly given: string }
  /** ISO 8601, whole or in part; the likelier first. */
  readonly birthDates: readonly [string, ...string[]]
  readonly expiry: string
}

const partNames: Readonly<Record<Part, Text>> = {
  number: { th: 'เลขที่หนังสือเดินทาง', en: 'the passport number' },
  birth: { th: 'วันเกิด', en: 'the date of birth' },
  expiry: { th: 'วันหมดอายุ', en: 'the date of expiry' },
  optional: { th: 'เลขส่วนบุคคลท้ายบรรทัดที่สอง', en: 'the personal number in the second line' },
  composite: { th: 'หลักสุดท้ายของทั้งแถบ', en: 'the last digit, over all lines' },
}

/**
 * Reads the lines at the foot of a passport (TD3), or of a card (TD1, TD2), as somebody copied them: small letters, spaces
 * and « are mended, nothing else is guessed. `today` is `2026-11-21`. Throws `passport-lines-unreadable`,
 * `passport-check-digit-wrong`, `passport-date-impossible` with what it is about, `proofing-document-not-valid` past the expiry.
 */
export function readTravelDocument(written: string, today: string): TravelDocument {
  const lines = linesOf(written)
  const layout = layoutOf(lines)
  if (layout === undefined) throw unreadable(lines)
  refuseWrongDigits(lines, layout)
  const { fields } = parse([...lines])
  const [issuingState, nationality] = [layout.state, layout.nationality].map((place) =>
    stateOf(at(lines, place)),
  )
  const number = documentNumber(lines, layout)
  if (
    !/^[A-Z0-9]{1,9}$/.test(number) ||
    issuingState === undefined ||
    nationality === undefined ||
    !fields.lastName
  )
    throw unreadable(lines)
  const [first, ...more] = birthDatesOf(at(lines, layout.birth), today)
  if (first === undefined) throw impossible('birth')
  const expiry = expiryOf(at(lines, layout.expiry), today)
  if (expiry === undefined) throw impossible('expiry')
  if (expiry < today) throw new Problem(proofingProblems['proofing-document-not-valid'])
  const name = { family: fields.lastName, given: fields.firstName ?? '' }
  return { issuingState, number, nationality, name, birthDates: [first, ...more], expiry }
}

function linesOf(written: string): string[] {
  const lines = written
    .slice(0, 1000)
    .toUpperCase()
    .replaceAll('«', '<<')
    .split(/\r\n|\r|\n/)
  const kept = lines.map((line) => line.replace(/\s/g, '')).filter((line) => line !== '')
  const [only = ''] = kept
  // Copied without its line break: a passport has two lines of 44.
  return kept.length === 1 && only.length === 88 ? [only.slice(0, 44), only.slice(44)] : kept
}

function documentNumber(lines: readonly string[], { number }: Layout): string {
  return at(lines, number).replace(/<+$/, '')
}

/** Germany alone is written with one letter (ICAO 9303-3 §5). Which codes there are is the Bureau's to know: lists grow old. */
function stateOf(written: string): string | undefined {
  const code = written.replace(/<+$/, '')
  if (code === 'D') return 'DEU'
  return /^[A-Z]{3}$/.test(code) ? code : undefined
}

function refuseWrongDigits(lines: readonly string[], layout: Layout): void {
  for (const part of ['number', 'birth', 'expiry'] as const)
    if (!isRight(lines, layout[part])) throw wrongDigit(part)
  const { optional, composite } = layout
  // A personal number that is not there may have `<` for its check digit (ICAO 9303-4 §4.2.2).
  const isLeftOut = optional && digitAfter(lines, optional) === '<' && /^<*$/.test(at(lines, optional))
  if (optional && !isLeftOut && !isRight(lines, optional)) throw wrongDigit('optional')
  const over = composite.over.map((place) => at(lines, place)).join('')
  if (checkDigit(over) !== at(lines, composite.at)) throw wrongDigit('composite')
}

function isRight(lines: readonly string[], place: Place): boolean {
  return checkDigit(at(lines, place)) === digitAfter(lines, place)
}

function wrongDigit(part: Part): Problem {
  const { th, en } = partNames[part]
  const detail = { th: `หลักตรวจสอบของ${th}ไม่ถูกต้อง`, en: `The check digit of ${en} is wrong.` }
  return new Problem(proofingProblems['passport-check-digit-wrong'], { detail, extensions: { part } })
}

function impossible(part: 'birth' | 'expiry'): Problem {
  const { th, en } = partNames[part]
  const detail = { th: `${th}ไม่มีในปฏิทิน`, en: `There is no such day: ${en}.` }
  return new Problem(proofingProblems['passport-date-impossible'], { detail, extensions: { part } })
}

/** Says what was counted, never what was written. */
function unreadable(lines: readonly string[]): Problem {
  const lengths = lines.slice(0, 5).map((line) => line.length)
  const detail = {
    th: `หนังสือเดินทางมีสองบรรทัด บรรทัดละ 44 ตัว ที่กรอกมามี ${lines.length} บรรทัด (${lengths.join(', ')} ตัว)`,
    en: `A passport has two lines of 44 characters. You entered ${counted(lines.length, 'line')}, of this many characters: ${lengths.join(', ')}.`,
  }
  return new Problem(proofingProblems['passport-lines-unreadable'], { detail })
}
