import type { JsonValue } from '@sapan/casework'
import { inTransaction, Problem, type Text } from '@sapan/kernel'
import type { Effect } from '../definition/workflow.ts'
import type { ServicesGround } from '../ground.ts'
import { beginStep, countAttempt, noteAnswer, type Step, settleStep, stepsOfCase } from '../store/steps.ts'
import { bodyOf, type Carrying, isStill, type StepOutcome, stepName } from './carrying.ts'
import { type EffectRequest, gatewayRefusal, outcomeOf, planEffect } from './request.ts'
import { doorPatience, pauseAfter } from './retry.ts'
import { isOfAnother, standingOfTold, toldOf } from './told.ts'

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
  const standing = known?.state === 'done' ? standingOfTold(carrying, effect, known) : undefined
  if (standing === 'stands') return { kind: 'done', answer: bodyOf(known?.answer) }
  if (typeof standing === 'object') return standing
  const plan = planEffect(course.definition, effect, carrying.values, course.case.number)
  if (plan.kind === 'none') return { kind: 'done' }
  if (plan.kind === 'unknown') return { kind: 'returned', why: missingWords(effect, plan.missing) }
  const request = { ...plan.request, of: { ...toldOf(carrying) } }
  const begun = { request, at: clock(), ...(known?.state === 'done' ? { after: known.round } : {}) }
  const step = await beginStep(pool, sealer, { case: course.case.id, step: name }, begun)
  if (step.state === 'done') return { kind: 'done', answer: bodyOf(step.answer) }
  const attempts = await countAttempt(pool, step)
  const answer = await ask(ground, step)
  if (isRefusal(answer)) return await atGateway(ground, { ...step, attempts }, effect, answer)
  if (answer === undefined || (await isInDoubt(ground, step, answer))) {
    await noteAnswer(pool, sealer, step, { status: answer?.status ?? silence })
    return later(ground, { ...step, attempts })
  }
  const outcome = await settled(ground, carrying, { effect, step, answer })
  if (outcome.kind !== 'done' || !isOfAnother(carrying, step)) return outcome
  // What was begun of an earlier decision is finished as it was; whether it holds under this one is seen now.
  const steps = await stepsOfCase(pool, sealer, course.case.id)
  return await tellRegister(ground, { ...carrying, steps }, effect)
}

/** Noted of an attempt of which nobody knows what the register made of it. */
const silence = 0

/**
 * Whether the answer says nothing yet of what becomes of the request. A conflict (409) on what was sent before may say that
 * the register still works on the first (draft-ietf-httpapi-idempotency-key-header §2.6); said once more later, it holds.
 */
async function isInDoubt({ pool, sealer }: ServicesGround, step: Step, { status }: RegisterAnswer) {
  if (outcomeOf(status) === 'later') return true
  if (status !== 409) return false
  // Others may have begun since.
  const now = (await stepsOfCase(pool, sealer, step.case)).find((one) => one.step === step.step)
  return (now?.attempts ?? 1) > 1 && noted(now) !== 409
}

function noted(step: Step | undefined): unknown {
  return step?.state === 'begun' ? Object(step.answer).status : undefined
}

/** Puts down what the register says. Nothing more is done of a case that was given back meanwhile. */
async function settled(
  ground: ServicesGround,
  carrying: Carrying,
  { effect, step, answer }: { readonly effect: Effect; readonly step: Step; readonly answer: RegisterAnswer },
): Promise<StepOutcome> {
  const { pool, sealer, clock } = ground
  const { id } = carrying.course.case
  const state = outcomeOf(answer.status) === 'done' ? 'done' : 'refused'
  const { status, body, exchange } = answer
  const isOver = await inTransaction(pool, async (client) => {
    const kept = { status, body, exchange }
    const isFirst = await settleStep(client, sealer, step, { state, answer: kept, at: clock() })
    if (!isStill(await ground.cases.byId(client, id), carrying)) return true
    if (isFirst && state === 'done') await ground.cases.carryOut(client, id, { effect: effect.id, exchange })
    return false
  })
  if (isOver) return { kind: 'over' }
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

/**
 * What a gateway never sends as it is comes back at once; what it does not let through for now, after a day: under the same
 * key still, where the register may have heard of it before.
 */
async function atGateway(
  ground: ServicesGround,
  step: Step,
  { name }: Effect,
  { refused, code, title }: GatewayRefusal,
): Promise<StepOutcome> {
  const { pool, sealer, clock } = ground
  const why = `เกตเวย์ไม่ส่งคำขอ (${name.th}): ${title.th} [${code}]`
  if (refused === 'closed' && clock() - step.begunAt <= doorPatience) return later(ground, step)
  // Under another key it might be done twice.
  if (refused === 'closed' && noted(step) !== undefined)
    return { kind: 'returned', why: `${why} ทะเบียนอาจรับไปแล้วก่อนหน้านี้แต่ตอบกลับไม่ถึง` }
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

function later({ clock }: ServicesGround, { attempts, begunAt }: Step): StepOutcome {
  return { kind: 'later', at: clock() + pauseAfter(attempts), since: begunAt }
}

function requestOf({ request }: Step): EffectRequest {
  if (!isRequest(request)) throw new TypeError('a step that tells no register')
  const { consumer, service, method, path, purpose, body, issue } = request
  return { consumer, service, method, path, purpose, body, issue }
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
