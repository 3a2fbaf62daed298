import type { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { Step } from '../../gateway/step.ts'
import { exchangeProblem } from '../../problems.ts'

/** Who lets the gateway make this exchange was proven when they said so; but they may be gone since. */
export function findClient(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'findClient',
    run({ client, clientMember }) {
      ground.signers.checkStays(clientMember)
      if (!ground.signers.hosts(clientMember) || !ground.directory.current().hasSubsystem(client)) {
        throw exchangeProblem('client-unknown', { extensions: { client } })
      }
      return { th: `${client} ยังเป็นสมาชิก`, en: `${client} is still registered` }
    },
  }
}
