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
  const needs = block.columns.map((column, index) =>
    typeof column.width === 'number' ? undefined : need(block, index, padding, size, context),
  )
  const fixed = block.columns.reduce(
    (sum, { width: wide }) => sum + (typeof wide === 'number' ? points(wide) : 0),
    0,
  )
  const shares = block.columns.map(({ width: wide }) => (typeof wide === 'object' ? wide.share : 0))
  const allShares = shares.reduce((sum, share) => sum + share, 0)
  const sharedMin = needs.reduce(
    (sum, item, index) => sum + ((shares[index] ?? 0) > 0 ? (item?.min ?? 0) : 0),
    0,
  )
  const auto = needs.map((item, index) => (item && (shares[index] ?? 0) === 0 ? item : undefined))
  const autoWidths = distribute(auto, width - fixed - sharedMin, allShares === 0)
  const rest = width - fixed - autoWidths.reduce((sum, wide) => sum + wide, 0)
  const widths = block.columns.map(({ width: wide }, index) => {
    if (typeof wide === 'number') return points(wide)
    const share = shares[index] ?? 0
    return share > 0 ? (rest * share) / allShares : (autoWidths[index] ?? 0)
  })
  const sum = widths.reduce((total, wide) => total + wide, 0)
  return sum > width + 0.01 ? widths.map((wide) => (wide * width) / sum) : widths
}

/** Between narrowest and widest in proportion; `fill` also spreads what is left over. */
function distribute(needs: readonly (Need | undefined)[], room: number, fill: boolean): number[] {
  const min = needs.reduce((sum, item) => sum + (item?.min ?? 0), 0)
  const max = needs.reduce((sum, item) => sum + (item?.max ?? 0), 0)
  if (max === 0) return needs.map(() => 0)
  if (max <= room) return needs.map((item) => (fill ? ((item?.max ?? 0) * room) / max : (item?.max ?? 0)))
  if (min > room) return squeezed(needs, room)
  const share = max > min ? Math.max(0, Math.min(1, (room - min) / (max - min))) : 0
  return needs.map((item) => (item ? item.min + (item.max - item.min) * share : 0))
}

/** Not even the narrowest fit: small columns have what they need, the others share what is left and part their words. */
function squeezed(needs: readonly (Need | undefined)[], room: number): number[] {
  const widths = needs.map(() => 0)
  const open = needs
    .flatMap((item, index) => (item ? [{ min: item.min, index }] : []))
    .sort((a, b) => a.min - b.min)
  let left = Math.max(0, room)
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
