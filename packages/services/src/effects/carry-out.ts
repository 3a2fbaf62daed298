import { inTransaction } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import { deliverOutput, makeOutput } from '../outputs/deliver.ts'
import { outputsOf } from '../outputs/prepare.ts'
import { voidOthers } from '../store/outputs.ts'
import { recipientsOf } from '../submission/recipients.ts'
import { tellApplicant } from '../submission/tell.ts'
import { type Carrying, carryingOf, isStill, type StepOutcome, withAnswer, withMoney } from './carrying.ts'
import { patience } from './retry.ts'
import { callOffEarlier, moneyStands, orderRefund, requestPayment } from './settle-money.ts'
import { tellRegister } from './tell-register.ts'

/** The queue of cases whose decision is to be carried out: `{ case }`. */
export const carryOutQueue = 'services.carry-out'

/** What became of carrying out: all is done, it goes on later, or an officer has to look at it. */
export type CarriedOut = 'completed' | 'later' | 'returned' | 'nothing'

/**
 * Carries out a decision: tells registers, makes documents, moves money, and closes the case. It may be stopped anywhere
 * and begun again, by several at once: each step is done once. What cannot be done now sends a job for later.
 */
export async function carryOut(ground: ServicesGround, caseId: string): Promise<CarriedOut> {
  const carrying = await carryingOf(ground, caseId)
  if (carrying?.course.case.state !== 'carrying-out') return 'nothing'
  for await (const outcome of steps(ground, carrying)) {
    if (outcome.kind === 'returned') return await returned(ground, carrying, outcome.why)
    if (outcome.kind === 'later') return await later(ground, carrying, outcome)
    if (outcome.kind === 'over') return 'nothing'
  }
  return await completed(ground, carrying)
}

/** In their order; what registers answer is known to the steps after it. */
async function* steps(ground: ServicesGround, begun: Carrying): AsyncGenerator<StepOutcome> {
  let carrying = begun
  const { effects } = carrying.course.definition.workflow
  for (const id of carrying.rule.effects) {
    const effect = effects.find((one) => one.id === id)
    if (effect === undefined) continue
    const outcome = await tellRegister(ground, carrying, effect)
    if (outcome.kind === 'done' && outcome.answer !== undefined)
      carrying = withAnswer(carrying, id, outcome.answer)
    yield outcome
  }
  // Nobody has a document of a decision whose money brings it back.
  yield await moneyStands(ground, await withMoney(ground, carrying))
  const outputs = outputsOf(carrying)
  if (outputs.length > 1) for (const output of outputs) yield await makeOutput(ground, carrying, output)
  for (const output of outputs) yield await deliverOutput(ground, carrying, output)
  // What was asked for before the appeal is settled with what it decided.
  if (carrying.stage === 'appeal') await callOffEarlier(ground, carrying)
  carrying = await withMoney(ground, carrying)
  yield await orderRefund(ground, carrying)
  yield await requestPayment(ground, carrying)
}

async function completed(ground: ServicesGround, carrying: Carrying): Promise<CarriedOut> {
  const { course, stage, rule } = carrying
  const { id } = course.case
  const to = await recipientsOf(ground, course.case)
  return await inTransaction(ground.pool, async (client) => {
    // Another process may have closed it between.
    if (!isStill(await ground.cases.byId(client, id), carrying)) return 'nothing'
    await voidOthers(client, { case: id, stage, outputs: rule.outputs })
    await ground.cases.complete(client, id)
    await tellApplicant(ground, client, course.case, { what: 'completed', key: stage, to })
    return 'completed'
  })
}

async function returned(ground: ServicesGround, carrying: Carrying, why: string): Promise<CarriedOut> {
  const { id } = carrying.course.case
  return await inTransaction(ground.pool, async (client) => {
    if (!isStill(await ground.cases.byId(client, id), carrying)) return 'nothing'
    await ground.cases.returnToOfficer(client, id, why)
    return 'returned'
  })
}

async function later(
  ground: ServicesGround,
  carrying: Carrying,
  { at, since }: Extract<StepOutcome, { kind: 'later' }>,
): Promise<CarriedOut> {
  if (ground.clock() - since > patience)
    return await returned(ground, carrying, 'ทะเบียนไม่ตอบเกินสองสัปดาห์ ดำเนินการตามผลพิจารณาต่อไม่ได้')
  const { id } = carrying.course.case
  await inTransaction(ground.pool, (client) =>
    ground.jobs.send(client, carryOutQueue, { case: id }, { key: `${id}:${at}`, startAt: at }),
  )
  return 'later'
}
