import { createHmac } from 'node:crypto'

/** HMAC-SHA-256 (RFC 2104): 32 bytes that say "the same value" only to who holds the key. */
export function keyedHash(key: Uint8Array, value: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(value).digest()
}
