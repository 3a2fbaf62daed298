import { columns, lineBreak, paragraph, qr, spacer } from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'

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
