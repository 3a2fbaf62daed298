import {
  columns,
  keep,
  lineBreak,
  pageCount,
  pageNumber,
  paragraph,
  qr,
  rule,
  signatureField,
  spacer,
  span,
} from '../layout/builders.ts'
import type { Block, Inline } from '../layout/description.ts'
import { officialDigits } from '../text/digits.ts'
import type { SignerData } from './parts.ts'

/** The name under which every template has the field of its first signature. */
export const firstSignature = 'signature'

/** Who signs where, and what stands above: never alone on a page. */
export interface SignaturePlace {
  readonly signer: SignerData
  readonly before?: string
  readonly field?: string
}

/** A signature in the right half of the page, with name and position below. */
export function signatureBlock(signer: SignerData, before?: string): Block {
  const place = { signer, ...(before !== undefined && { before }) }
  return columns([
    { width: { share: 1 }, blocks: [] },
    { width: { share: 1.35 }, blocks: signatureParts(place) },
  ])
}

/** Two signatures side by side, one stands on the right; last, where there is one, the place of the check. */
export function signatureBlocks(
  places: readonly [SignaturePlace, SignaturePlace?],
  check: readonly Block[],
): Block {
  const [right, left] = places
  return columns([
    { width: { share: 1 }, blocks: left ? signatureParts(left, 16) : [] },
    { width: { share: 1 }, blocks: signatureParts(right, 16) },
    ...(check.length > 0 ? [{ width: 34, blocks: check }] : []),
  ])
}

/** What ends a document: on one page with the last lines of its body. */
export function ending(blocks: readonly Block[], spaceBefore = 6): Block {
  return keep(blocks, { spaceBefore })
}

/**
 * The paragraphs of an official text. The last lines stay with what follows: at least two stand above who signs, as
 * the saraban regulation asks for (annex 1).
 */
export function officialText(paragraphs: readonly string[], spaceAfter = 2): Block[] {
  return paragraphs.map((text, n) =>
    paragraph(officialDigits(text), { indent: 25, spaceAfter, keepWithNext: n >= paragraphs.length - 2 }),
  )
}

/** How fast a letter is to be handled: red, of 32 points at least (saraban regulation, section 28). */
export function urgencyMark(urgency: string | undefined): Block[] {
  if (urgency === undefined) return []
  const mark = span(urgency, { bold: true, size: 32, colour: [192, 0, 0] })
  return [paragraph(mark, { align: 'left', lineHeight: 1.3 })]
}

function signatureParts(place: SignaturePlace, height = 20): Block[] {
  const { signer, before, field } = place
  const { name, position, acting } = signer
  const below = [position, ...(acting === undefined ? [] : [acting])]
  return [
    ...(before === undefined ? [] : [paragraph(before, { align: 'center', spaceAfter: 2 })]),
    signatureField({
      name: field ?? firstSignature,
      width: 65,
      height,
      label: `${name}, ${position}`,
      align: 'center',
    }),
    paragraph([...nameWords(`(${name})`), ...below.flatMap((line) => [lineBreak, line])], {
      align: 'center',
    }),
  ]
}

/** A name is parted between given name and surname, not inside, where a line can hold each. */
const nameWords = (name: string): Inline[] =>
  name.split(/(?<= )(?! )/).map((text): Inline => ({ text, nowrap: true }))

/** Lines that belong together: an address, a name with its position. */
export function linesOf(lines: readonly string[], align: 'left' | 'center' = 'left'): Block {
  return paragraph(
    lines.flatMap((line, n) => (n === 0 ? [line] : [lineBreak, line])),
    { align },
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

interface CheckWords {
  readonly check: string
}

/** Where anyone can check the document: a QR code with the address beside it. */
export function checkBlock(address: string | undefined, words: CheckWords): Block[] {
  if (address === undefined) return []
  return [
    spacer(2),
    columns(
      [
        { width: 22, blocks: [checkCode(address, words)] },
        { width: { share: 1 }, blocks: [checkAddress(address, words, 10)] },
      ],
      { vertical: 'middle', gap: 4 },
    ),
  ]
}

/** The same with the address below, for a narrow place. */
export function checkStack(address: string | undefined, words: CheckWords): Block[] {
  return address === undefined ? [] : [checkCode(address, words), checkAddress(address, words, 9)]
}

const checkCode = (address: string, { check }: CheckWords): Block =>
  qr({ text: printed(address), size: 22, alt: `${check} ${address}` })

const checkAddress = (address: string, { check }: CheckWords, size: number): Block =>
  paragraph([check, lineBreak, { text: printed(address), link: address, nowrap: true }], {
    size,
    align: 'left',
  })

/** As anyone can type it: in ASCII. */
const printed = (address: string): string =>
  /^[!-~]*$/.test(address) || !URL.canParse(address) ? address : new URL(address).href
