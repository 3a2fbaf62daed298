/** Raised when a file asks for more work than its limits allow; the run ends with the finding `too-much-work`. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork'
}

export interface CheckLimits {
  /** ASN.1 elements read in one run. */
  readonly elements: number
  /** Signatures verified by public keys in one run, slow ones counted several times. */
  readonly verifications: number
  /** Bytes digested in one run, those of slow digests counted several times. */
  readonly digested: number
  /** Certificates, CRLs, OCSP answers and time-stamps looked at in one run. */
  readonly objects: number
  /** Signatures reported of one file. */
  readonly signatures: number
}

export const defaultLimits: CheckLimits = {
  elements: 2_000_000,
  verifications: 2_000,
  digested: 2 * 2 ** 30,
  objects: 5_000,
  signatures: 200,
}

type Kind = 'elements' | 'verifications' | 'digested' | 'objects'

/** What a run may still spend. Units are counted, not time, so that the same file always ends in the same way. */
export class Work {
  readonly limits: CheckLimits
  readonly #spent: Record<Kind, number> = { elements: 0, verifications: 0, digested: 0, objects: 0 }

  constructor(limits: Partial<CheckLimits> = {}) {
    this.limits = { ...defaultLimits, ...limits }
  }

  /** Throws `TooMuchWork` when the limit of this kind is passed. */
  spend(kind: Kind, units = 1): void {
    this.#spent[kind] += units
    if (this.#spent[kind] > this.limits[kind]) throw new TooMuchWork(kind)
  }
}
