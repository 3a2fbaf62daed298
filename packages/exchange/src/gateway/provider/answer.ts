import { drawRandom, type Problem, problemDocument } from '@sapan/kernel'
import { contentDigest } from '../../signature/digest.ts'
import type { SignedMessage } from '../../signature/message.ts'
import { draftAnswer } from '../../signature/sign.ts'
import type { GatewayGround } from '../ground.ts'
import { emptyBody, memoryBody } from '../transport/body.ts'
import { single } from '../transport/headers.ts'
import type { OutgoingAnswer, ProviderExchange } from './exchange.ts'

/**
 * Signs what leaves, for the member that was asked, bound to the request's signature. Null where the message had no
 * signature to bind to: such an answer says only that it can't be answered.
 */
export async function signOutgoing(
  ground: GatewayGround,
  exchange: ProviderExchange,
  answer: OutgoingAnswer,
): Promise<SignedMessage | null> {
  const { message, target } = exchange
  if (!message) return null
  const member = ground.signers.forRefusal(target?.member)
  const created = Math.floor(ground.clock() / 1000)
  const headers: [string, string][] = answer.headers.map(([name, value]) => [name, value])
  headers.push(['content-digest', contentDigest(answer.body.sha256)])
  // Also where the message was refused before its exchange was looked at: the other side keeps the answer as evidence.
  const id = exchange.id ?? single(message.fields, 'sapan-exchange')
  if (id !== undefined) headers.push(['sapan-exchange', id])
  if (exchange.decisions) headers.push(['sapan-decisions', encodeDecisions(exchange)])
  const draft = draftAnswer({ status: answer.status, fields: headers }, message, {
    signer: member.signer,
    keyId: member.keyId,
    created,
    expires: created + ground.settings.timeouts.message,
    nonce: drawRandom(16).toString('base64url'),
  })
  return await ground.signing.sign(draft)
}

function encodeDecisions(exchange: ProviderExchange): string {
  return Buffer.from(JSON.stringify(exchange.decisions)).toString('base64url')
}

/** A gateway's own refusal on its way to the other gateway, which puts it into the caller's words. */
export function refusalAnswer(ground: GatewayGround, problem: Problem, method: string): OutgoingAnswer {
  const document = problemDocument(problem, ground.settings.edgeOrigin, 'en')
  // An answer to HEAD arrives without its body, so the digest must be that of none.
  const bodiless = method === 'HEAD'
  const retryAfter = problem.extensions.retryAfter
  return {
    status: problem.type.status,
    headers: [
      ...(bodiless ? [] : ([['content-type', 'application/problem+json']] as const)),
      ['sapan-problem', problem.code],
      ...(typeof retryAfter === 'number' ? ([['retry-after', String(Math.ceil(retryAfter))]] as const) : []),
    ],
    body: bodiless ? emptyBody : memoryBody(Buffer.from(JSON.stringify(document))),
  }
}
