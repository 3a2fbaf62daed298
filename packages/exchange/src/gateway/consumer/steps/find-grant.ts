import { chooseGrant } from '../../../grant/choose.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** Finds the one grant under which this call is made. Without a grant nothing is asked. */
export function findGrant(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'findGrant',
    async run(exchange) {
      const { member, service } = exchange.target
      const held = await ground.heldGrants.inForce(
        ground.directory.current(),
        member,
        exchange.client,
        service,
      )
      const { grant, impliedPurpose } = chooseGrant(
        held.map((known) => known.grant),
        {
          consumer: exchange.client,
          service,
          operation: exchange.matched.operation.id,
          queryNames: exchange.queryNames,
          at: ground.clock(),
          purpose: single(exchange.request.headers, 'sapan-purpose'),
        },
      )
      const known = held.find((candidate) => candidate.grant === grant)
      if (!known) throw new Error('the grant that was chosen is not among those held')
      exchange.known = known
      exchange.impliedPurpose = impliedPurpose
      return {
        th: `สิทธิ ${grant.id} ตาม ${grant.law.act.th} ${grant.law.section}`,
        en: `Grant ${grant.id} under ${grant.law.act.en}, ${grant.law.section}`,
      }
    },
  }
}
