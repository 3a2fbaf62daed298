import type { EvidenceRecord } from '@sapan/exchange'
import { uuidv7 } from '@sapan/kernel'
import type { LogKeeper } from './log-keeper.ts'

/** So many rows are about each of the people, however many rows there are: asking of one is then the same work. */
const rowsOfPerson = 100
/** Exchanges in one commit while growing. */
const together = 250
/** Of all exchanges, one in so many is kept to be asked for. */
const keptOf = 97

/**
 * Evidence of one side, two rows an exchange, written as a gateway writes it: sealed, by COPY, the log behind it. Signed once: each
 * row has the head and the body of one exchange under a number of its own.
 */
export class Filling {
  rows = 0
  readonly #keeper: LogKeeper
  readonly #model: { readonly request: EvidenceRecord; readonly answer: EvidenceRecord }
  readonly #exchanges: string[] = []
  readonly #people: number

  /** `rows`: how many there will be. */
  constructor(keeper: LogKeeper, rows: number) {
    this.#keeper = keeper
    this.#people = Math.ceil(rows / rowsOfPerson)
    this.#model = keeper.exchange()
  }

  /** Writes so many rows, in large commits. */
  async grow(rows: number, progress: (done: number) => void = () => {}): Promise<void> {
    const until = this.rows + rows
    const write = async () => {
      while (this.rows < until) {
        const all = Array.from({ length: together }, () => this.#next()).flat()
        await this.#keeper.evidence.record(all)
        if (this.rows % 1_000_000 < together * 2) progress(this.rows)
      }
    }
    await Promise.all([write(), write()])
  }

  /** Rows a second, as exchanges come: 32 side by side, each a request and then its answer. */
  async appendRate(seconds: number): Promise<number> {
    const [from, begun] = [this.rows, performance.now()]
    const call = async () => {
      while (performance.now() - begun < seconds * 1000) {
        const [request, answer] = this.#next()
        await this.#keeper.evidence.record([request])
        await this.#keeper.evidence.record([answer])
      }
    }
    await Promise.all(Array.from({ length: 32 }, call))
    return (this.rows - from) / ((performance.now() - begun) / 1000)
  }

  anyExchange(): string {
    return this.#exchanges[Math.floor(Math.random() * this.#exchanges.length)] ?? ''
  }

  anySubject(): Buffer {
    return this.#keeper.subject(Math.floor(Math.random() * this.#people))
  }

  #next(): [EvidenceRecord, EvidenceRecord] {
    const at = Date.now()
    const exchange = uuidv7(at)
    this.rows += 2
    if ((this.rows / 2) % keptOf === 0) this.#exchanges.push(exchange)
    const own = { exchange, at, subjects: [this.anySubject()] }
    return [
      { ...this.#model.request, ...own },
      { ...this.#model.answer, ...own },
    ]
  }
}
