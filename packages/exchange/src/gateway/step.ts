import { Problem, type Text } from '@sapan/kernel'

/** What a step decided, in words that a caller may read. */
export interface Decision {
  readonly side: 'consumer' | 'provider'
  readonly step: string
  readonly outcome: 'passed' | 'refused'
  readonly text: Text
}

/**
 * One step of a pipeline: looks at the exchange, fills in what it finds, and returns what it decided; or throws
 * the Problem that ends the exchange.
 */
export interface Step<E> {
  readonly name: string
  run(exchange: E): Promise<Text> | Text
}

/** An exchange that goes through a pipeline; `decisions` is kept only when the caller asked to have it explained. */
export interface Steppable {
  decisions: Decision[] | null
}

/** Runs the steps in order. The first that throws ends the run, and is noted as the one that refused. */
export async function runSteps<E extends Steppable>(
  side: Decision['side'],
  steps: readonly Step<E>[],
  exchange: E,
): Promise<void> {
  for (const step of steps) {
    try {
      const decided = step.run(exchange)
      const text = decided instanceof Promise ? await decided : decided
      exchange.decisions?.push({ side, step: step.name, outcome: 'passed', text })
    } catch (error) {
      exchange.decisions?.push({ side, step: step.name, outcome: 'refused', text: refusalText(error) })
      throw error
    }
  }
}

function refusalText(error: unknown): Text {
  if (error instanceof Problem) return error.detail ?? error.type.title
  return { th: 'เกิดข้อผิดพลาดภายใน', en: 'Something went wrong inside the gateway' }
}
