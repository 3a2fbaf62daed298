import type { TextDefaults } from '../atoms.ts'
import { atomsOf } from '../atoms.ts'
import type { LayoutContext } from '../context.ts'
import type { Heading, Inline, Labelled, Paragraph } from '../description.ts'
import { points } from '../length.ts'
import { fitLines } from '../line-fitting.ts'
import { glueAll, glueLast, type Strip, strip, withSpacing } from '../strip.ts'
import { ORNAMENT, type StructureNode } from '../structure.ts'
import { drawLine, lineStrips } from '../text-lines.ts'

/** Millimetres between paragraphs. */
const PARAGRAPH_SPACE = 2

export function layoutParagraph(
  block: Paragraph,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  const node = parent.child('P')
  const size = block.size ?? context.textSize
  const left = points(block.indentLeft ?? 0)
  const room = width - left - points(block.indentRight ?? 0)
  const indent = points(block.indent ?? 0)
  const align = block.align ?? 'justify'
  const atoms = atomsOf(block.content, node, { size }, context)
  const lines = fitLines(atoms, room - indent, room, align === 'justify')
  const lineHeight = block.lineHeight ?? context.lineHeight
  const strips = lineStrips(lines, { align, left, room, indent, lineHeight, size })
  const kept = block.keepWithNext ? glueLast(strips) : strips
  return withSpacing(kept, points(block.spaceBefore ?? 0), points(block.spaceAfter ?? PARAGRAPH_SPACE))
}

/** In multiples of the text's size, by level. */
const HEADING_SIZES = [1.35, 1.17, 1.08, 1, 1, 1] as const

export function layoutHeading(
  block: Heading,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  const node = parent.child(`H${block.level}`)
  const size = block.size ?? context.textSize * (HEADING_SIZES[block.level - 1] ?? 1)
  const strips = textBlock(block.content, node, { size, bold: true }, width, block.align ?? 'left', context)
  const title = block.bookmark === false ? '' : plainText(block.content)
  return withSpacing(
    glueAll(bookmarked(strips, block.level, title, node), true),
    points(block.spaceBefore ?? (block.level === 1 ? 5 : 4)),
    points(block.spaceAfter ?? 1.5),
  )
}

/** The strips of a heading, bookmarked where they come to stand. */
export function bookmarked(
  strips: readonly Strip[],
  level: Heading['level'],
  title: string,
  node: StructureNode,
): Strip[] {
  const [first, ...rest] = strips
  if (!first || title === '') return [...strips]
  const draw: Strip['draw'] = (canvas, x, top) => {
    canvas.bookmark(level, title, top, node)
    first.draw(canvas, x, top)
  }
  return [{ ...first, draw }, ...rest]
}

/** Lines of text in an element that is there already. */
export function textBlock(
  content: readonly Inline[],
  node: StructureNode,
  defaults: TextDefaults,
  width: number,
  align: NonNullable<Paragraph['align']>,
  context: LayoutContext,
  lineHeight = context.lineHeight,
): Strip[] {
  const atoms = atomsOf(content, node, defaults, context)
  const lines = fitLines(atoms, width, width, align === 'justify')
  return lineStrips(lines, { align, left: 0, room: width, indent: 0, lineHeight, size: defaults.size })
}

export function plainText(content: readonly Inline[]): string {
  return content
    .map((inline) => (typeof inline === 'string' ? inline : 'text' in inline ? inline.text : ' '))
    .join('')
    .trim()
}

/** Of the width that there is. */
const WIDEST_LABEL = 0.7

export function layoutLabelled(
  block: Labelled,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  const node = parent.unplaced(block.heading ? `H${block.heading}` : 'P')
  const size = block.size ?? context.textSize
  const [label, ...more] = fitLines(atomsOf(block.label, node, { size }, context), width, width, false)
  // A label that leaves no room for what it labels stands above it.
  if (more.length > 0 || (label?.width ?? 0) > width * WIDEST_LABEL)
    return layoutParagraph(
      {
        ...block,
        type: 'paragraph',
        content: [...block.label, { type: 'lineBreak' }, ...block.content],
        align: 'left',
      },
      width,
      parent,
      context,
    )
  node.place()
  const wanted = block.width === undefined ? (label?.width ?? 0) + size * 0.6 : points(block.width)
  const left = Math.min(Math.max(wanted, (label?.width ?? 0) + size * 0.3), width * 0.8)
  const align = block.align ?? 'left'
  const room = width - left
  const lines = fitLines(atomsOf(block.content, node, { size }, context), room, room, align === 'justify')
  const strips = lineStrips(lines, { align, left, room, indent: 0, lineHeight: context.lineHeight, size })
  const height = size * context.lineHeight
  const labelled = strips.map((part, index) =>
    strip(
      Math.max(part.height, index === 0 ? height : 0),
      (canvas, x, top) => {
        const base = top + (height - 1.3 * size) / 2 + 1.068 * size
        if (index === 0 && label) drawLine(label, canvas, x, base, { align: 'left', room: left })
        part.draw(canvas, x, top)
        if (block.dotted) dots(canvas, x + left, base + size * 0.2, room)
      },
      { glued: part.glued },
    ),
  )
  const marked = block.heading
    ? bookmarked(labelled, block.heading, plainText([...block.label, ' ', ...block.content]), node)
    : labelled
  return withSpacing(
    block.keepWithNext ? glueLast(marked) : marked,
    points(block.spaceBefore ?? 0),
    points(block.spaceAfter ?? 1),
  )
}

function dots(canvas: Parameters<Strip['draw']>[0], x: number, y: number, length: number): void {
  canvas.draw({
    kind: 'path',
    node: ORNAMENT,
    segments: [
      ['M', x, y],
      ['L', x + length, y],
    ],
    stroke: { colour: [90, 90, 90], width: 0.6, dash: [0.6, 1.8] },
  })
}
