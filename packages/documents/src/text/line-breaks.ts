import { BoundedCache } from './bounded-cache.ts'

/** A part of a text inside which no line ends. `space` parts are nothing but spaces. */
export interface TextPart {
  readonly text: string
  readonly space: boolean
  /** Whether a line may end after it. */
  readonly breakAfter: boolean
}

const words = new Intl.Segmenter('th', { granularity: 'word' })
const phrases = new BoundedCache<readonly string[]>(8_000)

/** Longer ones are cut before they are segmented: `Intl.Segmenter` is superlinear in the length of its input. */
const LONGEST_PHRASE = 400

/**
 * Where lines of Thai and Latin text may end: between Thai words as the dictionary knows them, at spaces, after
 * hyphens between letters. Never before what closes or belongs to the word before it (ๆ ฯ ) ” %), nor after what opens.
 */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  for (const piece of text.match(/ +|[^ ]+/g) ?? []) {
    if (piece.startsWith(' ')) parts.push({ text: piece, space: true, breakAfter: true })
    else for (const word of phraseWords(piece)) parts.push({ text: word, space: false, breakAfter: true })
  }
  return parts.map((part, index) => {
    const breakAfter = index + 1 < parts.length && mayBreak(parts, index)
    return breakAfter === part.breakAfter ? part : { ...part, breakAfter }
  })
}

/** Whether a line may end between two texts of different looks that stand side by side. */
export function breaksBetween(before: string, after: string): boolean {
  if (before === '' || after === '') return false
  if (before.endsWith(' ')) return !CLINGS_OVER_SPACE.test(after)
  if (after.startsWith(' ')) return false
  return textParts(before.slice(-40) + after.slice(0, 40)).some(partEndsAt(Math.min(40, before.length)))
}

function partEndsAt(position: number): (part: TextPart) => boolean {
  let end = 0
  return (part) => {
    end += part.text.length
    return end === position && part.breakAfter
  }
}

// What may follow a space and still belongs to the word before it: ต่าง ๆ, ฯ.
const CLINGS_OVER_SPACE = /^[ๆฯ]/u
// A number after an abbreviation or a word that asks for one: พ.ศ. ๒๕๖๗, ข้อ 3, No. 5.
const ASKS_FOR_NUMBER = /(?:\.|^(?:ข้อ|ที่|เลขที่|มาตรา|หน้า|หมู่|หมู่ที่|เลข))$/u
const NUMBER = /^[0-9๐-๙(]/u
const UNIT_AFTER_NUMBER = /^(?:บาท|สตางค์|น\.|%|คน|วัน|ปี|เดือน|ฉบับ|แผ่น|หน้า)/u
const ENDS_IN_NUMBER = /[0-9๐-๙]$/u

function mayBreak(parts: readonly TextPart[], index: number): boolean {
  const part = parts[index]
  const next = parts[index + 1]
  if (!part || !next) return false
  if (next.space) return false
  if (!part.space) return true
  const before = parts[index - 1]?.text ?? ''
  if (CLINGS_OVER_SPACE.test(next.text)) return false
  if (ASKS_FOR_NUMBER.test(before) && NUMBER.test(next.text)) return false
  return !(ENDS_IN_NUMBER.test(before) && UNIT_AFTER_NUMBER.test(next.text))
}

function phraseWords(phrase: string): readonly string[] {
  const known = phrases.get(phrase)
  if (known) return known
  const found = phrase.length > LONGEST_PHRASE ? cutPhrase(phrase) : joined(segments(phrase))
  phrases.set(phrase, found)
  return found
}

function cutPhrase(phrase: string): string[] {
  const found: string[] = []
  let rest = phrase
  while (rest.length > LONGEST_PHRASE) {
    const part = segments(rest.slice(0, LONGEST_PHRASE))
    // The last two may have been cut by us.
    const sure = part.length > 4 ? part.slice(0, -2) : part
    found.push(...sure)
    rest = rest.slice(sure.join('').length)
  }
  return joined([...found, ...segments(rest)])
}

/** Thai apart from the rest: the dictionary takes Latin letters inside a Thai phrase for one word with it. */
const segments = (text: string): string[] =>
  (text.match(/[\u0e01-\u0e7f]+|[^\u0e01-\u0e7f]+/gu) ?? []).flatMap((part) =>
    Array.from(words.segment(part), ({ segment }) => segment),
  )

// Words of official papers that the dictionary takes for several.
const COMPOUNDS = [
  'นางสาว',
  'กรุงเทพมหานคร',
  'ราชอาณาจักร',
  'พระราชบัญญัติ',
  'พระราชกฤษฎีกา',
  'มหาวิทยาลัย',
  'ข้าราชการ',
]

/** Puts together what the dictionary parts but a reader would not. */
function joined(found: readonly string[]): string[] {
  const result: string[] = []
  for (const segment of compounds(found)) {
    const before = result.at(-1)
    if (before !== undefined && belongTogether(before, segment)) result[result.length - 1] = before + segment
    else result.push(segment)
  }
  return result
}

/** At each place takes the segments that together are one of the compounds as one. */
function compounds(found: readonly string[]): string[] {
  const result: string[] = []
  for (let index = 0; index < found.length; ) {
    const ahead = found.slice(index, index + 6)
    const count = ahead.findIndex((_, last) => COMPOUNDS.includes(ahead.slice(0, last + 1).join(''))) + 1
    result.push(ahead.slice(0, Math.max(1, count)).join(''))
    index += Math.max(1, count)
  }
  return result
}

const THAI = /[\u0e01-\u0e4e]/u
const NO_BREAK_SPACE = '\u00a0'
const OPENS = /[([{<«“‘„‚"'฿$€£#@/\\-]$/u
const CLOSES = /^[)\]}>»”’"'.,:;!?%‰…ๆฯ๚๛/\\\-–—°]/u
const STARTS_WITHIN = /^[ะาำๅ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\p{M}]/u
const ENDS_WITHIN = /[เแโใไ\u0e31]$/u
// Number words: สี่พัน, ยี่สิบ. A line may end after พัน, not inside.
const DIGIT_WORD = /(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ยี่)$/u
const PLACE_WORD = /^(?:สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน)/u
// What makes nouns of verbs, and persons of nouns, reads as one word with what follows.
const PREFIX = /^(?:การ|ความ|ผู้|นัก|ชาว)$/u
// A consonant that stands alone is part of a name which the dictionary does not know. ณ and ธ (Thai full words) stay.
const LONE_CONSONANT = /^[ก-ฮ][\u0e48-\u0e4c]?$/u

function belongTogether(before: string, after: string): boolean {
  if (before.endsWith(NO_BREAK_SPACE) || after.startsWith(NO_BREAK_SPACE)) return true
  if (CLOSES.test(after)) return true
  if (OPENS.test(before)) return !endsInHyphen(before)
  if (STARTS_WITHIN.test(after) || ENDS_WITHIN.test(before)) return true
  if (after !== 'ณ' && LONE_CONSONANT.test(after)) return THAI.test(before)
  if (before !== 'ณ' && LONE_CONSONANT.test(before)) return true
  if (DIGIT_WORD.test(before) && PLACE_WORD.test(after)) return true
  if (PREFIX.test(before)) return THAI.test(after)
  const thaiBefore = THAI.test(before.at(-1) ?? '')
  const thaiAfter = THAI.test(after.at(0) ?? '')
  return !thaiBefore && !thaiAfter
}

/** `ไทย-อังกฤษ` and `well-known` may be parted after the hyphen; `02-123` and `A-1` may not. */
const endsInHyphen = (text: string): boolean => /\p{L}{2}[\p{M}]*-$/u.test(text)

/**
 * Where an address, a number or a code that is wider than its line is parted: after its slashes and hyphens, before its
 * other signs, so that the end of the line shows that it goes on.
 */
export const codeParts = (text: string): string[] => text.split(/(?<=[/-])(?![/-])|(?<!^)(?=[?&#=.,_%@])/u)
