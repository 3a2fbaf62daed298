import { fingerprint } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import type { CenterGround } from './ground.ts'
import { type CertificateOrder, issue } from './issue.ts'
import { requireHost } from './peer-hosts.ts'
import { changeOnStatement, notAllowed } from './statement.ts'
import { readGateway } from './store/gateways.ts'

/** The JWS `typ` of a renewal. */
export const renewalType = 'sapan-renewal+jws'

const shape = Compile(
  Type.Object(
    {
      use: Type.Union([Type.Literal('tls'), Type.Literal('signing')]),
      gateway: Type.String({ minLength: 1, maxLength: 256 }),
      request: Type.String({ minLength: 1, maxLength: 8192 }),
    },
    { additionalProperties: false },
  ),
)

export interface RenewalAnswer {
  /** DER in base64. */
  readonly certificate: string
  /** The issuer, then the root. */
  readonly chain: readonly string[]
}

/**
 * Issues the next certificate on a member's signed statement: its own signing certificate, or the TLS certificate of
 * a gateway that it owns. Throws Problem as `changeOnStatement` and `issue`, and `gateway-unknown`, `statement-not-allowed`,
 * `peer-host-not-allowed`.
 */
export function renew(ground: CenterGround, jws: string): Promise<RenewalAnswer> {
  return changeOnStatement(
    ground,
    jws,
    { type: renewalType, shape },
    async (current, { member, payload }) => {
      const { use, gateway: id, request } = payload
      const gateway = await readGateway(current.client, id)
      if (!gateway) throw exchangeProblem('gateway-unknown')
      if (!(use === 'tls' ? gateway.owner === member : gateway.members.includes(member))) throw notAllowed(id)
      if (use === 'tls') requireHost(gateway.hosts, gateway.peer)
      const order: CertificateOrder =
        use === 'tls'
          ? { use, gateway: id, peer: gateway.peer, request }
          : { use, gateway: id, member, request }
      const { der, fresh } = await issue(ground, current.client, current.now, order)
      if (fresh) {
        const details = { use, gateway: id, fingerprint: fingerprint(der) }
        await current.audit({ actor: member, action: 'certificate.renew', subject: id, details })
      }
      return {
        certificate: der.toString('base64'),
        chain: ground.authority.chain.map((part) => part.toString('base64')),
      }
    },
  )
}
