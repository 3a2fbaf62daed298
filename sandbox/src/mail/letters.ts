import { randomUUID } from 'node:crypto'
import { type LetterContent, readLetter } from './mime.ts'

/** A letter as it came. */
export interface ReceivedLetter extends LetterContent {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** To whom it was handed over, which need not be what its header says. */
  readonly to: readonly string[]
}

/** How much is kept: the oldest go when either is reached. */
export interface LettersLimits {
  readonly letters: number
  /** Octets of all letters as they came. */
  readonly bytes: number
}

/** Letters in memory, the newest first. Nothing is written anywhere. */
export class Letters {
  readonly #limits: LettersLimits
  readonly #clock: () => number
  readonly #kept: { readonly letter: ReceivedLetter; readonly bytes: number }[] = []
  #bytes = 0

  constructor(limits: LettersLimits, clock: () => number) {
    this.#limits = limits
    this.#clock = clock
  }

  get bytes(): number {
    return this.#bytes
  }

  add(to: readonly string[], raw: Buffer): void {
    const bytes = raw.length + Buffer.byteLength(to.join())
    this.#kept.unshift({
      letter: { id: randomUUID(), receivedAt: this.#clock(), to, ...readLetter(raw) },
      bytes,
    })
    this.#bytes += bytes
    while (this.#kept.length > this.#limits.letters || this.#bytes > this.#limits.bytes) {
      this.#bytes -= this.#kept.pop()?.bytes ?? 0
    }
  }

  find(id: string): ReceivedLetter | undefined {
    return this.#kept.find(({ letter }) => letter.id === id)?.letter
  }

  /** All of them, or those to one recipient. */
  list(to?: string): readonly ReceivedLetter[] {
    const all = this.#kept.map(({ letter }) => letter)
    return to === undefined ? all : all.filter((letter) => letter.to.includes(to))
  }

  /** Who got letters, in the order of the alphabet, and how many. */
  recipients(): readonly (readonly [address: string, letters: number])[] {
    const counts = new Map<string, number>()
    for (const address of this.list().flatMap((letter) => letter.to)) {
      counts.set(address, (counts.get(address) ?? 0) + 1)
    }
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}
