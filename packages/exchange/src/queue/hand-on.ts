import { Problem } from '@sapan/kernel'
import { memberOf } from '../address.ts'
import { compileFields, errorFields } from '../fields/field-set.ts'
import { filterAnswer } from '../fields/filter.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { Answer } from '../gateway/transport/answer.ts'
import { continueTrace } from '../gateway/transport/trace.ts'
import { exchangeProblem } from '../problems.ts'
import { attachmentsPath } from './attachments/inbox-routes.ts'
import { isFinal, retryDelay } from './backoff.ts'
import { openMessage } from './content.ts'
import type { IncomingMessage } from './message.ts'
import { type Outcome, settle } from './settle.ts'
import { retryIncoming } from './store/incoming.ts'

/**
 * Hands a message on to the member's own system: 2xx accepts it, 4xx rejects it, all else is tried again until its time is
 * over. The system may get it more than once, always with the same `Sapan-Message` and `X-Road-Client`.
 */
export async function handOn(ground: GatewayGround, message: IncomingMessage): Promise<void> {
  if (ground.clock() >= message.expiresAt) {
    await settle(ground, message, { state: 'expired', reason: null })
    return
  }
  try {
    ground.signers.checkStays(memberOf(message.service))
    await settle(ground, message, await offered(ground, message))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const delay = retryDelay(message.attempts, ground.settings.queue)
    await retryIncoming(ground.pool, message.number, { delay, problem: error.code })
  }
}

/** What the system did. Throws the Problem with which it could not be asked. */
async function offered(ground: GatewayGround, message: IncomingMessage): Promise<Outcome> {
  const service = ground.services.get(message.service)
  const operation = service?.description.operations.find(({ id }) => id === message.operation)
  if (!service || !operation) throw exchangeProblem('service-unknown')
  const answer = await ground.providers.request({
    origin: service.origin,
    path: `${service.basePath}${operation.template}`,
    method: 'POST',
    ...sent(ground, message),
    timeoutMs: service.timeoutMs,
    limits: { ...ground.settings.limits, spillDirectory: ground.spillDirectory },
  })
  try {
    const { status } = answer
    if (status >= 200 && status < 300) return { state: 'accepted', reason: null }
    if (isFinal(status)) return { state: 'rejected', reason: await reasonIn(answer) }
    throw exchangeProblem('message-put-off', { extensions: { answered: status } })
  } finally {
    await answer.body.dispose()
  }
}

function sent(
  { sealer, settings }: GatewayGround,
  { number, client, message, content, attachments }: IncomingMessage,
) {
  if (!content) throw new Error('a waiting message has no content')
  const { headers, body } = openMessage(sealer, { side: 'incoming', client, message }, content)
  const named = headers.flat()
  named.push('sapan-message', message, 'accept-encoding', 'identity')
  if (attachments > 0) named.push('sapan-attachments', `${settings.edgeOrigin}${attachmentsPath(number)}`)
  named.push('traceparent', continueTrace(undefined).parent)
  if (body.length > 0) named.push('content-length', String(body.length))
  return { headers: named, body: body.length === 0 ? null : body }
}

/** Of what the system says of its rejection, the status and a problem's title leave; nothing else was granted. */
async function reasonIn({ status, body }: Answer): Promise<string> {
  const title = body.bytes > 0 && body.bytes <= 64 * 1024 ? titleIn(await body.content()) : ''
  return `HTTP ${status}${title === '' ? '' : `: ${title}`}`.slice(0, 500)
}

function titleIn(content: Buffer): string {
  try {
    const said: unknown = JSON.parse(filterAnswer(content, errorFields(compileFields([]))).text)
    if (typeof said === 'object' && said !== null && 'title' in said && typeof said.title === 'string') {
      return said.title
    }
  } catch {
    // A rejection without a readable problem is told by its status.
  }
  return ''
}
