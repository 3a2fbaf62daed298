import { counted, type Text } from '@sapan/kernel'

/** What was typed, made fit to be kept: or what is wrong with it. */
export type Written =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly text: Text }

export interface WrittenOptions {
  /** Letters (code points) that it may have. */
  readonly most: number
  /** Several lines. */
  readonly lines?: boolean
}

/** Invisible letters that come along when text is copied: taken away, since nobody typed them. */
const stowaways = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g
/** What turns the reading direction (Unicode TR9 §2), so that a text says something else than it shows. */
const turns = /[\u202a-\u202e\u2066-\u2069]/
const controls = /[\p{Cc}\p{Cs}\u2028\u2029\ufff9-\ufffd\u{e0000}-\u{e007f}]|\p{Noncharacter_Code_Point}/u
/** More marks on a letter than any writing puts there. */
const heaped = /\p{M}{9,}/u

/** Reads a text as it was sent. Pure. */
export function readWritten(raw: string, { most, lines = false }: WrittenOptions): Written {
  // Before anything costs time on a text of megabytes.
  if (raw.length > 4 * most + 1000) return tooLong(raw, most)
  const flat = raw.normalize('NFC').replace(stowaways, '').replace(/\r\n?/g, '\n')
  const text = (lines ? flat : flat.replace(/[\t\n]+/g, ' ')).trim()
  if (text === '') return { kind: 'empty' }
  if (turns.test(text)) return { kind: 'wrong', text: texts.turns }
  if (controls.test(lines ? text.replace(/[\n\t]/g, ' ') : text))
    return { kind: 'wrong', text: texts.controls }
  if (heaped.test(text)) return { kind: 'wrong', text: texts.heaped }
  return lettersOf(text) > most ? tooLong(text, most) : { kind: 'text', text }
}

/** Letters as people count them when a limit is told: code points. */
export function lettersOf(text: string): number {
  let letters = 0
  for (const _ of text) letters++
  return letters
}

function tooLong(text: string, most: number): Written {
  const over = text.length > 100_000 ? undefined : lettersOf(text)
  return {
    kind: 'wrong',
    text: {
      th: `ยาวได้ไม่เกิน ${most.toLocaleString('en')} ตัวอักษร${over === undefined ? '' : ` ที่กรอกมี ${over.toLocaleString('en')} ตัวอักษร`}`,
      en: `It can have at most ${counted(most, 'letter')}${over === undefined ? '' : `; there are ${over.toLocaleString('en')}`}.`,
    },
  }
}

const texts = {
  turns: {
    th: 'มีอักขระซ่อนที่กลับทิศทางข้อความ ลบข้อความนี้แล้วพิมพ์ใหม่แทนการวาง',
    en: 'There are hidden characters that turn the text round. Delete it, and type it instead of pasting.',
  },
  controls: {
    th: 'มีอักขระที่มองไม่เห็นหรืออ่านไม่ได้ ลบข้อความนี้แล้วพิมพ์ใหม่แทนการวาง',
    en: 'There are characters that cannot be seen or read. Delete it, and type it instead of pasting.',
  },
  heaped: {
    th: 'มีเครื่องหมายซ้อนกันบนตัวอักษรมากเกินไป พิมพ์ใหม่โดยไม่ใช้อักษรตกแต่ง',
    en: 'There are too many marks on one letter. Type it without decorated letters.',
  },
} as const satisfies Record<string, Text>
