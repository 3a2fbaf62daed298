/** What a country opens, in the order in which it is closed: what asks goes before what answers. */
const phases = [
  'portal',
  'faces',
  'identity',
  'gateways',
  'register doors',
  'registers',
  'register databases',
  'center',
  'postgres',
  'lock',
] as const

export type Phase = (typeof phases)[number]

/** What was opened and has to be closed. Within a phase everything closes together. */
export class Closing {
  readonly #steps = new Map<Phase, (() => Promise<void>)[]>(phases.map((phase) => [phase, []]))
  #closed: Promise<void> | undefined

  add(phase: Phase, close: () => Promise<void>): void {
    this.#steps.get(phase)?.push(close)
  }

  /** Closes everything, also when one part fails to close; what failed is reported. Once, however often called. */
  all(onFailure: (phase: Phase, error: unknown) => void): Promise<void> {
    this.#closed ??= this.#closeAll(onFailure)
    return this.#closed
  }

  async #closeAll(onFailure: (phase: Phase, error: unknown) => void): Promise<void> {
    for (const [phase, steps] of this.#steps) {
      const outcomes = await Promise.allSettled(steps.map((close) => close()))
      for (const outcome of outcomes) if (outcome.status === 'rejected') onFailure(phase, outcome.reason)
    }
  }
}
