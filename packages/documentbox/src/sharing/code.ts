import { randomBytes } from 'node:crypto'

/** Without letters that are taken for others when somebody reads them out (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new code of 80 random bits, in groups of four: nobody guesses one, however many there are. */
export function newShareCode(): string {
  const code = [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join('')
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** A code as it was typed, without its hyphens and spaces; undefined for what cannot be one. */
export function typedShareCode(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0')
  return plain.length === 16 && [...plain].every((letter) => letters.includes(letter)) ? plain : undefined
}
