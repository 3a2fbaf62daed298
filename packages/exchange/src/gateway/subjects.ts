import { keyedHash } from '@sapan/trust'

/**
 * An identifier as its hash takes it: letters and digits alone, in one form. A register may read `1-2345-67890-12-1`, Thai
 * digits or blanks as the same number, and then a look that was asked for in that way must be found as the same person's.
 */
export function canonicalSubject(identifier: string): string {
  // As most registers write it.
  if (/^[0-9A-Z]+$/.test(identifier)) return identifier
  const plain = identifier
    .normalize('NFKC')
    .replaceAll(/\p{Nd}/gu, (digit) => String(valueOfDigit(digit)))
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
  return plain === '' ? identifier : plain
}

/** Decimal digits stand in rows of ten, from zero to nine (Unicode §4.6). */
function valueOfDigit(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return value
}

/** Turns identifiers of people into what is stored: HMAC-SHA-256 under a key that lies outside the database. */
export class SubjectHashes {
  #keys: ReadonlyMap<number, Buffer>
  /** The version of the key for new records. */
  current: number

  constructor(keys: ReadonlyMap<number, Buffer>, current: number) {
    if (!keys.has(current)) throw new Error(`there is no subject key of version ${current}`)
    this.#keys = keys
    this.current = current
  }

  /** From now on these keys, of which the last is for new records: a member that moved here brought its own. */
  use(keys: ReadonlyMap<number, Buffer>, current: number): void {
    this.#keys = keys
    this.current = current
  }

  /** Under the current key; each subject once. */
  hash(subjects: readonly string[]): Buffer[] {
    const key = this.#key(this.current)
    return [...new Set(subjects.map(canonicalSubject))].map((subject) => keyedHash(key, subject))
  }

  /** Under every key that there was, to find what was recorded under an older one. */
  everyHash(subject: string): { key: number; hash: Buffer }[] {
    return [...this.#keys].map(([version, key]) => ({
      key: version,
      hash: keyedHash(key, canonicalSubject(subject)),
    }))
  }

  #key(version: number): Buffer {
    const key = this.#keys.get(version)
    if (!key) throw new Error(`there is no subject key of version ${version}`)
    return key
  }
}
