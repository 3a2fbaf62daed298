import type { Case, CaseDecision, JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { WorkingDays } from '@sapan/kernel'
import { applicationNow } from '../application/of-case.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import { valuesOf } from '../form/values.ts'

/** What expressions of a workflow see beside those of the form. Days are those of the country's zone. */
export interface CaseValues {
  readonly application: {
    /** The receipt number. */
    readonly number: string
    readonly receivedOn: string
    readonly effectiveOn: string
    readonly submittedOn: string
    readonly language: string
    readonly firstDecidedOn?: string
  }
  /** What the officer answered with it, by the ids of the questions, and beside them `outcome`, `decidedOn`, `words`. */
  readonly decision?: Readonly<Record<string, JsonValue>>
  /** What registers answered, by the ids of effects. */
  readonly effects: Readonly<Record<string, JsonValue>>
  /** Satang that the agency has of whoever applied: what they paid in all, less what it gave; below 0 where it gave more. */
  readonly paid?: number
}

export interface Course {
  readonly definition: ServiceDefinition
  readonly case: Case
  readonly days: WorkingDays
  /** What registers have answered so far. */
  readonly effects: Readonly<Record<string, JsonValue>>
  readonly paid?: number
  /** When the first decision was made: milliseconds since 1970. */
  readonly firstDecidedAt?: number | undefined
}

/**
 * What expressions of workflows and outputs see. Answers count as of the day on which they were handed in, with what was
 * replied to officers since.
 */
export function workflowValues({
  definition,
  case: of,
  days,
  effects,
  paid,
  firstDecidedAt,
}: Course): Values {
  const application = applicationNow(definition, of, days)
  const submittedOn = days.dateOf(application.submittedAt)
  const values: CaseValues = {
    application: {
      number: of.number,
      receivedOn: days.dateOf(of.receivedAt),
      effectiveOn: days.dateOf(of.effectiveReceivedAt),
      submittedOn,
      language: application.language,
      ...(firstDecidedAt === undefined ? {} : { firstDecidedOn: days.dateOf(firstDecidedAt) }),
    },
    ...(of.decision && { decision: decisionValues(of.decision, days) }),
    effects,
    ...(paid === undefined ? {} : { paid }),
  }
  return { ...valuesOf(definition, application, submittedOn), ...values }
}

function decisionValues(decision: CaseDecision, days: WorkingDays): Readonly<Record<string, JsonValue>> {
  const { inputs, outcome, at, reasons } = decision
  const words = reasons.map((reason) => reason.words).join('\n')
  return { ...inputs, outcome, decidedOn: days.dateOf(at), words }
}
