import type { LayoutContext } from '../context.ts'
import type { ImageSource, Letterhead } from '../description.ts'
import { GARUDA_PLACEHOLDER } from '../garuda.ts'
import { points } from '../length.ts'
import { drawStack, glueAll, type Strip, stackHeight, strip, withSpacing } from '../strip.ts'
import type { StructureNode } from '../structure.ts'
import { picture, placement } from './picture.ts'
import { bookmarked, plainText, textBlock } from './text.ts'

export function layoutLetterhead(
  block: Letterhead,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  const centred = (block.align ?? 'center') === 'center'
  const { ratio, draw } = picture(emblemSource(block.emblem))
  const height = points(block.emblemHeight ?? (centred ? 30 : 15))
  const wide = height / ratio
  const figure = parent.child('Figure', { alt: block.alt, ...placement(wide, height) })
  const emblem = strip(height, (canvas, x, top) =>
    draw(canvas, figure, centred ? x + (width - wide) / 2 : x, top, wide),
  )
  const title = titleStrips(block, width, parent, context)
  const strips = centred ? glueAll([emblem, ...withSpacing(title, points(3))]) : [beside(emblem, title)]
  return withSpacing(strips, points(block.spaceBefore ?? 0), points(block.spaceAfter ?? 4))
}

function titleStrips(
  block: Letterhead,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  if (!block.title) return []
  const size = block.titleSize ?? context.textSize * 1.6
  const node = parent.child('H1')
  const strips = textBlock(block.title, node, { size, bold: true }, width, 'center', context, 1.4)
  return bookmarked(strips, 1, plainText(block.title), node)
}

/** The title in the middle of the page, its foot on the emblem's. */
function beside(emblem: Strip, title: readonly Strip[]): Strip {
  const height = Math.max(emblem.height, stackHeight(title))
  return strip(height, (canvas, x, top) => {
    emblem.draw(canvas, x, top + height - emblem.height)
    drawStack(title, canvas, x, top + height - stackHeight(title))
  })
}

function emblemSource(emblem: Letterhead['emblem']): ImageSource {
  if (!emblem) return GARUDA_PLACEHOLDER
  return emblem instanceof Uint8Array ? { bytes: emblem } : emblem
}
