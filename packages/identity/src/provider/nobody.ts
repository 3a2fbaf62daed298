import { keyedHash } from '@sapan/trust'

/**
 * For whom a question is kept that is meant for nobody: an id that no account has, the same each time for the same hint. So
 * a client that asks by a number learns nothing from the answer, nor from the work that it took (CIBA Core §13).
 */
export function nobody(hashKey: Uint8Array, hint: string): string {
  const bytes = keyedHash(hashKey, `ciba nobody ${hint}`)
  // An account's id is a UUID of version 7; this is one of version 8 (RFC 9562 §5.8).
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
