import type { Text } from '@sapan/kernel'
import { queryParameterValues } from '../../address.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { ProviderExchange } from '../../gateway/provider/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { memoryBody } from '../../gateway/transport/body.ts'
import { exchangeProblem } from '../../problems.ts'
import { forgottenThrough, type TopicEvent, topicEventsAfter } from '../store/topic-events.ts'
import { openEvent } from '../topic-content.ts'

const noTopic: Text = { th: 'ไม่ใช่หัวข้อข่าว', en: 'It is no topic' }
const mostEvents = 100
const mostBytes = 1024 * 1024

/**
 * A topic is answered by the gateway from the events that were published, in place of the agency's system; the answer then
 * goes on as any other, to be cut to what this subscriber was granted.
 */
export function answerTopic(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'answerTopic',
    run(exchange) {
      return exchange.matched.operation.topic ? answered(ground, exchange) : noTopic
    },
  }
}

async function answered(ground: GatewayGround, exchange: ProviderExchange): Promise<Text> {
  const { target, matched } = exchange
  const topic = { service: target.service, operation: matched.operation.id }
  const after = count(target.query, 'after', Number.MAX_SAFE_INTEGER)
  const most = count(target.query, 'limit', mostEvents) ?? mostEvents
  const events = await topicEventsAfter(ground.pool, { ...topic, after: after ?? 0, most, mostBytes })
  // Looked for behind the events: what is forgotten in between is then told of, and not missing in silence.
  const forgotten = await forgottenThrough(ground.pool, topic)
  if (after !== undefined && after < forgotten) {
    throw exchangeProblem('events-forgotten', { extensions: { after: String(forgotten) } })
  }
  const texts = events.map((event) => eventText(ground, topic, event))
  const next = events.at(-1)?.number ?? after ?? forgotten
  exchange.received = {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: memoryBody(Buffer.from(`{"events":[${texts.join(',')}],"next":"${next}"}`)),
  }
  return { th: `มีข่าว ${events.length} รายการ`, en: `Events: ${events.length}` }
}

/** The event stands in it as it was published, byte for byte. */
function eventText(
  { sealer }: GatewayGround,
  topic: { service: string; operation: string },
  { number, message, publishedAt, content }: TopicEvent,
): string {
  const event = openEvent(sealer, { ...topic, message }, content).toString('utf8')
  const about = `"number":"${number}","message":"${message}","at":"${new Date(publishedAt).toISOString()}"`
  return `{${about},"event":${event}}`
}

function count(query: string, name: string, most: number): number | undefined {
  const [value, ...more] = queryParameterValues(query, name)
  if (value === undefined) return undefined
  if (more.length > 0 || !/^[0-9]{1,15}$/.test(value) || Number(value) > most) {
    throw exchangeProblem('request-invalid', {
      detail: {
        th: `${name} ในคิวรีต้องเป็นจำนวนเต็มไม่เกิน ${most}`,
        en: `${name} in the query must be a whole number up to ${most}`,
      },
    })
  }
  return Number(value)
}
