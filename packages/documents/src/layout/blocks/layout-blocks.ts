import type { LayoutContext } from '../context.ts'
import type { Block } from '../description.ts'
import { points } from '../length.ts'
import { glueAll, type Strip, strip, withSpacing } from '../strip.ts'
import type { StructureNode } from '../structure.ts'
import { layoutBox, layoutColumns, layoutRule, layoutSignatureField } from './frame.ts'
import { layoutLetterhead } from './letterhead.ts'
import { layoutList } from './list.ts'
import { layoutImage, layoutQr } from './picture.ts'
import { layoutTable } from './table.ts'
import { layoutHeading, layoutLabelled, layoutParagraph } from './text.ts'

/** Lays blocks out in a width, in points, and grows the structure tree by their elements. */
export function layoutBlocks(
  blocks: readonly Block[],
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  return blocks.flatMap((block) => layoutBlock(block, width, parent, context))
}

function layoutBlock(block: Block, width: number, parent: StructureNode, context: LayoutContext): Strip[] {
  switch (block.type) {
    case 'heading':
      return layoutHeading(block, width, parent, context)
    case 'paragraph':
      return layoutParagraph(block, width, parent, context)
    case 'labelled':
      return layoutLabelled(block, width, parent, context)
    case 'table':
      return layoutTable(block, width, parent, context)
    case 'list':
      return layoutList(block, width, parent, context, layoutBlocks)
    case 'image':
      return layoutImage(block, width, parent)
    case 'qr':
      return layoutQr(block, width, parent)
    case 'letterhead':
      return layoutLetterhead(block, width, parent, context)
    case 'columns':
      return layoutColumns(block, width, parent, context, layoutBlocks)
    case 'box':
      return layoutBox(block, width, parent, context, layoutBlocks)
    case 'rule':
      return layoutRule(block, width)
    case 'signatureField':
      return layoutSignatureField(block, width, parent)
    case 'keep':
      return withSpacing(
        glueAll(layoutBlocks(block.blocks, width, parent, context)),
        points(block.spaceBefore ?? 0),
        points(block.spaceAfter ?? 0),
      )
    case 'spacer':
      return [strip(points(block.height), () => undefined, { disposable: true })]
    case 'pageBreak':
      return [strip(0, () => undefined, { breakBefore: true, disposable: true })]
  }
}
