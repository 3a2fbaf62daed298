import { errorFields, type FieldSet, grantedFields } from '../../../fields/field-set.ts'
import { filterAnswer } from '../../../fields/filter.ts'
import { exchangeProblem } from '../../../problems.ts'
import { answerNamesSubjects, subjectValues } from '../../evidence-subjects.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { type Body, emptyBody, memoryBody } from '../../transport/body.ts'
import { grantedAnswerHeaders, type HeaderList } from '../../transport/headers.ts'
import type { ProviderExchange } from '../exchange.ts'

/**
 * Cuts the answer down to what was granted, at any status. What can't be read as JSON is passed only where the
 * whole answer was granted; where fields were granted it is refused, and an error without readable JSON loses its body.
 */
export function keepGrantedFields(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'keepGrantedFields',
    async run(exchange) {
      if (exchange.kept) {
        exchange.answer = exchange.received
        return { th: 'ตอบใบรับข้อความ', en: 'The answer is the message’s receipt' }
      }
      const { known, matched, received } = exchange
      const operation = known?.grant.operations[matched.operation.id]
      if (!operation) throw new Error('there is no grant')
      const allowed = exchange.consent?.fields ?? grantedFields(operation)
      if (answerNamesSubjects(matched)) {
        exchange.people = await subjectValues(ground, {
          matched,
          query: exchange.target.query,
          request: exchange.body,
          answer: received.body,
        })
        exchange.subjects = ground.subjects.hash(exchange.people)
      }
      const headers = grantedAnswerHeaders(received.headers, operation.headers ?? [])
      const { body, present } = await cut(ground, exchange, allowed)
      exchange.fields = present
      exchange.answer = {
        status: received.status,
        headers: body.bytes === 0 ? headers.filter(([name]) => name !== 'content-type') : headers,
        body,
      }
      return allowed.root.whole
        ? { th: 'อนุญาตทุกช่องข้อมูล', en: 'Every field is granted' }
        : { th: 'เหลือเฉพาะช่องข้อมูลที่อนุญาต', en: 'Only the granted fields are left' }
    },
  }
}

interface Cut {
  readonly body: Body
  /** The granted fields that were there. */
  readonly present: readonly string[]
}

async function cut(
  ground: GatewayGround,
  { received, request }: ProviderExchange,
  allowed: FieldSet,
): Promise<Cut> {
  const { body, headers, status } = received
  if (body.bytes === 0 || request.method === 'HEAD') return { body: emptyBody, present: [] }
  // None was asked for, and neither fields nor people can be seen in it.
  if (onlyValue(headers, 'content-encoding') !== undefined) {
    if (status >= 400) return { body: emptyBody, present: [] }
    throw exchangeProblem('answer-encoded')
  }
  const type = onlyValue(headers, 'content-type') ?? ''
  if (allowed.root.whole && status < 400) return { body, present: ['*'] }
  if (!/^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i.test(type)) {
    if (status >= 400) return { body: emptyBody, present: [] }
    throw exchangeProblem('answer-not-json')
  }
  if (body.bytes > ground.settings.limits.filterBytes) throw exchangeProblem('provider-answer-too-large')
  const { text, present } = filterAnswer(await body.content(), status >= 400 ? errorFields(allowed) : allowed)
  return { body: memoryBody(Buffer.from(text)), present }
}

/** A header that says how the answer is to be read must say it once. */
function onlyValue(headers: HeaderList, name: string): string | undefined {
  const values = headers.filter(([key]) => key === name).map(([, value]) => value)
  if (values.length > 1) throw exchangeProblem('provider-answer-invalid')
  return values[0]
}
