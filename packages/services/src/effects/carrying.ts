import type { Case, CaseEvent, CaseStage, JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { DecisionRule } from '../definition/workflow.ts'
import type { ServicesGround } from '../ground.ts'
import { type Step, stepsOfCase } from '../store/steps.ts'
import { paidFor } from './paid.ts'
import { type Course, workflowValues } from './values.ts'

/** A decision that is being carried out. */
export interface Carrying {
  readonly course: Course
  readonly stage: CaseStage
  readonly rule: DecisionRule
  readonly steps: readonly Step[]
  readonly values: Values
}

/** What became of a step. */
export type StepOutcome =
  | { readonly kind: 'done'; readonly answer?: JsonValue }
  /** Nobody answered: it is tried again at a time; `since` when it was first tried. */
  | { readonly kind: 'later'; readonly at: number; readonly since: number }
  /** It cannot be done as it is: an officer reads why. */
  | { readonly kind: 'returned'; readonly why: string }
  /** Another process gave the case back meanwhile: nothing more is done. */
  | { readonly kind: 'over' }

/** A step's name in its table: those of a decision on an appeal are others. */
export function stepName({ stage }: Pick<Carrying, 'stage'>, step: string): string {
  return stage === 'first' ? step : `appeal/${step}`
}

/** The decision of a case as it stands with its steps; undefined for a case without one. */
export async function carryingOf(ground: ServicesGround, id: string): Promise<Carrying | undefined> {
  const found = await ground.cases.byId(ground.pool, id)
  if (found?.decision === undefined) return undefined
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined) throw new RangeError(`no definition ${found.service} ${found.version}`)
  const rule = definition.workflow.decisions.find(({ id: name }) => name === found.decision?.outcome)
  if (rule === undefined) throw new RangeError(`${found.service} knows no decision of this name`)
  const steps = await stepsOfCase(ground.pool, ground.sealer, id)
  const { stage } = found.decision
  const course = {
    ...{ definition, case: found, days: ground.days, effects: answersOf(steps) },
    paid: await paidFor(ground, id),
    firstDecidedAt: firstDecision(await ground.cases.eventsOf(ground.pool, id)),
  }
  return { course, stage, rule, steps, values: workflowValues(course) }
}

/** Whether what is being carried out is still what was decided: another process may have given the case back. */
export function isStill(now: Case | undefined, { course }: Pick<Carrying, 'course'>): boolean {
  return now?.state === 'carrying-out' && now.decision?.at === course.case.decision?.at
}

/** When it was first decided, the last time before an appeal. */
function firstDecision(events: readonly CaseEvent[]): number | undefined {
  const appealed = events.findIndex(({ action }) => action === 'appeal')
  const first = appealed < 0 ? events : events.slice(0, appealed)
  return first.findLast(({ action }) => action === 'decide')?.at
}

/** The same with what the agency has by now. */
export async function withMoney(ground: ServicesGround, carrying: Carrying): Promise<Carrying> {
  const course = { ...carrying.course, paid: await paidFor(ground, carrying.course.case.id) }
  return { ...carrying, course, values: workflowValues(course) }
}

/** The same with what another register has answered. */
export function withAnswer(carrying: Carrying, effect: string, answer: JsonValue): Carrying {
  const effects = { ...carrying.course.effects, [effect]: answer }
  const course = { ...carrying.course, effects }
  return { ...carrying, course, values: workflowValues(course) }
}

/** What registers answered, the later decision's over the earlier's. */
function answersOf(steps: readonly Step[]): Readonly<Record<string, JsonValue>> {
  const told = steps.filter(({ step, state }) => state === 'done' && step.includes('effect:'))
  const ordered = [...told].sort(
    (a, b) => Number(a.step.startsWith('appeal/')) - Number(b.step.startsWith('appeal/')),
  )
  return Object.fromEntries(
    ordered.map(({ step, answer }) => [step.slice(step.indexOf(':') + 1), bodyOf(answer)]),
  )
}

/** What a register's answer says. */
export function bodyOf(answer: JsonValue | undefined): JsonValue {
  if (typeof answer !== 'object' || answer === null || !('body' in answer)) return {}
  return answer.body ?? {}
}
