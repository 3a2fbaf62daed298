import { documentProblem } from '../../problems.ts'
import type { LayoutContext } from '../context.ts'
import type { Box, Columns, Rule, SignatureField } from '../description.ts'
import { points } from '../length.ts'
import { drawStack, type Strip, stackHeight, strip, withSpacing } from '../strip.ts'
import { ORNAMENT, type StructureNode } from '../structure.ts'
import type { LayoutBlocks } from './list.ts'

export function layoutColumns(
  block: Columns,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
  layoutBlocks: LayoutBlocks,
): Strip[] {
  const gap = points(block.gap ?? 6)
  const free = Math.max(0, width - gap * (block.columns.length - 1))
  const fixed = block.columns.reduce(
    (sum, { width: wide }) => sum + (typeof wide === 'number' ? points(wide) : 0),
    0,
  )
  const shares = block.columns.map(({ width: wide }) => (typeof wide === 'number' ? 0 : (wide?.share ?? 1)))
  const all = shares.reduce((sum, share) => sum + share, 0)
  let left = 0
  const parts = block.columns.map(({ width: wide, blocks }, index) => {
    const room =
      typeof wide === 'number'
        ? points(wide) * Math.min(1, free / fixed)
        : (Math.max(0, free - fixed) * (shares[index] ?? 0)) / (all || 1)
    const strips = layoutBlocks(blocks, room, parent.child('Div'), context)
    const part = { left, strips, height: stackHeight(strips) }
    left += room + gap
    return part
  })
  const height = Math.max(0, ...parts.map((part) => part.height))
  const share = block.vertical === 'middle' ? 0.5 : block.vertical === 'bottom' ? 1 : 0
  const row = strip(height, (canvas, x, top) => {
    for (const part of parts)
      drawStack(part.strips, canvas, x + part.left, top + (height - part.height) * share)
  })
  return withSpacing([row], points(block.spaceBefore ?? 0), points(block.spaceAfter ?? 2))
}

export function layoutBox(
  block: Box,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
  layoutBlocks: LayoutBlocks,
): Strip[] {
  const padding = points(block.padding ?? 3)
  const strips = layoutBlocks(block.blocks, width - 2 * padding, parent.child('Div'), context)
  const height = stackHeight(strips) + 2 * padding
  const weight = block.border ?? 0.5
  const frame = strip(height, (canvas, x, top) => {
    canvas.draw({
      kind: 'path',
      node: ORNAMENT,
      segments: rectangle(x, top, width, height),
      ...(block.background && { fill: block.background }),
      ...(weight > 0 && { stroke: { colour: [0, 0, 0], width: weight } }),
    })
    drawStack(strips, canvas, x + padding, top + padding)
  })
  return withSpacing([frame], points(block.spaceBefore ?? 2), points(block.spaceAfter ?? 3))
}

export const rectangle = (x: number, y: number, width: number, height: number) =>
  [['M', x, y], ['L', x + width, y], ['L', x + width, y + height], ['L', x, y + height], ['Z']] as const

export function layoutRule(block: Rule, width: number): Strip[] {
  const weight = block.weight ?? 0.5
  const line = strip(weight, (canvas, x, top) =>
    canvas.draw({
      kind: 'path',
      node: ORNAMENT,
      segments: [
        ['M', x, top + weight / 2],
        ['L', x + width, top + weight / 2],
      ],
      stroke: { colour: block.colour ?? [0, 0, 0], width: weight },
    }),
  )
  return withSpacing([line], points(block.spaceBefore ?? 2), points(block.spaceAfter ?? 2))
}

export function layoutSignatureField(block: SignatureField, width: number, parent: StructureNode): Strip[] {
  if (block.name === '' || block.name.includes('.'))
    throw documentProblem('document-description-invalid', {
      detail: {
        en: 'The name of a signature field is empty or has a full stop.',
        th: 'ชื่อช่องลายมือชื่อว่างเปล่าหรือมีจุด',
      },
    })
  const wide = Math.min(points(block.width), width)
  const high = points(block.height)
  const node = parent.child('Form', { alt: block.label })
  const left = block.align === 'center' ? (width - wide) / 2 : block.align === 'right' ? width - wide : 0
  const field = strip(high, (canvas, x, top) => {
    const [x0, y1] = [x + left, top + high]
    canvas.area({
      kind: 'field',
      node,
      name: block.name,
      label: block.label,
      rect: [x0, top, x0 + wide, y1],
    })
    if (block.frame && block.frame !== 'none')
      canvas.draw({
        kind: 'path',
        node: ORNAMENT,
        segments:
          block.frame === 'box'
            ? rectangle(x0, top, wide, high)
            : [
                ['M', x0, y1],
                ['L', x0 + wide, y1],
              ],
        stroke: { colour: [110, 110, 110], width: 0.5 },
      })
  })
  return withSpacing([field], points(block.spaceBefore ?? 1), points(block.spaceAfter ?? 1))
}
