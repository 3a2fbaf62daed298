import type { MatchedOperation } from '../service/description.ts'
import type { GatewayGround } from './ground.ts'
import type { Trace } from './transport/trace.ts'

/** What both sides' exchanges have that log and metrics tell. */
export interface NotedExchange {
  readonly id: string | undefined
  readonly startedAt: number
  readonly request: { readonly trace: Trace }
  readonly target: { readonly service: string; readonly member: string } | undefined
  /** Whose system asks. */
  readonly clientMember: string | undefined
  readonly matched: MatchedOperation | undefined
}

/**
 * Counts an exchange, and writes a line of it: what went through at `debug`, since evidence and metrics have it
 * already; what did not at `info`. `outcome` is an HTTP status or a problem's code.
 */
export function noteExchange(
  ground: GatewayGround,
  side: 'consumer' | 'provider',
  exchange: NotedExchange,
  outcome: string,
): void {
  const seconds = (ground.clock() - exchange.startedAt) / 1000
  // A service that nobody found is the caller's text, and could be anything.
  const service = exchange.matched === undefined ? '' : (exchange.target?.service ?? '')
  const operation = exchange.matched?.operation.id ?? ''
  const asked = side === 'consumer' ? exchange.clientMember : exchange.target?.member
  const member = asked !== undefined && ground.signers.hosts(asked) ? asked : ''
  ground.metrics.observe(side, { member, service, operation, outcome, seconds })
  const level = /^[123]/.test(outcome) ? 'debug' : 'info'
  if (!ground.log.isLevelEnabled(level)) return
  const trace = exchange.request.trace.traceId
  ground.log[level]({ side, exchange: exchange.id, service, operation, outcome, seconds, trace }, 'exchange')
}
