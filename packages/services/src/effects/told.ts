import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import { canonicalJson } from '@sapan/kernel'
import type { Effect } from '../definition/workflow.ts'
import type { Step } from '../store/steps.ts'
import type { Carrying, StepOutcome } from './carrying.ts'
import { type EffectPlan, type EffectRequest, planEffect } from './request.ts'
import { isSettled } from './settled.ts'

/** The decision of which a register is told, kept beside the request: which it is, and its days. */
export interface ToldOf {
  readonly at: number
  readonly decidedOn: JsonValue
  readonly firstDecidedOn: JsonValue
}

/** How what a register was told stands to the decision that is carried out now. */
export type ToldStanding = 'stands' | 'again' | Extract<StepOutcome, { kind: 'returned' }>

/** The decision that is carried out, as it is kept with what it tells. */
export function toldOf({ course, values }: Pick<Carrying, 'course' | 'values'>): ToldOf {
  const decidedOn = Object(values.decision).decidedOn ?? null
  const firstDecidedOn = Object(values.application).firstDecidedOn ?? null
  return { at: course.case.decision?.at ?? 0, decidedOn, firstDecidedOn }
}

/**
 * Whether what a register was told of an earlier decision still holds under this one. The days on which it was decided only
 * say when: they are held as they were told. What differs in anything else is told again where that replaces (PUT); what
 * cannot be taken back by telling it comes to an officer. Pure.
 */
export function standingOfTold(carrying: Carrying, effect: Effect, told: Step): ToldStanding {
  const { course, values } = carrying
  const of = keptToldOf(told)
  if (of === undefined || of.at === course.case.decision?.at || isSettled(course.case, effect))
    return 'stands'
  const { definition, case: found, days } = course
  const now = planEffect(definition, effect, asOf(values, of), found.number)
  // What is missing now is said by whoever would tell it.
  if (now.kind === 'unknown') return 'again'
  const differences = differencesBetween(Object(told.request), now)
  if (differences.length === 0) return 'stands'
  if (now.kind === 'tell' && effect.method === 'PUT') return 'again'
  return { kind: 'returned', why: otherwiseWords(effect, days.dateOf(told.begunAt), differences) }
}

/** Whether what was told was told of another decision than the one that is carried out. */
export function isOfAnother({ course }: Pick<Carrying, 'course'>, told: Step): boolean {
  const of = keptToldOf(told)
  return of !== undefined && of.at !== course.case.decision?.at
}

function keptToldOf({ request }: Step): ToldOf | undefined {
  return Object(request).of
}

/** The values of now, with the days of the decision that was told. */
function asOf(values: Values, { decidedOn, firstDecidedOn }: ToldOf): Values {
  const application = {
    ...Object(values.application),
    ...(firstDecidedOn === null ? {} : { firstDecidedOn }),
  }
  return { ...values, application, decision: { ...Object(values.decision), decidedOn } }
}

/** `name: was → now`, for each part that differs. */
function differencesBetween(was: EffectRequest, plan: EffectPlan): readonly string[] {
  const before = partsOf({ path: was.path, ...bodyParts(was.body) })
  const after =
    plan.kind === 'tell' ? partsOf({ path: plan.request.path, ...bodyParts(plan.request.body) }) : new Map()
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key}: ${short(before.get(key))} → ${short(after.get(key))}`)
}

function bodyParts(body: JsonValue): object {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { body } : { body: [body] }
}

/** Its leaves by their paths. */
function partsOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return new Map([[path, canonicalJson(value)]])
  return new Map(
    Object.entries(value).flatMap(([key, part]) => [...partsOf(part, path === '' ? key : `${path}.${key}`)]),
  )
}

function short(text: string | undefined): string {
  if (text === undefined) return '–'
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

function otherwiseWords({ name }: Effect, on: string, differences: readonly string[]): string {
  const shown = differences.slice(0, 12).join('; ')
  const more = differences.length > 12 ? ` และอีก ${differences.length - 12} รายการ` : ''
  return (
    `ทะเบียนได้รับแจ้งไปแล้วเมื่อ ${on} ไม่ตรงกับผลพิจารณานี้ (${name.th}) แจ้งไว้ → จะแจ้งตอนนี้: ${shown}${more} ` +
    'ประสานหน่วยงานเจ้าของทะเบียนให้แก้ แล้ววินิจฉัยอีกครั้งโดยทำเครื่องหมายว่าแก้แล้ว'
  )
}
