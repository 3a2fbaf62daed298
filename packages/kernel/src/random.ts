import { randomFillSync } from 'node:crypto'

/** Random bytes are drawn many at a time: a call to the generator costs more than what it gives. */
const pool = Buffer.alloc(8192)
let used = pool.length

/**
 * Fresh bytes of the system's generator in a buffer of their own; what was given is wiped from the pool.
 * For many small draws (salts, nonces, identifiers): at most 256 bytes each.
 */
export function drawRandom(bytes: number): Buffer {
  if (bytes > 256) throw new RangeError('at most 256 random bytes at a time')
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const drawn = Buffer.from(pool.subarray(used, used + bytes))
  pool.fill(0, used, used + bytes)
  used += bytes
  return drawn
}
