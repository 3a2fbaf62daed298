import { atomsOf } from '../atoms.ts'
import type { LayoutContext } from '../context.ts'
import type { Cell, Table, TableCell } from '../description.ts'
import { points } from '../length.ts'
import { artifactNode } from '../structure.ts'

export const asCell = (cell: Cell): TableCell => (typeof cell === 'string' ? { content: [cell] } : cell)

/** How narrow and how wide the content of a column is, in points, with its padding. */
interface Need {
  min: number
  max: number
}

const MEASURED = artifactNode('Layout')

/** The widths of the columns in points. They fill the width that there is. */
export function columnWidths(
  block: Table,
  width: number,
  padding: number,
  size: number,
  context: LayoutContext,
): number[] {
  const needs = block.columns.map((column, index): Need => {
    if (typeof column.width !== 'number') return need(block, index, padding, size, context)
    return { min: points(column.width), max: points(column.width) }
  })
  if (needs.reduce((sum, { min }) => sum + min, 0) > width) return squeezed(needs, width)
  const shares = block.columns.map((column) => (typeof column.width === 'object' ? column.width.share : 0))
  const allShares = shares.reduce((sum, share) => sum + share, 0)
  const isAuto = (index: number) => block.columns[index]?.width === 'auto'
  const taken = needs.reduce((sum, { min }, index) => sum + (isAuto(index) ? 0 : min), 0)
  const auto = needs.map((item, index) => (isAuto(index) ? item : undefined))
  const autoWidths = distribute(auto, width - taken, allShares === 0)
  const spare = width - taken - autoWidths.reduce((sum, wide) => sum + wide, 0) + sharedMin(needs, shares)
  return needs.map(({ min }, index) => {
    if (isAuto(index)) return autoWidths[index] ?? 0
    const share = shares[index] ?? 0
    return share > 0 ? (spare * share) / allShares : min
  })
}

const sharedMin = (needs: readonly Need[], shares: readonly number[]): number =>
  needs.reduce((sum, { min }, index) => sum + ((shares[index] ?? 0) > 0 ? min : 0), 0)

/** Between narrowest and widest in proportion; `fill` also spreads what is left over. */
function distribute(needs: readonly (Need | undefined)[], room: number, fill: boolean): number[] {
  const min = needs.reduce((sum, item) => sum + (item?.min ?? 0), 0)
  const max = needs.reduce((sum, item) => sum + (item?.max ?? 0), 0)
  if (max === 0) return needs.map(() => 0)
  if (max <= room) return needs.map((item) => (fill ? ((item?.max ?? 0) * room) / max : (item?.max ?? 0)))
  const share = max > min ? Math.max(0, Math.min(1, (room - min) / (max - min))) : 0
  return needs.map((item) => (item ? item.min + (item.max - item.min) * share : 0))
}

/** Not even the narrowest fit: small columns have what they need, the others share what is left and part their words. */
function squeezed(needs: readonly Need[], room: number): number[] {
  const widths = needs.map(() => 0)
  const open = needs.map(({ min }, index) => ({ min, index })).sort((a, b) => a.min - b.min)
  let left = room
  open.forEach(({ min, index }, position) => {
    const wide = Math.min(min, left / (open.length - position))
    widths[index] = wide
    left -= wide
  })
  return widths
}

function need(block: Table, index: number, padding: number, size: number, context: LayoutContext): Need {
  const found: Need = { min: 0, max: 0 }
  const measure = (rows: Table['rows'], bold: boolean) => {
    for (const row of rows) {
      const cell = cellAt(row, index)
      if (cell) widen(found, cell, bold, size, context)
    }
  }
  measure(block.head ?? [], true)
  measure(block.rows, false)
  measure(block.foot ?? [], false)
  return { min: found.min + 2 * padding + 0.5, max: found.max + 2 * padding + 0.5 }
}

/** The cell that stands in this column alone. */
function cellAt(row: readonly Cell[], column: number): TableCell | undefined {
  let at = 0
  for (const item of row) {
    const cell = asCell(item)
    if (at === column) return (cell.columnSpan ?? 1) === 1 ? cell : undefined
    at += cell.columnSpan ?? 1
  }
  return undefined
}

function widen(found: Need, cell: TableCell, bold: boolean, size: number, context: LayoutContext): void {
  let line = 0
  let piece = 0
  for (const atom of atomsOf(cell.content, MEASURED, { size, bold }, context)) {
    line = atom.lineEnd ? 0 : line + atom.width
    piece = atom.space && atom.breakAfter ? 0 : piece + atom.width
    found.max = Math.max(found.max, line)
    found.min = Math.max(found.min, piece)
    if (atom.breakAfter) piece = 0
  }
}
