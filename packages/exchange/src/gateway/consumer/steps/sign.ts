import { drawRandom, uuidv7 } from '@sapan/kernel'
import { contentDigest } from '../../../signature/digest.ts'
import { draftRequest } from '../../../signature/sign.ts'
import { authorityOf } from '../../authority.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { forwardedRequestHeaders, single } from '../../transport/headers.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** Signs the request for the client's member (RFC 9421): who, whom, what, why, and when it lapses. */
export function sign(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'sign',
    async run(exchange) {
      await signAnew(ground, exchange)
      return { th: `ลงลายมือชื่อแทน ${exchange.clientMember}`, en: `Signed for ${exchange.clientMember}` }
    },
  }
}

/** Gives the exchange an id, a nonce and a signature: at first, and again when a question is asked once more. */
export async function signAnew(ground: GatewayGround, exchange: ConsumerExchange): Promise<void> {
  const now = ground.clock()
  const { signer, keyId } = ground.signers.of(exchange.clientMember)
  const gateway = exchange.gateways[0]
  if (!gateway) throw new Error('no gateway was chosen')
  const id = uuidv7(now)
  const created = Math.floor(now / 1000)
  const draft = draftRequest(
    {
      method: exchange.request.method,
      authority: authorityOf(gateway),
      path: exchange.target.path,
      query: exchange.target.query,
      fields: signedFields(exchange, id),
    },
    {
      signer,
      keyId,
      created,
      expires: created + ground.settings.timeouts.message,
      nonce: drawRandom(16).toString('base64url'),
    },
  )
  exchange.message = await ground.signing.sign(draft)
  exchange.id = id
}

/** Tokens of a person's issuer: checked by the steps before, and by the other side for itself. */
const vouched = ['sapan-consent', 'sapan-actor'] as const

/** Everything that the other side will act on or pass on, so that all of it is covered. */
function signedFields(exchange: ConsumerExchange, id: string): [string, string][] {
  const fields = forwardedRequestHeaders(exchange.request.headers).filter(
    ([name]) => name !== 'x-road-client' && name !== 'x-road-id',
  )
  const { service, member } = exchange.target
  fields.push(
    ['content-digest', contentDigest(exchange.body.sha256)],
    ['x-road-client', exchange.client],
    ['x-road-id', exchange.messageId],
    ['sapan-exchange', id],
    ['sapan-sender', exchange.clientMember],
    ['sapan-receiver', member],
    ['sapan-service', service],
    ['sapan-purpose', exchange.known.grant.purpose],
    ['sapan-grant', exchange.known.hash],
  )
  for (const name of vouched) {
    const jws = single(exchange.request.headers, name)
    if (jws !== undefined) fields.push([name, jws])
  }
  if (exchange.queued) fields.push(['sapan-message', exchange.queued.message])
  if (exchange.queued?.manifest) {
    fields.push(['sapan-attachment-manifest', exchange.queued.manifest.toString('hex')])
  }
  if (exchange.decisions) fields.push(['sapan-explain', '?1'])
  return fields
}
