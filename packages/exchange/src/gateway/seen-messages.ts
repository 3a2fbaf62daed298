/**
 * The messages that this process was sent and that have not lapsed yet. It spares the database what is plainly sent
 * twice; whether a message was answered before a restart, or by another gateway of the operator, the evidence knows,
 * which keeps no exchange twice.
 */
export class SeenMessages {
  /** By key: when the message could no longer be accepted anyway, in milliseconds since 1970. */
  readonly #expiries = new Map<string, number>()

  /** Whether the key is new; it is remembered either way. */
  add(key: string, expires: number): boolean {
    if (this.#expiries.has(key)) return false
    this.#expiries.set(key, expires)
    return true
  }

  get size(): number {
    return this.#expiries.size
  }

  /** Forgets what has lapsed. */
  sweep(now: number): void {
    for (const [key, expires] of this.#expiries) if (expires < now) this.#expiries.delete(key)
  }
}
