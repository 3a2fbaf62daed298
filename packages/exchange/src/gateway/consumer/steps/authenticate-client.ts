import { exchangeProblem } from '../../../problems.ts'
import type { EdgeCredentials } from '../../edge/credentials.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ConsumerExchange } from '../exchange.ts'

/**
 * `X-Road-Client` is only a claim: the credential says which subsystems the caller may speak for. Without one,
 * only a caller on loopback is heard, and only for the subsystems that the operator has named.
 */
export function authenticateClient(
  ground: GatewayGround,
  credentials: EdgeCredentials,
): Step<ConsumerExchange> {
  return {
    name: 'authenticateClient',
    async run(exchange) {
      const { client, clientMember, request } = exchange
      ground.signers.checkStays(clientMember)
      if (!ground.signers.hosts(clientMember) || !ground.directory.current().hasSubsystem(client)) {
        throw exchangeProblem('client-unknown', { extensions: { client } })
      }
      const credential = await credentials.find(request.caller, single(request.headers, 'authorization'))
      if (credential === undefined) {
        if (!request.caller.loopback || !ground.settings.withoutCredential.includes(client)) {
          throw exchangeProblem('credential-required')
        }
        return {
          th: 'ผู้เรียกอยู่ในเครื่องเดียวกัน และผู้ดูแลอนุญาตไว้โดยไม่ต้องมีหลักฐานยืนยันตัว',
          en: 'The caller is on this machine, and the operator lets it speak without a credential',
        }
      }
      if (!credential.subsystems.includes(client)) {
        throw exchangeProblem('client-not-allowed', { extensions: { client } })
      }
      return {
        th: `หลักฐานยืนยันตัว “${credential.name}” พูดแทน ${client} ได้`,
        en: `The credential “${credential.name}” may speak for ${client}`,
      }
    },
  }
}
