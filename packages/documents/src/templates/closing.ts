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
} from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'
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
  return keep([
    columns([
      { width: { share: 1 }, blocks: [] },
      { width: { share: 1.35 }, blocks: signatureParts(place) },
    ]),
  ])
}

/** Two signatures side by side; one stands on the right. */
export function signatureBlocks(places: readonly [SignaturePlace, SignaturePlace?]): Block {
  const [right, left] = places
  return keep([
    columns([
      { width: { share: 1 }, blocks: left ? signatureParts(left) : [] },
      { width: { share: 1 }, blocks: signatureParts(right) },
    ]),
  ])
}

function signatureParts({ signer: { name, position, acting }, before, field }: SignaturePlace): Block[] {
  const lines = [`(${name})`, position, ...(acting === undefined ? [] : [acting])]
  return [
    ...(before === undefined ? [] : [paragraph(before, { align: 'center', spaceAfter: 2 })]),
    signatureField({
      name: field ?? firstSignature,
      width: 65,
      height: 20,
      label: `${name}, ${position}`,
      align: 'center',
    }),
    linesOf(lines, 'center'),
  ]
}

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

/** Where anyone can check the document. */
export function checkBlock(address: string | undefined, words: { readonly check: string }): Block[] {
  if (address === undefined) return []
  return [
    spacer(2),
    columns(
      [
        { width: 22, blocks: [qr({ text: address, size: 20, alt: `${words.check} ${address}` })] },
        {
          width: { share: 1 },
          blocks: [
            paragraph([words.check, ' ', { text: address, link: address, nowrap: true }], {
              size: 10,
              align: 'left',
            }),
          ],
        },
      ],
      { vertical: 'middle', gap: 4 },
    ),
  ]
}
