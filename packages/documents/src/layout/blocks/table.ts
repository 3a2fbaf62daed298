import { documentProblem } from '../../problems.ts'
import type { Canvas } from '../canvas.ts'
import type { LayoutContext } from '../context.ts'
import type { Align, Cell, Table, TableCell } from '../description.ts'
import { points } from '../length.ts'
import { drawStack, glueAll, glueLast, type Strip, stackHeight, strip, withSpacing } from '../strip.ts'
import { ORNAMENT, type StructureNode } from '../structure.ts'
import { rectangle } from './frame.ts'
import { asCell, columnWidths } from './table-columns.ts'
import { textBlock } from './text.ts'

/** Lines in a table stand closer than in running text. */
const LINE_HEIGHT = 1.38
const BORDER = { colour: [0, 0, 0], width: 0.5 } as const

/** What all rows of one table share. */
interface Grid {
  readonly block: Table
  readonly widths: readonly number[]
  readonly total: number
  readonly size: number
  readonly padX: number
  readonly padY: number
  readonly context: LayoutContext
}

export function layoutTable(
  block: Table,
  width: number,
  parent: StructureNode,
  context: LayoutContext,
): Strip[] {
  const node = parent.child(
    'Table',
    block.summary ? { attributes: { Table: { Summary: block.summary } } } : {},
  )
  const grid = gridOf(block, width, context)
  const caption = block.caption
    ? glueAll(
        textBlock(
          block.caption,
          node.child('Caption'),
          { size: grid.size, bold: true },
          width,
          'left',
          context,
        ),
        true,
      )
    : []
  const head = block.head?.length ? rowGroup(block.head, node.child('THead'), grid, 'head', 0) : []
  const headHeight = stackHeight(head)
  const body = rowGroup(block.rows, node.child('TBody'), grid, 'body', headHeight)
  const foot = block.foot?.length ? rowGroup(block.foot, node.child('TFoot'), grid, 'foot', headHeight) : []
  const rows = [
    ...glueAll(head, true),
    ...withRepeats(foot.length > 0 ? gluedToFoot(body, foot) : body, head),
  ]
  const bordered = block.borders === 'outer' ? closedBelow(rows, grid) : rows
  const strips = [...caption, ...bordered]
  return withSpacing(
    block.keepWithNext ? glueLast(strips) : strips,
    points(block.spaceBefore ?? 1),
    points(block.spaceAfter ?? 3),
  )
}

function gridOf(block: Table, width: number, context: LayoutContext): Grid {
  const size = block.size ?? context.textSize * 0.92
  const padX = points(block.padding?.x ?? 1.6)
  const padY = points(block.padding?.y ?? 0.7)
  const widths = columnWidths(block, width, padX, size, context)
  const total = widths.reduce((sum, wide) => sum + wide, 0)
  return { block, widths, total, size, padX, padY, context }
}

const withRepeats = (rows: readonly Strip[], head: readonly Strip[]): Strip[] =>
  head.length > 0 ? rows.map((row) => ({ ...row, repeats: head })) : [...rows]

/** The foot never stands alone on a page: the last row goes with it. */
const gluedToFoot = (body: readonly Strip[], foot: readonly Strip[]): Strip[] => [
  ...body.map((row, index) => (index === body.length - 1 ? { ...row, glued: true } : row)),
  ...glueAll(foot),
]

type Part = 'head' | 'body' | 'foot'

function rowGroup(
  rows: readonly (readonly Cell[])[],
  node: StructureNode,
  grid: Grid,
  part: Part,
  headHeight: number,
): Strip[] {
  return rows.flatMap((row) => rowStrips(row, node.child('TR'), grid, part, headHeight))
}

interface PlacedCell {
  readonly cell: TableCell
  readonly left: number
  readonly width: number
  readonly strips: readonly Strip[]
}

function rowStrips(
  row: readonly Cell[],
  node: StructureNode,
  grid: Grid,
  part: Part,
  headHeight: number,
): Strip[] {
  const cells = placeCells(row, node, grid, part)
  const height =
    Math.max(grid.size * LINE_HEIGHT, ...cells.map(({ strips }) => stackHeight(strips))) + 2 * grid.padY
  const room = grid.context.frameHeight - headHeight
  if (height <= room || part === 'head') return [rowStrip(cells, height, grid, 'whole')]
  return parted(cells, room - 2 * grid.padY).map((cellsOfPart, index, all) =>
    rowStrip(
      cellsOfPart,
      Math.max(...cellsOfPart.map(({ strips }) => stackHeight(strips))) + 2 * grid.padY,
      grid,
      index === 0 ? 'first' : index === all.length - 1 ? 'last' : 'middle',
    ),
  )
}

/** A row that no page can hold, cut into parts of as many lines as one holds. */
function parted(cells: readonly PlacedCell[], room: number): PlacedCell[][] {
  const parts: PlacedCell[][] = []
  let rest = cells
  while (rest.some(({ strips }) => strips.length > 0)) {
    const taken = rest.map(({ strips }) => {
      let count = 1
      while (count < strips.length && stackHeight(strips.slice(0, count + 1)) <= room) count++
      return count
    })
    parts.push(rest.map((cell, index) => ({ ...cell, strips: cell.strips.slice(0, taken[index]) })))
    rest = rest.map((cell, index) => ({ ...cell, strips: cell.strips.slice(taken[index]) }))
  }
  return parts
}

function placeCells(row: readonly Cell[], node: StructureNode, grid: Grid, part: Part): PlacedCell[] {
  assertFull(row, grid.widths.length)
  let column = 0
  let left = 0
  return row.map((item): PlacedCell => {
    const cell = asCell(item)
    const span = cell.columnSpan ?? 1
    const width = grid.widths.slice(column, column + span).reduce((sum, wide) => sum + wide, 0)
    const align = cell.align ?? grid.block.columns[column]?.align ?? (part === 'head' ? 'center' : 'left')
    const strips = cellStrips(cell, cellNode(cell, node, part, span), grid, part, width, align)
    const result = { cell, left, width, strips }
    column += span
    left += width
    return result
  })
}

function assertFull(row: readonly Cell[], columns: number): void {
  const cells = row.reduce((sum, item) => sum + (asCell(item).columnSpan ?? 1), 0)
  if (cells === columns) return
  throw documentProblem('document-description-invalid', {
    detail: {
      en: `A row of a table has ${cells} cells where the table has ${columns} columns.`,
      th: `แถวของตารางมี ${cells} ช่อง แต่ตารางมี ${columns} คอลัมน์`,
    },
  })
}

function cellStrips(
  cell: TableCell,
  node: StructureNode,
  grid: Grid,
  part: Part,
  width: number,
  align: Align,
): Strip[] {
  const defaults = { size: grid.size, bold: part === 'head' }
  return textBlock(cell.content, node, defaults, width - 2 * grid.padX, align, grid.context, LINE_HEIGHT)
}

/** Table attributes (ISO 32000-1 §14.8.5.7). */
function cellNode(cell: TableCell, row: StructureNode, part: Part, span: number): StructureNode {
  const attributes: Record<string, string> = {}
  if (part === 'head') attributes.Scope = '/Column'
  else if (cell.rowHeader) attributes.Scope = '/Row'
  if (span > 1) attributes.ColSpan = String(span)
  const isHead = part === 'head' || cell.rowHeader === true
  return row.child(
    isHead ? 'TH' : 'TD',
    Object.keys(attributes).length > 0 ? { attributes: { Table: attributes } } : {},
  )
}

type Piece = 'whole' | 'first' | 'middle' | 'last'

function rowStrip(cells: readonly PlacedCell[], height: number, grid: Grid, piece: Piece): Strip {
  return strip(height, (canvas, x, top) => {
    drawBackgrounds(cells, canvas, x, top, height)
    for (const { cell, left, strips } of cells) {
      const slack = height - 2 * grid.padY - stackHeight(strips)
      const share = cell.vertical === 'middle' ? 0.5 : cell.vertical === 'bottom' ? 1 : 0
      drawStack(strips, canvas, x + left + grid.padX, top + grid.padY + slack * share)
    }
    drawBorders(cells, canvas, x, top, height, grid, piece)
  })
}

function drawBackgrounds(
  cells: readonly PlacedCell[],
  canvas: Canvas,
  x: number,
  top: number,
  height: number,
): void {
  for (const { cell, left, width } of cells)
    if (cell.background)
      canvas.draw({
        kind: 'path',
        node: ORNAMENT,
        segments: rectangle(x + left, top, width, height),
        fill: cell.background,
      })
}

function drawBorders(
  cells: readonly PlacedCell[],
  canvas: Canvas,
  x: number,
  top: number,
  height: number,
  grid: Grid,
  piece: Piece,
): void {
  const borders = grid.block.borders ?? 'all'
  if (borders === 'none') return
  const bottom = top + height
  const right = x + grid.total
  if (borders !== 'outer') {
    if (piece === 'whole' || piece === 'first') line(canvas, x, top, right, top)
    if (piece === 'whole' || piece === 'last') line(canvas, x, bottom, right, bottom)
  }
  if (borders === 'horizontal') return
  const inner = borders === 'all' ? cells.slice(1).map(({ left }) => x + left) : []
  for (const at of [x, ...inner, right]) line(canvas, at, top, at, bottom)
}

/** The outer border's upper and lower side, on each page. */
function closedBelow(rows: readonly Strip[], grid: Grid): Strip[] {
  const edge = (canvas: Canvas, x: number, y: number) => line(canvas, x, y, x + grid.total, y)
  return rows.map((row, index) => ({
    ...row,
    topEdge: edge,
    bottomEdge: edge,
    draw: (canvas, x, top) => {
      row.draw(canvas, x, top)
      if (index === 0) edge(canvas, x, top)
      if (index === rows.length - 1) edge(canvas, x, top + row.height)
    },
  }))
}

function line(canvas: Canvas, x0: number, y0: number, x1: number, y1: number): void {
  canvas.draw({
    kind: 'path',
    node: ORNAMENT,
    segments: [
      ['M', x0, y0],
      ['L', x1, y1],
    ],
    stroke: BORDER,
  })
}
