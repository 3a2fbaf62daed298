import { isUtf8 } from 'node:buffer'
import { Problem, uuidv7 } from '@sapan/kernel'
import { memberOf, parseExchangeTarget } from '../address.ts'
import type { OpeningOrder } from '../evidence/open.ts'
import { evidenceSubjects } from '../gateway/evidence-subjects.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { memoryBody } from '../gateway/transport/body.ts'
import { exchangeProblem } from '../problems.ts'
import { type MatchedOperation, matchOperation } from '../service/description.ts'
import { openMessage } from './content.ts'
import type { OutgoingMessage } from './message.ts'
import { noteExchangeOf } from './store/outgoing.ts'

/** The body of a dead letter, opened by somebody who said why. Times are ISO 8601 in UTC. */
export interface OpenedMessage {
  /** Identifies the logged statement that it was opened. */
  readonly id: string
  readonly number: number
  /** The sender's own id. */
  readonly message: string
  /** Under which it was opened, and is told to the people whom it concerns. */
  readonly exchange: string
  readonly at: string
  readonly by: string
  readonly reason: string
  /** As its sender named it. */
  readonly contentType: string | null
  /** As text where it is UTF-8. */
  readonly body: { readonly text: string } | { readonly base64: string }
}

/**
 * What a dead letter says. That it was opened, by whom and why stands in its sender's log before anything is told, under the exchange
 * in which it was last sent; one that never was has an exchange that failed from then on. Throws `message-not-dead`,
 * `message-unknown` where nothing of it is kept.
 */
export async function openDeadLetter(
  ground: GatewayGround,
  message: OutgoingMessage,
  why: Pick<OpeningOrder, 'by' | 'reason'>,
): Promise<OpenedMessage> {
  if (message.state !== 'dead' && message.state !== 'rejected') throw exchangeProblem('message-not-dead')
  if (message.content === null) throw exchangeProblem('message-unknown')
  const { headers, body } = openMessage(ground.sealer, { side: 'outgoing', ...message }, message.content)
  const sent = message.exchange === null ? undefined : await stated(ground, message, message.exchange, why)
  const opening = sent ?? (await openUnsent(ground, message, body, why))
  return {
    ...opening,
    number: message.number,
    message: message.message,
    contentType: headers.find(([name]) => name === 'content-type')?.[1] ?? null,
    body: isUtf8(body) ? { text: body.toString() } : { base64: body.toString('base64') },
  }
}

type Stated = Pick<OpenedMessage, 'id' | 'exchange' | 'at' | 'by' | 'reason'>

/** States it under an exchange; undefined where there is no evidence of that one. */
async function stated(
  { evidence }: GatewayGround,
  { client }: OutgoingMessage,
  exchange: string,
  why: Pick<OpeningOrder, 'by' | 'reason'>,
): Promise<Stated | undefined> {
  try {
    const order = { exchange, member: memberOf(client), side: 'consumer', ...why } as const
    return { exchange, ...(await evidence.stateOpening(order)) }
  } catch (error) {
    if (error instanceof Problem && error.code === 'exchange-unknown') return undefined
    throw error
  }
}

async function openUnsent(
  ground: GatewayGround,
  message: OutgoingMessage,
  body: Buffer,
  why: Pick<OpeningOrder, 'by' | 'reason'>,
): Promise<Stated> {
  const exchange = await recordUnsent(ground, message, body)
  const opening = await stated(ground, message, exchange, why)
  if (!opening) throw new Error('what was recorded is not there')
  return opening
}

/** Evidence of a message that was given up before anything was signed. */
async function recordUnsent(ground: GatewayGround, message: OutgoingMessage, body: Buffer): Promise<string> {
  const exchange = uuidv7(ground.clock())
  const { client, service, operation, problem } = message
  const { member: peer, query } = parseExchangeTarget(message.target)
  const matched = await operationOf(ground, message)
  const request = memoryBody(body)
  const subjects = matched && (await evidenceSubjects(ground, { matched, query, request, answer: null }))
  await ground.evidence.record([
    {
      member: memberOf(client),
      exchange,
      side: 'consumer',
      kind: 'failure',
      at: ground.clock(),
      client,
      service,
      operation,
      method: 'POST',
      route: matched?.operation.template ?? '',
      status: null,
      purpose: '',
      impliedPurpose: false,
      law: '',
      grant: '',
      peer,
      problem,
      subjects: subjects ?? [],
      subjectKey: ground.subjects.current,
      withheldUntil: null,
      fields: [],
      head: null,
      body: null,
      bodyDigest: request.sha256,
      bodyBytes: request.bytes,
      directoryVersion: ground.directory.current().version,
      certificate: '',
    },
  ])
  await noteExchangeOf(ground.pool, message.number, exchange)
  return exchange
}

/** The operation as its service describes it; undefined where the service is gone, and nobody says any more where people stand in it. */
async function operationOf(
  ground: GatewayGround,
  { target, service }: OutgoingMessage,
): Promise<MatchedOperation | undefined> {
  try {
    const { description } = await ground.descriptions.of(ground.directory.current(), service)
    return matchOperation(description, 'POST', parseExchangeTarget(target).servicePath)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
