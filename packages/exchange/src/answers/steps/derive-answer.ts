import type { Text } from '@sapan/kernel'
import { checkConsentedSubjects } from '../../gateway/consent/check-subjects.ts'
import { answerNamesSubjects, subjectValues } from '../../gateway/evidence-subjects.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { ProviderExchange } from '../../gateway/provider/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { memoryBody } from '../../gateway/transport/body.ts'
import { type HeaderList, single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import type { MatchedOperation } from '../../service/description.ts'
import { derive } from '../derive.ts'
import type { Question } from '../question.ts'
import { sourceOf } from '../source.ts'

const noQuestion: Text = { th: 'ไม่ใช่คำถาม', en: 'It is no question' }

/** Puts the answer to the question in the place of the register's record, which goes no further. */
export function deriveAnswer(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'deriveAnswer',
    run(exchange) {
      const { question } = exchange.matched.operation
      return question === null ? noQuestion : derived(ground, exchange, question)
    },
  }
}

async function derived(ground: GatewayGround, exchange: ProviderExchange, question: Question): Promise<Text> {
  const { received, asked, service, matched } = exchange
  const record = await recordOf(ground, exchange)
  const source = { ...matched, operation: sourceOf(service.description, question) }
  if (record !== null) await nameOthers(ground, exchange, source)
  const answer = derive(question, { record, asked, today: today(ground) })
  await received.body.dispose()
  exchange.received = {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: memoryBody(Buffer.from(JSON.stringify(answer))),
  }
  return { th: 'ตอบคำถามแทนการให้ข้อมูล', en: 'The question is answered, and no data given' }
}

/** The record as it came; null where the register has none. All else that it says is told to nobody. */
async function recordOf(ground: GatewayGround, { received }: ProviderExchange): Promise<Buffer | null> {
  const { status, headers, body } = received
  if (status === 404) return null
  if (status !== 200 || !isPlainJson(headers)) throw exchangeProblem('question-unanswered')
  if (body.bytes > ground.settings.limits.filterBytes) throw exchangeProblem('provider-answer-too-large')
  return body.content()
}

function isPlainJson(headers: HeaderList): boolean {
  const type = single(headers, 'content-type') ?? ''
  const isEncoded = headers.some(([name]) => name === 'content-encoding')
  return !isEncoded && /^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type)
}

/** Those whom only the record names are looked at as well: under a consent that is refused, and else they can see it. */
async function nameOthers(
  ground: GatewayGround,
  exchange: ProviderExchange,
  source: MatchedOperation,
): Promise<void> {
  if (!answerNamesSubjects(source)) return
  const { consent, body, received } = exchange
  const sources = { matched: source, query: '', request: body, answer: received.body }
  if (consent !== null) await checkConsentedSubjects(ground, consent.receipt, sources)
  exchange.people = [...new Set([...exchange.people, ...(await subjectValues(ground, sources))])]
  exchange.subjects = ground.subjects.hash(exchange.people)
}

function today({ clock, settings }: GatewayGround): string {
  const { timeZone } = settings
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(clock())
}
