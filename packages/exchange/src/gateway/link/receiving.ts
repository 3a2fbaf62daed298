import { type Body, type BodyLimits, emptyBody, memoryBody } from '../transport/body.ts'
import { BodyIntake } from '../transport/body-intake.ts'
import type { BodySource } from '../transport/body-source.ts'
import { type BodyProblems, refusalOfBody } from '../transport/read-body.ts'

/** A body as it comes over a link. What nobody has read yet waits, no more of it than the other side had credit for. */
export class Receiving implements BodySource {
  readonly #taken: (bytes: number) => void
  #waiting: Buffer[] = []
  #intake: BodyIntake | undefined
  #settled: { resolve: (body: Body) => void; reject: (error: unknown) => void } | undefined
  #problems: BodyProblems | undefined
  #failure: Error | undefined
  #isBusy = false
  isWhole = false

  /** `taken` is told what was read, so that as much more may come. */
  constructor(taken: (bytes: number) => void) {
    this.#taken = taken
  }

  /** The next piece, a view of bytes that stay as they are. */
  take(piece: Buffer, isLast: boolean): void {
    if (piece.length > 0) this.#waiting.push(piece)
    if (isLast) this.isWhole = true
    if (this.#intake) this.#drain()
  }

  /** Nothing more comes. */
  fail(error: Error): void {
    if (this.isWhole || this.#failure) return
    this.#failure = error
    if (this.#intake && !this.#isBusy) this.#giveUp(error)
  }

  async read(limits: BodyLimits, problems: BodyProblems): Promise<Body> {
    if (this.isWhole && this.#waiting.length === 0) return emptyBody
    const [only] = this.#waiting
    // Most bodies: there as a whole, and small.
    if (this.isWhole && this.#waiting.length === 1 && only && only.length <= limits.memoryBytes) {
      this.#waiting = []
      return memoryBody(only)
    }
    this.#intake = new BodyIntake(limits, problems.tooLarge)
    this.#problems = problems
    return await new Promise((resolve, reject) => {
      this.#settled = { resolve, reject }
      this.#drain()
    })
  }

  #drain(): void {
    const intake = this.#intake
    if (!intake || this.#isBusy) return
    try {
      for (;;) {
        const piece = this.#waiting.shift()
        if (piece === undefined) break
        const hasRoom = intake.take(piece)
        if (!this.isWhole) this.#taken(piece.length)
        if (hasRoom) continue
        this.#whenRoom(intake)
        return
      }
    } catch (error) {
      this.#giveUp(error)
      return
    }
    if (this.isWhole) Promise.resolve(intake.end()).then(this.#settled?.resolve, this.#settled?.reject)
    else if (this.#failure) this.#giveUp(this.#failure)
  }

  #whenRoom(intake: BodyIntake): void {
    this.#isBusy = true
    intake.room().then(
      () => {
        this.#isBusy = false
        this.#drain()
      },
      (error) => this.#giveUp(error),
    )
  }

  #giveUp(error: unknown): void {
    const { reject } = this.#settled ?? {}
    const problem = this.#problems ? refusalOfBody(error, this.#problems) : error
    this.#settled = undefined
    this.#waiting = []
    const tell = () => reject?.(problem)
    this.#intake?.discard().then(tell, tell)
    this.#intake = undefined
  }
}
