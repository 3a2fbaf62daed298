import { drawRandom } from './random.ts'

let lastMillisecond = -1
let counter = 0

/**
 * A UUID version 7 (RFC 9562 §5.7): sorts by time. Identifiers of one process in one millisecond also sort in
 * the order in which they were made (a 12-bit counter with a random start, §6.2 method 1), until the counter is full.
 * `now` is milliseconds since 1970.
 */
export function uuidv7(now: number = Date.now()): string {
  const drawn = drawRandom(10)
  if (now === lastMillisecond && counter < 0xfff) counter++
  else counter = drawn.readUInt16BE(0) & 0x7ff
  lastMillisecond = now
  const time = now.toString(16).padStart(12, '0')
  const random = drawn.toString('hex', 2, 10)
  const variant = ((drawn[2] ?? 0) & 0x3f) | 0x80
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-` +
    `${variant.toString(16)}${random.slice(2, 4)}-${random.slice(4)}`
  )
}
