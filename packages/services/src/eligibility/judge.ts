import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Requirement, ServiceDefinition } from '../definition/definition.ts'
import { isRecord, withoutPath } from './known.ts'

export type Verdict = 'yes' | 'no' | 'unknown'

/** What is to be said of one requirement. */
export interface JudgedRequirement {
  readonly requirement: Requirement
  readonly verdict: Verdict
  /** What decided it: as few of the values that it reads as say the same alone. */
  readonly decidedBy: readonly DecidingValue[]
  /** What would have to be known, as paths: `answers.salary`. */
  readonly missing: readonly string[]
}

export interface DecidingValue {
  /** `answers.birthDate` */
  readonly path: string
  readonly value: JsonValue
}

export interface Judgement {
  /** `yes`: all are met; `no`: one is not; `unknown`: too little is known to say. */
  readonly overall: Verdict
  readonly judged: readonly JudgedRequirement[]
  /** Those that are not met and for which an application is refused at once. */
  readonly refused: readonly JudgedRequirement[]
}

/**
 * Holds values against what must be so for a service to be given. Three-valued: what is not known yet decides nothing,
 * and knowing more never turns a yes into a no or a no into a yes. Pure.
 */
export function judge({ requirements }: Pick<ServiceDefinition, 'requirements'>, values: Values): Judgement {
  const judged = requirements.map((requirement) => find(requirement, values))
  const verdicts = judged.map(({ verdict }) => verdict)
  const overall = verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes'
  const refused = judged.filter(({ requirement, verdict }) => requirement.refuses && verdict === 'no')
  return { overall, judged, refused }
}

function find(requirement: Requirement, values: Values): JudgedRequirement {
  const outcome = requirement.rule.evaluate(values)
  if (!outcome.known) return { requirement, verdict: 'unknown', decidedBy: [], missing: outcome.missing }
  if (typeof outcome.value !== 'boolean')
    return { requirement, verdict: 'unknown', decidedBy: [], missing: [] }
  const decidedBy = deciding(requirement, values, outcome.value)
  return { requirement, verdict: outcome.value ? 'yes' : 'no', decidedBy, missing: [] }
}

/** Leaves out each value that is read, and keeps out those without which the rule says the same. */
function deciding({ rule }: Requirement, values: Values, verdict: boolean): DecidingValue[] {
  const read = rule.reads
    .filter((path) => !isRule(path))
    .flatMap((path) => {
      const value = valueIn(values, path)
      return value === undefined || isRecord(value) ? [] : [{ path, value }]
    })
  let seen = values
  return read.filter(({ path }) => {
    const less = withoutPath(seen, path)
    const outcome = rule.evaluate(less)
    const isNeedless = outcome.known && outcome.value === verdict
    if (isNeedless) seen = less
    return !isNeedless
  })
}

/** Tables and the day are of the rule, not of the person. */
function isRule(path: string): boolean {
  return path === 'today' || path.startsWith('tables.')
}

function valueIn(values: Values, path: string): JsonValue | undefined {
  let at: JsonValue | undefined = values
  for (const name of path.split('.')) at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined
  return at
}
