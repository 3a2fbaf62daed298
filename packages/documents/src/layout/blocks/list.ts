import { thaiDigits } from '../../text/digits.ts'
import { atomsOf } from '../atoms.ts'
import { defaultDigits, type LayoutContext } from '../context.ts'
import type { Block, List } from '../description.ts'
import { points } from '../length.ts'
import { fitLines } from '../line-fitting.ts'
import { type Strip, withSpacing } from '../strip.ts'
import type { StructureNode } from '../structure.ts'
import { drawLine } from '../text-lines.ts'
import { textBlock } from './text.ts'

export type LayoutBlocks = (
  blocks: readonly Block[],
  width: number,
  parent: StructureNode,
  context: LayoutContext,
) => Strip[]

/** The letters that Thai lists count with; ฃ and ฅ are out of use. */
const THAI_LETTERS = [...'กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ']

const NUMBERING = { bullet: 'Disc', dash: 'Disc', decimal: 'Decimal', thai: 'UpperAlpha' } as const

export function layoutList(
  block: List,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
  layoutBlocks: LayoutBlocks,
): Strip[] {
  const marker = block.marker ?? 'bullet'
  const node = parent.child('L', { attributes: { List: { ListNumbering: `/${NUMBERING[marker]}` } } })
  const size = block.size ?? context.textSize
  const left = points(block.indent ?? 7)
  const strips = block.items.flatMap((item, index) => {
    const element = node.child('LI')
    const label = element.child('Lbl')
    const body = element.child('LBody')
    const text = markerText(marker, (block.start ?? 1) + index, context)
    const line = fitLines(atomsOf([text], label, { size }, context), left, left, false)[0]
    const inner =
      'blocks' in item
        ? layoutBlocks(item.blocks, width - left, body, context)
        : textBlock(item, body, { size }, width - left, 'left', context)
    return inner.map(
      (part, at): Strip => ({
        ...part,
        after: at === inner.length - 1 ? Math.max(part.after, points(0.8)) : part.after,
        draw: (canvas, x, top) => {
          const base = top + (size * context.lineHeight - 1.3 * size) / 2 + 1.068 * size
          if (at === 0 && line) drawLine(line, canvas, x, base, { align: 'left', room: left })
          part.draw(canvas, x + left, top)
        },
      }),
    )
  })
  return withSpacing(strips, points(block.spaceBefore ?? 0), points(block.spaceAfter ?? 2))
}

function markerText(marker: NonNullable<List['marker']>, number: number, context: LayoutContext): string {
  if (marker === 'bullet') return '•'
  if (marker === 'dash') return '–'
  if (marker === 'thai') return `${THAI_LETTERS[(number - 1) % THAI_LETTERS.length]}.`
  return `${defaultDigits(context.language) === 'thai' ? thaiDigits(number) : number}.`
}
