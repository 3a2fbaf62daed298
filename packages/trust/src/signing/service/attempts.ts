/** Wrong PINs and OTPs in a row before a credential is closed to its user, and for how long. */
const most = 5
const closedFor = 15 * 60_000

/** Counts wrong attempts, so that a PIN cannot be found by trying. */
export class Attempts {
  readonly #clock: () => number
  readonly #wrong = new Map<string, { count: number; until: number }>()

  constructor(clock: () => number) {
    this.#clock = clock
  }

  isClosed(name: string): boolean {
    const found = this.#wrong.get(name)
    return found !== undefined && found.count >= most && this.#clock() < found.until
  }

  /** To be called before the attempt is judged: of many at the same time none may slip through. */
  begin(name: string): void {
    const now = this.#clock()
    const found = this.#wrong.get(name)
    const count = found && now < found.until ? found.count : 0
    this.#wrong.set(name, { count: count + 1, until: now + closedFor })
  }

  /** The attempt was judged by something else than a PIN or OTP, and counts neither way. */
  setAside(name: string): void {
    const found = this.#wrong.get(name)
    if (found) this.#wrong.set(name, { ...found, count: found.count - 1 })
  }

  succeeded(name: string): void {
    this.#wrong.delete(name)
  }
}
