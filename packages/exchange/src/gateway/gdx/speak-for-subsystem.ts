import { exchangeProblem } from '../../problems.ts'
import type { ConsumerExchange } from '../consumer/exchange.ts'
import type { GatewayGround } from '../ground.ts'
import type { Step } from '../step.ts'

/** The GDX edge knows its caller by the token before there is an exchange; here its subsystem must still be there. */
export function speakForSubsystem(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'authenticateClient',
    run({ client, clientMember }) {
      ground.signers.checkStays(clientMember)
      if (!ground.signers.hosts(clientMember) || !ground.directory.current().hasSubsystem(client)) {
        throw exchangeProblem('client-unknown', { extensions: { client } })
      }
      return { th: `โทเคน GDX พูดแทน ${client}`, en: `The GDX token speaks for ${client}` }
    },
  }
}
