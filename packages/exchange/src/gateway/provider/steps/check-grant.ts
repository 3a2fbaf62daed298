import { queryParameterNames } from '../../../address.ts'
import { chooseGrant } from '../../../grant/choose.ts'
import { exchangeProblem } from '../../../problems.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ProviderExchange } from '../exchange.ts'

/**
 * The grant that the consumer names must be ours, live, and cover all that is asked, for the purpose that it signed: one
 * that we implied it could deny.
 */
export function checkGrant(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'checkGrant',
    run(exchange) {
      const { headers, client, target, matched } = exchange
      const purpose = single(headers, 'sapan-purpose')
      if (!purpose) {
        throw exchangeProblem('covered-header-missing', { extensions: { header: 'sapan-purpose' } })
      }
      const known = ground.issuedGrants.get(single(headers, 'sapan-grant') ?? '')
      const now = ground.clock()
      const { grant } = chooseGrant(known ? [known.grant] : [], {
        consumer: client,
        service: target.service,
        operation: matched.operation.id,
        queryNames: queryParameterNames(target.query),
        at: now,
        purpose,
      })
      if (!known) throw exchangeProblem('no-grant')
      exchange.known = known
      ground.rates.take(known.hash, grant.rate)
      return {
        th: `สิทธิ ${grant.id} อนุญาต ${matched.operation.id} เพื่อ ${grant.purpose}`,
        en: `Grant ${grant.id} allows ${matched.operation.id} for ${grant.purpose}`,
      }
    },
  }
}
