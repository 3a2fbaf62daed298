/** Bytes of a whole, both ends counted. */
export interface Range {
  readonly first: number
  readonly last: number
}

/**
 * The one range that a `Range` header asks of so many bytes (RFC 9110 section 14). Undefined where it asks for the whole: without a header,
 * in another unit, of several ranges, or malformed. `unsatisfiable` where nothing of it is there.
 */
export function rangeIn(header: string | undefined, length: number): Range | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined
  if (from === '') {
    const count = Math.min(Number(to), length)
    return count === 0 ? 'unsatisfiable' : { first: length - count, last: length - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  if (first >= length) return 'unsatisfiable'
  return { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) }
}
