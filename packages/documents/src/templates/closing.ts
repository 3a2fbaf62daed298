import { columns, keep, lineBreak, paragraph, signatureField } from '../layout/builders.ts'
import type { Block, Inline } from '../layout/description.ts'
import { officialDigits } from '../text/digits.ts'
import type { SignerData } from './parts.ts'
import type { TemplateSetting } from './template.ts'

/** The name under which every template has the field of its first signature. */
export const firstSignature = 'signature'

/** How the names of fields begin that stand above nobody's name: for whoever signs after those whom the data names. */
export const furtherSignature = 'further-signature-'

/** Who signs where, and what stands above: never alone on a page. */
export interface SignaturePlace {
  readonly signer: SignerData
  readonly before?: string
  readonly field?: string
}

type Signing = Pick<TemplateSetting, 'signatures'>

/** A signature in the right half of the page, with name and position below; beside it the boxes of who signs further. */
export function signatureBlock(signer: SignerData, setting: Signing, before?: string): Block {
  const place = { signer, ...(before !== undefined && { before }) }
  return columns([
    { width: { share: 1 }, blocks: furtherBoxes(1, setting) },
    { width: { share: 1.35 }, blocks: signatureParts(place, setting) },
  ])
}

/** Two signatures side by side, one stands on the right; last, where there is one, the place of the check. */
export function signatureBlocks(
  places: readonly [SignaturePlace, SignaturePlace?],
  check: readonly Block[],
  setting: Signing,
): Block {
  const [right, left] = places
  const further = furtherBoxes(left ? 2 : 1, setting, 16)
  return columns([
    { width: { share: 1 }, blocks: [...(left ? signatureParts(left, setting, 16) : []), ...further] },
    { width: { share: 1 }, blocks: signatureParts(right, setting, 16) },
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

function signatureParts(place: SignaturePlace, { signatures = 1 }: Signing, height = 20): Block[] {
  const { signer, before } = place
  const { name, position, acting } = signer
  const below = [position, ...(acting === undefined ? [] : [acting])]
  return [
    ...(before === undefined ? [] : [paragraph(before, { align: 'center', spaceAfter: 2 })]),
    ...(signatures === 0 ? [] : [boxOf(place, height)]),
    paragraph([...nameWords(`(${name})`), ...below.flatMap((line) => [lineBreak, line])], {
      align: 'center',
    }),
  ]
}

function boxOf(
  { signer: { name, position }, field = firstSignature }: SignaturePlace,
  height: number,
): Block {
  return signatureField({ name: field, width: 65, height, label: `${name}, ${position}`, align: 'center' })
}

/** Beneath each other. Who signs there is known only then: their name stands in the box itself. */
function furtherBoxes(named: number, { signatures = 1 }: Signing, height = 20): Block[] {
  return Array.from({ length: Math.max(0, signatures - named) }, (_, n) => {
    const nth = named + n + 1
    const label = `ลายมือชื่อที่ ${nth}`
    return signatureField({ name: `${furtherSignature}${nth}`, width: 65, height, label, align: 'center' })
  })
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
