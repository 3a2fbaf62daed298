import { createHash, randomBytes } from 'node:crypto'

/** A secret for a cookie: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret of 256 random bits: nobody finds one to a hash, and a table that leaks lets nobody in. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
