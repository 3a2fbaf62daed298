import type { JsonValue } from '@sapan/casework'
import type { Expression, Values } from '@sapan/cel'
import { canonicalJson } from '@sapan/kernel'
import type { Facts, FieldMark } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import { factRead, fieldOf, leavesOf } from './paths.ts'
import { usableFacts } from './usable.ts'

/** What registers say of one field. */
export interface Told {
  readonly value?: JsonValue
  /** Where it comes from, or which evidence would have known it. */
  readonly evidence?: string
  /** No register that would know it was asked, answered and may be used. */
  readonly unverified: boolean
  readonly dispute?: string
  readonly others: NonNullable<FieldMark['others']>
}

/** What registers know of an application. */
export interface Knowledge {
  readonly facts: Facts
  readonly usable: Readonly<Record<string, JsonValue>>
  readonly values: Values
}

export function knowledgeOf(
  definition: Pick<ServiceDefinition, 'evidence' | 'tables'>,
  { applicant, facts }: { readonly applicant: object; readonly facts: Facts },
): Knowledge {
  const usable = usableFacts(definition.evidence, facts)
  return { facts, usable, values: { facts: usable, applicant: { ...applicant }, tables: definition.tables } }
}

/** What an expression says, where it is known and something. */
export function saidBy(expression: Expression, values: Values): JsonValue | undefined {
  const outcome = expression.evaluate(values)
  return outcome.known && outcome.value !== null && outcome.value !== '' ? outcome.value : undefined
}

/** What registers say of a field outside lists. */
export function toldOf(from: Expression, knowledge: Knowledge): Told {
  const reads = from.reads.flatMap((read) => factRead(read) ?? [])
  const value = saidBy(from, knowledge.values)
  const dispute = disputeOf(reads, knowledge.facts)
  const source = sourceOf(reads, value, knowledge)
  return {
    ...(value === undefined ? {} : { value }),
    ...(source === undefined ? {} : { evidence: source }),
    unverified: reads.length > 0 && reads.every(({ evidence }) => !Object.hasOwn(knowledge.usable, evidence)),
    ...(dispute === undefined ? {} : { dispute }),
    others: value === undefined ? [] : contradictions(reads, value, source, knowledge),
  }
}

type Reads = readonly { readonly evidence: string; readonly field: string }[]

/** The evidence that says the value itself; where it was made of several things, the first that may be used. */
function sourceOf(reads: Reads, value: JsonValue | undefined, { usable }: Knowledge): string | undefined {
  const says = reads.find(
    ({ evidence, field }) => value !== undefined && holdsValue(usable[evidence], field, value),
  )
  return (says ?? reads.find(({ evidence }) => Object.hasOwn(usable, evidence)) ?? reads[0])?.evidence
}

/**
 * What other registers say of the same: those that the field reads, too, with a value of the same kind. Only where the
 * field takes one of them as it is: of a value that was made of several, none says the same.
 */
function contradictions(
  reads: Reads,
  value: JsonValue,
  source: string | undefined,
  { usable }: Knowledge,
): Told['others'] {
  const isTaken = reads.some(({ evidence, field }) => holdsValue(usable[evidence], field, value))
  if (!isTaken || typeof value === 'boolean') return []
  return reads.flatMap(({ evidence, field }) => {
    const [leaf, ...more] = leavesOf(usable[evidence], field)
    if (evidence === source || leaf === undefined || more.length > 0) return []
    const isAlike = typeof leaf.value === typeof value && !isSame(leaf.value, value)
    return isAlike ? [{ evidence, value: leaf.value }] : []
  })
}

function holdsValue(data: JsonValue | undefined, field: string, value: JsonValue): boolean {
  return leavesOf(data, field).some((leaf) => isSame(leaf.value, value))
}

/** The task about a value that the field reads, or about something of which it is a part. */
function disputeOf(reads: Reads, facts: Facts): string | undefined {
  for (const { evidence, field } of reads) {
    for (const [path, task] of Object.entries(facts[evidence]?.disputes ?? {})) {
      const disputed = fieldOf(path)
      if (disputed === field || disputed.startsWith(`${field}.`) || field.startsWith(`${disputed}.`))
        return task
    }
  }
  return undefined
}

export function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return one === other || canonicalJson(one) === canonicalJson(other)
}
