import { atomsOf } from '../atoms.ts'
import type { LayoutContext } from '../context.ts'
import type { Block, List } from '../description.ts'
import { points } from '../length.ts'
import { fitLines, type Line } from '../line-fitting.ts'
import { markerText } from '../list-marker.ts'
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
  const items = block.items.map((item, index) => {
    const element = node.child('LI')
    const text = markerText(marker, (block.start ?? 1) + index, context.language)
    return { item, line: markerLine(text, element.child('Lbl'), size, context), body: element.child('LBody') }
  })
  const widest = Math.max(0, ...items.map(({ line }) => line?.width ?? 0))
  const left = Math.max(points(block.indent ?? 7), widest + size * 0.4)
  const strips = items.flatMap(({ item, line, body }) => {
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

function markerLine(
  text: string,
  node: StructureNode,
  size: number,
  context: LayoutContext,
): Line | undefined {
  const wide = Number.POSITIVE_INFINITY
  return fitLines(atomsOf([text], node, { size }, context), wide, wide, false)[0]
}
