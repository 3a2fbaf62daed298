import { Readable } from 'node:stream'
import { Problem } from '@sapan/kernel'
import { formatExchangeTarget } from '../../address.ts'
import { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { Step } from '../../gateway/step.ts'
import type { HeaderList } from '../../gateway/transport/headers.ts'
import { continueTrace } from '../../gateway/transport/trace.ts'
import { exchangeProblem } from '../../problems.ts'
import { conduct } from '../conduct.ts'
import type { TopicReader } from './followed.ts'
import { placeBehind, placeIn } from './place-behind.ts'

/** What a reading gave: the answer as it came, the place behind it, and whether there was anything. */
export interface ReadEvents {
  readonly body: Buffer
  readonly place: number
  readonly isEmpty: boolean
  readonly exchange: string | null
}

export interface Reading extends TopicReader {
  readonly purpose?: string | undefined
  /** Behind the last event that was read; null to begin. */
  readonly place: number | null
}

/**
 * Reads the events behind a place by an exchange such as the reader's own system would make: under its grant, with evidence. Where
 * the provider keeps them no longer, what is given says so. Throws the Problem with which it ended.
 */
export async function readEvents(
  ground: GatewayGround,
  pipeline: readonly Step<ConsumerExchange>[],
  reading: Reading,
): Promise<ReadEvents> {
  const exchange = await requested(ground, reading)
  try {
    return await conduct(ground, pipeline, exchange, async () => answered(exchange, reading))
  } catch (error) {
    if (error instanceof Problem && error.code === 'events-forgotten') return gap(error, reading)
    throw error
  }
}

async function requested(ground: GatewayGround, reading: Reading): Promise<ConsumerExchange> {
  const { client, service, operation, purpose, place } = reading
  const { description } = await ground.descriptions.of(ground.directory.current(), service)
  const topic = description.operations.find(({ id }) => id === operation)
  if (!topic?.topic) throw exchangeProblem('topic-unknown', { extensions: { service } })
  const headers: HeaderList = [
    ['x-road-client', client],
    ['accept', 'application/json'],
    ...(purpose === undefined ? [] : [['sapan-purpose', purpose] as const]),
  ]
  const request = {
    method: 'GET',
    rawTarget: formatExchangeTarget(service, topic.template, place === null ? '' : `after=${place}`),
    headers,
    stream: Readable.from([]),
    caller: { loopback: false, certificate: undefined },
    trace: continueTrace(undefined),
  }
  return new ConsumerExchange(request, ground.clock(), false)
}

/** Another member's gateway is not to be trusted with our memory. */
const mostBytes = 16 * 1024 * 1024

async function answered(exchange: ConsumerExchange, { place }: Reading): Promise<ReadEvents> {
  const { answer } = exchange
  if (answer?.status !== 200 || answer.body.bytes > mostBytes) throw exchangeProblem('gateway-answer-invalid')
  const body = await answer.body.content()
  return { body, ...placeBehind(body, place), exchange: exchange.id }
}

/** In place of the events that are kept no longer, their reader is told that there were some. */
function gap(forgotten: Problem, { place }: Reading): ReadEvents {
  const behind = placeIn(forgotten.extensions.after)
  if (behind === undefined || behind <= (place ?? 0)) throw forgotten
  const said = {
    events: [],
    next: String(behind),
    lost: { after: String(place ?? 0), through: String(behind) },
  }
  return { body: Buffer.from(JSON.stringify(said)), place: behind, isEmpty: false, exchange: null }
}
