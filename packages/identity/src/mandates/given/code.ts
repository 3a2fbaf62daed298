import { randomInt } from 'node:crypto'
import { keyedHash } from '@sapan/trust'

/** Without letters that are taken for digits or for each other (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 12

/** An invitation code of 60 random bits: `7K3M-Q9XD-2TVB`. */
export function newCode(): string {
  const drawn = Array.from({ length }, () => letters[randomInt(letters.length)] ?? '').join('')
  return drawn.replace(/.{4}(?=.)/g, '$&-')
}

/** What is kept of a code, however it was typed; undefined for what is none. */
export function codeHash(hashKey: Uint8Array, typed: string): Buffer | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (code.length !== length || [...code].some((letter) => !letters.includes(letter))) return undefined
  return keyedHash(hashKey, `mandate-code:${code}`)
}
