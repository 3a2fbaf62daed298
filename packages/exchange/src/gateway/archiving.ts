import { type Clock, Problem, type Text } from '@sapan/kernel'
import type { Evidence } from '../evidence/evidence.ts'

/** The last round of the archive, where it was in vain. */
export interface ArchivingFailure {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly reason: Text
}

/** Archives in rounds, and remembers why the last one failed. */
export class Archiving {
  readonly #evidence: Pick<Evidence, 'archive'>
  readonly #clock: Clock
  failure: ArchivingFailure | null = null

  constructor(evidence: Pick<Evidence, 'archive'>, clock: Clock) {
    this.#evidence = evidence
    this.#clock = clock
  }

  /** Throws what `Evidence.archive` throws. */
  async look(): Promise<void> {
    try {
      await this.#evidence.archive()
      this.failure = null
    } catch (error) {
      this.failure = { at: this.#clock(), reason: reasonOf(error) }
      throw error
    }
  }
}

function reasonOf(error: unknown): Text {
  if (error instanceof Problem) return error.detail ?? error.type.title
  const message = error instanceof Error ? error.message : String(error)
  return { th: message, en: message }
}
