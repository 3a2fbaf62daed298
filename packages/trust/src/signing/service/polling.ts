import { newSad, sadName } from './authorization.ts'
import { CscError, invalid, refusals } from './errors.ts'
import type { Input } from './input.ts'
import type { ServiceCall } from './service.ts'

/** How long an outcome is kept, in milliseconds: by default, and at most. */
const kept = { usual: 60 * 60_000, least: 1000, most: 24 * 60 * 60_000 } as const

/** How a request wants its answer (`operationMode`): at once, or later, kept for so many milliseconds. */
export type Mode = { readonly later: false } | { readonly later: true; readonly keptFor: number }

/**
 * Reads `operationMode`, `validity_period` and `response_uri` (v2 §11.10). Nobody is called at an address that a caller
 * gives: the caller asks for the outcome.
 */
export function readMode(input: Input, isOffered: boolean): Mode {
  const mode = input.optionalString('operationMode', 8) ?? 'S'
  if (mode !== 'S' && mode !== 'A') throw invalid('operationMode')
  const period = input.optionalInteger('validity_period')
  if (mode === 'S') return { later: false }
  if (!isOffered) throw refusals.synchronousOnly()
  if (input.has('response_uri')) throw invalid('response_uri')
  if (period !== undefined && (period < kept.least || period > kept.most)) {
    throw refusals.validityPeriod()
  }
  return { later: true, keptFor: period ?? kept.usual }
}

/** Has the work done while the caller goes on, and gives the name under which its outcome is asked for. */
export function answerLater(
  { context, user }: ServiceCall,
  keptFor: number,
  work: () => Promise<{ signatures: string[] }>,
): { responseID: string } {
  const { responses, options } = context
  const responseID = newSad()
  const name = sadName(responseID)
  const until = () => options.clock() + keptFor
  if (!responses.put(name, { user, until: until() })) throw refusals.busy()
  const settle = (outcome: { signatures: string[] } | { error: CscError }) => {
    responses.put(name, { user, outcome, until: until() })
  }
  work().then(settle, (error: unknown) => {
    if (!(error instanceof CscError)) options.onError?.(error)
    settle({ error: error instanceof CscError ? error : refusals.fault() })
  })
  return { responseID }
}

/** The outcome of a request that is answered later (v2 §11.12); may be asked for as often as one likes. */
export async function signPolling({ context, user, input }: ServiceCall) {
  if (input.has('userID')) throw refusals.userGiven()
  const found = context.responses.get(sadName(input.string('requestID', 256)), user)
  if (!found) throw invalid('requestID')
  const { outcome } = found
  if (!outcome) throw refusals.accepted()
  if ('error' in outcome) throw outcome.error
  return { signatures: outcome.signatures }
}
