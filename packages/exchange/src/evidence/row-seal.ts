import type { Sealer } from '@sapan/trust'

const nothing = Buffer.alloc(0)

/**
 * A keyed code over a row whose columns nothing else protects, made of the sealer's tag over nothing with the row
 * bound to it. Its key is outside the database.
 */
export function sealRow(sealer: Sealer, table: string, columns: readonly RowValue[]): Buffer {
  return sealer.seal(nothing, bound(table, columns))
}

/** Whether the code is the row's. */
export function rowIsIntact(
  sealer: Sealer,
  table: string,
  columns: readonly RowValue[],
  mac: Uint8Array,
): boolean {
  try {
    return sealer.open(mac, bound(table, columns)).length === 0
  } catch {
    return false
  }
}

export type RowValue = string | number | null

function bound(table: string, columns: readonly RowValue[]): Buffer {
  return Buffer.from(`sapan-evidence row\n${JSON.stringify([table, ...columns])}`)
}
