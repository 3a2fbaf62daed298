import { Problem, type ProblemType } from '@sapan/kernel'
import { type Body, type BodyLimits, emptyBody, memoryBody } from './body.ts'
import { Spill } from './spill.ts'

/** Takes in a body piece by piece: in memory while it is small, in a spill file from then on. */
export class BodyIntake {
  readonly #limits: BodyLimits
  readonly #tooLarge: ProblemType
  #chunks: Buffer[] = []
  #bytes = 0
  #spill: Spill | undefined

  constructor(limits: BodyLimits, tooLarge: ProblemType) {
    this.#limits = limits
    this.#tooLarge = tooLarge
  }

  /** Told how many bytes are to come, throws at once what `take` would throw in the end. */
  announce(bytes: number): void {
    if (bytes > this.#limits.bodyBytes) throw tooLargeProblem(this.#tooLarge, this.#limits)
  }

  /** False where the next piece should wait for `room`. Throws a Problem of type `tooLarge` beyond `bodyBytes`. */
  take(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes > this.#limits.bodyBytes) throw tooLargeProblem(this.#tooLarge, this.#limits)
    if (this.#spill) return this.#spill.write(chunk)
    this.#chunks.push(chunk)
    return this.#bytes <= this.#limits.memoryBytes || this.#intoFile()
  }

  #intoFile(): boolean {
    const spill = new Spill(this.#limits.spillDirectory)
    this.#spill = spill
    const room = this.#chunks.map((chunk) => spill.write(chunk)).every(Boolean)
    this.#chunks = []
    return room
  }

  /** Resolves when more may come. Throws Problem `gateway-without-room`. */
  async room(): Promise<void> {
    await this.#spill?.drained()
  }

  /** The whole body: at once, or when its file is written. Throws Problem `gateway-without-room`. */
  end(): Body | Promise<Body> {
    if (this.#spill) return this.#spill.end()
    const [only] = this.#chunks
    if (only === undefined) return emptyBody
    return memoryBody(this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks, this.#bytes))
  }

  /** Gives up on the body; nothing of it is left on disk. */
  async discard(): Promise<void> {
    await this.#spill?.discard()
  }
}

function tooLargeProblem(type: ProblemType, limits: BodyLimits): Problem {
  const mebibytes = Math.round((limits.bodyBytes / 1048576) * 10) / 10
  return new Problem(type, {
    detail: {
      th: `เนื้อหาใหญ่กว่าที่รับได้ คือ ${mebibytes} MiB`,
      en: `The body is larger than the ${mebibytes} MiB accepted here`,
    },
  })
}
