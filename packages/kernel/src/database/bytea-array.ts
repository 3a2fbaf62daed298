const OID_BYTEA = 17
const headBytes = 20

/**
 * A parameter of type `bytea[]`, as PostgreSQL takes it in binary (`array_recv`): the driver would write each byte as two
 * digits of hex into a text.
 */
export function byteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), headBytes)
  const array = Buffer.allocUnsafe(values.length === 0 ? 12 : size)
  array.writeInt32BE(values.length === 0 ? 0 : 1, 0)
  array.writeInt32BE(values.includes(null) ? 1 : 0, 4)
  array.writeInt32BE(OID_BYTEA, 8)
  if (values.length === 0) return array
  array.writeInt32BE(values.length, 12)
  array.writeInt32BE(1, 16)
  let at = headBytes
  for (const value of values) {
    at = array.writeInt32BE(value?.length ?? -1, at)
    if (value === null) continue
    array.set(value, at)
    at += value.length
  }
  return array
}
