import { columns, letterhead, pageCount, pageNumber, paragraph, rule, span } from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'
import type { TemplateSetting } from './template.ts'

interface EmblemWords {
  readonly emblem: string
}

/** The emblem alone, in the middle of its line. */
export function emblemInMiddle({ emblem }: TemplateSetting, words: EmblemWords): Block {
  return letterhead({ ...(emblem && { emblem }), align: 'center', alt: words.emblem })
}

/** The emblem at the left, in millimetres, with the document's name beside it, in points. */
export function emblemWithName(
  { emblem }: TemplateSetting,
  words: EmblemWords & { readonly heading: string },
  sizes: { readonly emblemHeight: number; readonly titleSize: number },
): Block {
  return letterhead({
    ...(emblem && { emblem }),
    ...sizes,
    align: 'left',
    alt: words.emblem,
    title: [words.heading],
  })
}

/** How fast a letter is to be handled: red, of 32 points at least (saraban regulation, section 28). */
export function urgencyMark(urgency: string | undefined): Block[] {
  if (urgency === undefined) return []
  const mark = span(urgency, { bold: true, size: 32, colour: [192, 0, 0] })
  return [paragraph(mark, { align: 'left', lineHeight: 1.3 })]
}

/** The short line under the heading of an order or announcement. */
export function shortRule(): Block {
  return columns(
    [
      { width: { share: 1 }, blocks: [] },
      { width: 45, blocks: [rule()] },
      { width: { share: 1 }, blocks: [] },
    ],
    { spaceBefore: 1, spaceAfter: 4 },
  )
}

/** The number of the page at its top, from the second on, as on official letters. */
export const numberedPages = {
  firstHeader: [],
  header: [paragraph(['– ', pageNumber(), ' –'], { align: 'center' })],
} as const

/** What the page is of, and which of how many. */
export function runningFoot(of: string): { readonly footer: readonly Block[] } {
  return {
    footer: [
      paragraph([`${of}   `, pageNumber('arabic'), '/', pageCount('arabic')], { align: 'right', size: 9 }),
    ],
  }
}
