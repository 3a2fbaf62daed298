import { grantedFields } from '../../fields/field-set.ts'
import { filterAnswer } from '../../fields/filter.ts'
import type { GatewayGround } from '../ground.ts'
import type { ConsumerExchange } from './exchange.ts'

/** The granted fields that the answer really has, as evidence and the person's page name them. */
export async function presentFields(
  ground: GatewayGround,
  exchange: ConsumerExchange,
): Promise<readonly string[]> {
  const { answer, known, matched, consent } = exchange
  // The answer to a queued message is its receipt, which has no fields of the service.
  if (matched.operation.queue) return []
  const operation = known.grant.operations[matched.operation.id]
  if (!operation || !answer || answer.refusal !== null || answer.status >= 400 || answer.body.bytes === 0)
    return []
  const allowed = consent?.fields ?? grantedFields(operation)
  if (allowed.root.whole) return ['*']
  if (answer.body.bytes > ground.settings.limits.filterBytes) return operation.fields
  return filterAnswer(await answer.body.content(), allowed).present
}
