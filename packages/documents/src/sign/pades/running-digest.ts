import { createHash, type Hash } from 'node:crypto'
import type { DigestName } from '@sapan/trust'
import type { FileBytes } from './file-bytes.ts'
import type { SignatureObject } from './signature-object.ts'

/** The digest of a file as it grows: what an earlier signature covered is not hashed again for the next. */
export class RunningDigest {
  readonly algorithm: DigestName
  readonly #hash: Hash
  #at = 0

  constructor(algorithm: DigestName) {
    this.algorithm = algorithm
    this.#hash = createHash(algorithm)
  }

  /** The digest of all but the gap. Afterwards the digest runs up to the gap, whose bytes are not yet final. */
  around(out: FileBytes, { gapStart, gapEnd }: SignatureObject): Buffer {
    this.#hash.update(out.slice(this.#at, gapStart))
    this.#at = gapStart
    return this.#hash.copy().update(out.slice(gapEnd)).digest()
  }
}
