import { isSpace } from '../characters.ts'
import { malformed } from '../error.ts'
import { Keyword } from '../keyword.ts'
import { PdfName } from '../objects.ts'
import type { ObjectParser } from '../parser.ts'

/** Passes over an inline image (ISO 32000-2, 8.9.7), from behind BI to behind EI. */
export function skipInlineImage(parser: ObjectParser): void {
  let length: number | undefined
  let key = ''
  for (;;) {
    const token = parser.token()
    if (token === undefined) throw malformed('An inline image breaks off')
    if (token instanceof Keyword) {
      if (token.word === 'ID') break
      continue
    }
    if ((key === 'L' || key === 'Length') && typeof token === 'number') length = token
    key = token instanceof PdfName ? token.value : ''
  }
  let at = parser.position + 1 + Math.max(0, length ?? 0)
  const { bytes, end } = parser
  for (; at + 1 < end; at++) {
    const found = bytes[at] === 0x45 && bytes[at + 1] === 0x49
    if (found && isSpace(bytes[at - 1]) && (at + 2 >= end || isSpace(bytes[at + 2]))) {
      parser.position = at + 2
      return
    }
  }
  throw malformed('An inline image has no end')
}
