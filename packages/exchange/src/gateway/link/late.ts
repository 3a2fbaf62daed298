import type { Awaited } from '../transport/deadlines.ts'

/** Something that must have come by some time; it is awaited only while `Deadlines` has it. */
export class Late implements Awaited {
  readonly #expire: () => void
  deadline = 0
  place = -1

  constructor(expire: () => void) {
    this.#expire = expire
  }

  within(milliseconds: number): this {
    this.deadline = performance.now() + milliseconds
    return this
  }

  expire(): void {
    this.#expire()
  }
}
