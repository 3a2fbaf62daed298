import { isDatabaseDown, type Logger, Problem } from '@sapan/kernel'
import { exchangeProblem } from '../problems.ts'

/** What is answered for anything that was thrown: a Problem as it is; the rest goes to the log and stays there. */
export function problemOf(error: unknown, log: Logger): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseDown(error)) return exchangeProblem('evidence-unavailable', { cause: error })
  log.error({ err: error }, 'a fault inside the gateway')
  return exchangeProblem('gateway-fault', { cause: error })
}
