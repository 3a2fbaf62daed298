import type { Problem } from '@sapan/kernel'
import { parseExchangeTarget } from '../../address.ts'
import { exchangeProblem } from '../../problems.ts'
import { checkContentDigest } from '../../signature/digest.ts'
import type { SignedMessage } from '../../signature/message.ts'
import { parseSignedRequest } from '../../signature/parse.ts'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'
import { noteExchange } from '../note-exchange.ts'
import { refusalAnswer, signOutgoing } from '../provider/answer.ts'
import { type PeerExchangeRequest, ProviderExchange } from '../provider/exchange.ts'
import { providerPipeline } from '../provider/pipeline.ts'
import { answerRecord, requestRecord } from '../provider/records.ts'
import { runSteps } from '../step.ts'
import type { Admission } from '../transport/admission.ts'
import { type Body, emptyBody } from '../transport/body.ts'
import { rawValue, single } from '../transport/headers.ts'
import { continueTrace } from '../transport/trace.ts'

/** A message of another gateway, by whichever transport, and the way back. */
export interface PeerMessage {
  readonly request: Omit<PeerExchangeRequest, 'trace'>
  /** Answers it; resolves when the body was handed over. */
  answer(status: number, headers: readonly (readonly [string, string])[], body: Body): Promise<void>
}

/** What a gateway does with an exchange's message. */
export type TakeMessage = (message: PeerMessage) => Promise<void>

/** `/r1/…` between gateways: takes a message through the provider's pipeline; every answer is signed and recorded. */
export function exchangeRoute(ground: GatewayGround, admission: Admission): TakeMessage {
  const pipeline = providerPipeline(ground)
  return async (message) => {
    const { rawHeaders } = message.request
    const exchange = new ProviderExchange(
      { ...message.request, trace: continueTrace(rawValue(rawHeaders, 'traceparent')) },
      ground.clock(),
      rawValue(rawHeaders, 'sapan-explain') === '?1',
    )
    try {
      const outcome = await admission
        .run(addressedMember(ground, message), () => runSteps('provider', pipeline, exchange))
        .then(
          () => String(exchange.answer?.status ?? ''),
          (error: unknown) => refuse(ground, exchange, problemOf(error, ground.log)),
        )
      noteExchange(ground, 'provider', exchange, outcome)
      noteAccess(ground, exchange)
      await write(message, exchange)
    } finally {
      await exchange.dispose()
    }
  }
}

/** In whose row a message waits: that of the member whose service is asked, since its register may be the slow one. */
function addressedMember({ signers }: GatewayGround, { request }: PeerMessage): string {
  const [, , instance, memberClass, code] = request.rawTarget.split('/', 5)
  const member = `${instance}/${memberClass}/${code}`
  return signers.hosts(member) ? member : ''
}

/** An access that was answered is looked at afterwards: whether it was unusual, and whom there is something to tell. */
function noteAccess(ground: GatewayGround, exchange: ProviderExchange): void {
  const { actor, signed, fields, id, startedAt: at, client, target, known } = exchange
  if (!known || !signed || fields.length === 0) return
  const { purpose, withheldUntil } = known.grant
  const mayTell = withheldUntil === undefined && ground.mayTell(purpose)
  const people = mayTell ? exchange.people : []
  ground.hints.note({ people, at })
  const officer = actor?.kind === 'officer' ? actor : undefined
  const probed = probedBy(ground, exchange)
  if (!officer && probed === undefined) return
  const { member, service } = target
  ground.unusual.note({ exchange: id, at, client, member, service, purpose, actor: officer, probed, people })
}

/** With how many values a question was asked about one of its people, where that is out of the usual. */
function probedBy({ probing }: GatewayGround, exchange: ProviderExchange): number | undefined {
  const { client, target, matched, subjects, asked } = exchange
  const { question, id: operation } = matched.operation
  if (question === null) return undefined
  const about = { client, service: target.service, operation, asked: JSON.stringify(asked) }
  const counts = subjects.flatMap((subject) => probing.note({ ...about, subject }) ?? [])
  return counts.length === 0 ? undefined : Math.max(...counts)
}

/** A message that was refused before its turn to be read still gets an answer that is signed for it, if it can be read. */
function bindToMessage(exchange: ProviderExchange): void {
  if (exchange.message) return
  const { method, authority, rawTarget, rawHeaders } = exchange.request
  try {
    exchange.message = parseSignedRequest(method, authority, rawTarget, rawHeaders)
    exchange.target ??= parseExchangeTarget(rawTarget)
  } catch {
    // Such an answer stays unsigned.
  }
}

/** Turns the exchange's answer into a signed refusal, with evidence where the sender is proven. Returns the code. */
async function refuse(ground: GatewayGround, exchange: ProviderExchange, problem: Problem): Promise<string> {
  bindToMessage(exchange)
  const turn = async (reason: Problem) => {
    exchange.answer = refusalAnswer(ground, reason, exchange.request.method)
    exchange.signed = await signOutgoing(ground, exchange, exchange.answer)
  }
  await turn(problem)
  if (!exchange.verified || aboutEvidence(problem)) return problem.code
  if (!exchange.recorded && !isBodyRead(exchange)) await leaveBodyOut(exchange)
  try {
    const answer = answerRecord(ground, exchange, problem.code)
    await ground.evidence.record(exchange.recorded ? [answer] : [requestRecord(ground, exchange), answer])
    return problem.code
  } catch (error) {
    const unrecorded = problemOf(error, ground.log)
    await turn(
      unrecorded.code === 'evidence-duplicate' ? unrecorded : exchangeProblem('evidence-unavailable'),
    )
    return unrecorded.code
  }
}

/** Whether the body that we have is the one that was signed. */
function isBodyRead({ headers, body }: ProviderExchange): boolean {
  try {
    checkContentDigest(single(headers, 'content-digest') ?? '', body.sha256)
    return true
  } catch {
    return false
  }
}

/**
 * Evidence of a message whose signed body was never read has no body, and names no grant, since nothing was allowed yet:
 * otherwise it would contradict what was signed.
 */
async function leaveBodyOut(exchange: ProviderExchange): Promise<void> {
  await exchange.body.dispose()
  exchange.body = emptyBody
  exchange.known = null
}

/** Then there is nothing to record it in, or it is recorded already; the log of a member that moves has ended here. */
function aboutEvidence({ code }: Problem): boolean {
  return code === 'evidence-unavailable' || code === 'evidence-duplicate' || code === 'member-moving'
}

async function write(message: PeerMessage, { answer, signed }: ProviderExchange): Promise<void> {
  if (!answer) throw new Error('there is no answer')
  await message.answer(answer.status, signed ? wireHeaders(signed) : answer.headers, answer.body)
}

function wireHeaders(signed: SignedMessage): [string, string][] {
  return [
    ...signed.fields.map(([name, value]): [string, string] => [name, value]),
    ['signature-input', signed.signatureInput],
    ['signature', signed.signature],
  ]
}
