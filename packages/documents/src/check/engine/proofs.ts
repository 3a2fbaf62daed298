/**
 * Proofs of existence (EN 319 102-1 §5.6.2.3): for objects by their id (SHA-256 of the DER, or a signature's name),
 * the earliest time at which they are proved to have been there. Everything that is here now exists now.
 */
export class ProofsOfExistence {
  readonly #now: number
  readonly #earliest = new Map<string, number>()

  constructor(now: number) {
    this.#now = now
  }

  earliest(id: string): number {
    return this.#earliest.get(id) ?? this.#now
  }

  /** Whether there is a proof other than that it is here now. */
  isProved(id: string): boolean {
    return this.#earliest.has(id)
  }

  add(id: string, at: number): void {
    if (at < this.earliest(id)) this.#earliest.set(id, at)
  }
}
