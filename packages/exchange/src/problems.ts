import { Problem, type ProblemOptions } from '@sapan/kernel'
import { callProblems } from './problems/call.ts'
import { centerProblems } from './problems/center.ts'
import { consentProblems } from './problems/consent.ts'
import { evidenceProblems } from './problems/evidence.ts'
import { gatewayProblems } from './problems/gateway.ts'
import { gdxProblems } from './problems/gdx.ts'
import { peerProblems } from './problems/peer.ts'
import { providerProblems } from './problems/provider.ts'
import { queueProblems } from './problems/queue.ts'
import { serviceProblems } from './problems/service.ts'

/**
 * Every problem that an exchange can meet: at the caller's edge, between gateways, at the provider, in the center
 * and in evidence. 4xx is the caller's to mend, 502 and 504 lie beyond the gateway that answers, 503 passes by itself.
 * Each file registers its own, which refuses a code that another has.
 */
export const exchangeProblems = {
  ...callProblems,
  ...consentProblems,
  ...peerProblems,
  ...providerProblems,
  ...gatewayProblems,
  ...serviceProblems,
  ...centerProblems,
  ...evidenceProblems,
  ...queueProblems,
  ...gdxProblems,
}

export type ExchangeProblemCode = keyof typeof exchangeProblems

/** A problem of the exchange, to be thrown. */
export function exchangeProblem(code: ExchangeProblemCode, options?: ProblemOptions): Problem {
  return new Problem(exchangeProblems[code], options)
}
