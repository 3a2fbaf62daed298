import { columns, keep, paragraph, qr, signatureField, spacer } from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'
import type { SignerData } from './parts.ts'

/** The name under which every template has the field of its first signature. */
export const firstSignature = 'signature'

/** The signature in the right half of the page, with name and position below: never alone on a page. */
export function signatureBlock(
  { name, position, acting }: SignerData,
  options: { readonly before?: string; readonly field?: string } = {},
): Block {
  return keep([
    columns([
      { width: { share: 1 }, blocks: [] },
      {
        width: { share: 1.35 },
        blocks: [
          ...(options.before === undefined
            ? []
            : [paragraph(options.before, { align: 'center', spaceAfter: 3 })]),
          signatureField({
            name: options.field ?? firstSignature,
            width: 70,
            height: 20,
            label: `${name}, ${position}`,
            align: 'center',
          }),
          paragraph(`(${name})`, { align: 'center' }),
          paragraph(position, { align: 'center' }),
          ...(acting === undefined ? [] : [paragraph(acting, { align: 'center' })]),
        ],
      },
    ]),
  ])
}

/** Where anyone can check the document. */
export function checkBlock(address: string | undefined, words: { readonly check: string }): Block[] {
  if (address === undefined) return []
  return [
    spacer(4),
    columns(
      [
        { width: 24, blocks: [qr({ text: address, size: 22, alt: `${words.check} ${address}` })] },
        {
          width: { share: 1 },
          blocks: [
            paragraph([words.check, ' ', { text: address, link: address }], { size: 10, align: 'left' }),
          ],
        },
      ],
      { vertical: 'middle', gap: 4 },
    ),
  ]
}
