import { keyedHash } from '@sapan/trust'

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
    return [...new Set(subjects)].map((subject) => keyedHash(key, subject))
  }

  /** Under every key that there was, to find what was recorded under an older one. */
  everyHash(subject: string): { key: number; hash: Buffer }[] {
    return [...this.#keys].map(([version, key]) => ({ key: version, hash: keyedHash(key, subject) }))
  }

  #key(version: number): Buffer {
    const key = this.#keys.get(version)
    if (!key) throw new Error(`there is no subject key of version ${version}`)
    return key
  }
}
