import { randomFillSync } from 'node:crypto'

const poolBytes = 8192

/** Random bytes are drawn many at a time: a call to the generator costs more than what it gives. */
let pool = Buffer.alloc(0)
let used = 0

/**
 * Fresh bytes of the system's generator, which nobody else is given. For many small draws (nonces, identifiers), of
 * at most 256 bytes, that are soon done with: they are a part of a larger piece of memory, and hold on to it.
 */
export function drawRandom(bytes: number): Buffer {
  if (bytes > 256) throw new RangeError('at most 256 random bytes at a time')
  if (used + bytes > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(poolBytes))
    used = 0
  }
  used += bytes
  return pool.subarray(used - bytes, used)
}
