import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The name of the hidden field. */
export const formKeyField = 'form-key'

const keyBytes = 32
const browserPattern = /^[A-Za-z0-9_-]{22}$/

/** A new name for a browser, of 128 random bits. */
export function newBrowser(): string {
  return randomBytes(16).toString('base64url')
}

export function isBrowser(value: string | undefined): value is string {
  return value !== undefined && browserPattern.test(value)
}

/**
 * The key of a browser's forms: an HMAC of its cookie, so that nothing is stored, hidden under fresh random bytes each
 * time, so that its letters cannot be guessed from the length of compressed pages (the BREACH attack).
 */
export function formKeyOf(secret: Uint8Array, browser: string): string {
  const mask = randomBytes(keyBytes)
  return Buffer.concat([mask, xor(mask, bareKey(secret, browser))]).toString('base64url')
}

/** Whether a form's key is of this browser; compared in constant time. */
export function isFormKey(secret: Uint8Array, browser: string | undefined, given: string | null): boolean {
  if (browser === undefined || given === null) return false
  const bytes = Buffer.from(given, 'base64url')
  if (bytes.length !== 2 * keyBytes) return false
  const key = xor(bytes.subarray(0, keyBytes), bytes.subarray(keyBytes))
  return timingSafeEqual(key, bareKey(secret, browser))
}

function bareKey(secret: Uint8Array, browser: string): Buffer {
  return createHmac('sha256', secret).update(`form-key:${browser}`).digest()
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))
}
