import type { Text } from '@sapan/kernel'

/** What no text of a definition has: what nobody sees, and U+FFFD, which stands for bytes that are not UTF-8. */
const STRANGE = /(?![\t\n\r\u0085])\p{Cc}|[\uFFFD-\uFFFF]|\p{Cs}/u

export interface StrangeLetter {
  readonly reason: Text
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** The first letter of a text that cannot stand in a definition, with its place; undefined where there is none. Pure. */
export function strangeLetter(text: string): StrangeLetter | undefined {
  const found = STRANGE.exec(text)
  if (found === null) return undefined
  const before = text.slice(0, found.index).split('\n')
  return { reason: told(found[0]), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function told(letter: string): Text {
  if (letter === '\uFFFD')
    return {
      th: 'มีอักขระที่ไม่ใช่ UTF-8 ตรงนี้ ให้บันทึกไฟล์เป็น UTF-8',
      en: 'What stands here is not UTF-8: save the file as UTF-8.',
    }
  const code = `U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
  return {
    th: `มีอักขระที่มองไม่เห็น (${code}) ตรงนี้ ให้ลบออก`,
    en: `A character that nobody sees (${code}) stands here: take it out.`,
  }
}
