import type { JsonValue } from '@sapan/casework'
import { inTransaction, Problem, type Text } from '@sapan/kernel'
import type { Effect } from '../definition/workflow.ts'
import type { ServicesGround } from '../ground.ts'
import { beginStep, countAttempt, type Step, settleStep } from '../store/steps.ts'
import { bodyOf, type Carrying, type StepOutcome, stepName } from './carrying.ts'
import { type EffectRequest, gatewayRefusal, outcomeOf, planEffect } from './request.ts'
import { doorPatience, pauseAfter } from './retry.ts'

/**
 * Tells a register of a decision, exactly once however often it is tried: what is said is put down before it is sent, and
 * each time sent under the same key. What the register refuses brings the case back to an officer.
 */
export async function tellRegister(
  ground: ServicesGround,
  carrying: Carrying,
  effect: Effect,
): Promise<StepOutcome> {
  const { pool, sealer, clock } = ground
  const { course } = carrying
  const name = stepName(carrying, `effect:${effect.id}`)
  const known = carrying.steps.find(({ step }) => step === name)
  if (known?.state === 'done') return { kind: 'done', answer: bodyOf(known.answer) }
  const plan = planEffect(course.definition, effect, carrying.values, course.case.number)
  if (plan.kind === 'none') return { kind: 'done' }
  if (plan.kind === 'unknown') return { kind: 'returned', why: missingWords(effect, plan.missing) }
  const request = { ...plan.request, body: plan.request.body }
  const step = await beginStep(pool, sealer, { case: course.case.id, step: name }, { request, at: clock() })
  if (step.state === 'done') return { kind: 'done', answer: bodyOf(step.answer) }
  const answer = await ask(ground, step)
  if (isRefusal(answer)) return await atGateway(ground, step, effect, answer)
  if (answer === undefined || outcomeOf(answer.status) === 'later') return await later(ground, step)
  const state = outcomeOf(answer.status) === 'done' ? 'done' : 'refused'
  const { status, body, exchange } = answer
  await inTransaction(pool, async (client) => {
    const kept = { status, body, exchange }
    const isFirst = await settleStep(client, sealer, step, { state, answer: kept, at: clock() })
    if (isFirst && state === 'done')
      await ground.cases.carryOut(client, course.case.id, { effect: effect.id, exchange })
  })
  if (state === 'done') return { kind: 'done', answer: body }
  return { kind: 'returned', why: refusedWords(effect, status, body) }
}

interface RegisterAnswer {
  readonly status: number
  readonly body: JsonValue
  readonly exchange: string
}

/** What a gateway refused before any register heard of it. */
interface GatewayRefusal {
  readonly refused: 'never' | 'closed'
  readonly code: string
  readonly title: Text
}

function isRefusal(answer: RegisterAnswer | GatewayRefusal | undefined): answer is GatewayRefusal {
  return answer !== undefined && 'refused' in answer
}

/** What a gateway never sends as it is comes back at once; what it does not let through for now, after a day. */
async function atGateway(
  ground: ServicesGround,
  step: Step,
  { name }: Effect,
  { refused, code, title }: GatewayRefusal,
): Promise<StepOutcome> {
  const { pool, sealer, clock } = ground
  const why = `เกตเวย์ไม่ส่งคำขอ (${name.th}): ${title.th} [${code}]`
  if (refused === 'closed' && clock() - step.begunAt <= doorPatience) return await later(ground, step)
  const answer = { status: 0, body: { title: code }, exchange: '' }
  await inTransaction(pool, (client) =>
    settleStep(client, sealer, step, { state: 'refused', answer, at: clock() }),
  )
  return { kind: 'returned', why }
}

/** Undefined where nobody answered. */
async function ask(
  { ask: send, log }: ServicesGround,
  step: Step,
): Promise<RegisterAnswer | GatewayRefusal | undefined> {
  const request = requestOf(step)
  try {
    const { status, body, exchange } = await send({ ...request, idempotencyKey: keyOf(step) })
    return { status, body: jsonOf(body), exchange }
  } catch (error) {
    const problem = error instanceof Problem ? error.code : 'unknown'
    log.warn({ case: step.case, step: step.step, problem }, 'a register could not be told of a decision')
    if (!(error instanceof Problem)) {
      log.error({ err: error, case: step.case }, 'telling a register failed')
      return undefined
    }
    const { code, status, title } = error.type
    const refused = gatewayRefusal(status)
    return refused === 'later' ? undefined : { refused, code, title }
  }
}

/** `<case>:<effect>`; told anew after it was refused, with the round. */
function keyOf({ case: id, step, round }: Step): string {
  const key = `${id}:${step.replace('effect:', '')}`
  return round === 1 ? key : `${key}:${round}`
}

async function later({ pool, clock }: ServicesGround, step: Step): Promise<StepOutcome> {
  const attempts = await countAttempt(pool, step)
  return { kind: 'later', at: clock() + pauseAfter(attempts), since: step.begunAt }
}

function requestOf({ request }: Step): EffectRequest {
  if (!isRequest(request)) throw new TypeError('a step that tells no register')
  return request
}

function isRequest(request: unknown): request is EffectRequest {
  return typeof request === 'object' && request !== null && 'consumer' in request && 'path' in request
}

function jsonOf(body: unknown): JsonValue {
  return body === undefined ? {} : (JSON.parse(JSON.stringify(body)) as JsonValue)
}

function missingWords({ name }: Effect, missing: readonly string[]): string {
  return `แจ้งทะเบียนไม่ได้ (${name.th}): ยังไม่ทราบ ${missing.join(', ')}`
}

function refusedWords({ name }: Effect, status: number, body: JsonValue): string {
  const said = typeof body === 'object' && body !== null ? Object(body) : {}
  const words = [said.detail, said.title, said.message].find((text) => typeof text === 'string')
  return `ทะเบียนไม่รับ (${name.th}): ${words ?? `สถานะ ${status}`}`
}
