import type { JsonValue } from '@sapan/casework'
import type { Expression, Values } from '@sapan/cel'
import type { Evidence, ServiceDefinition } from '../definition/definition.ts'
import { askedBy, callFor, type EvidenceCalls } from '../definition/evidence-call.ts'
import { factRead, isObject } from './paths.ts'

/** What asking for a piece of evidence takes. */
export type Preparation =
  | { readonly kind: 'ask'; readonly path: string }
  /** It does not concern this application. */
  | { readonly kind: 'not-needed' }
  /** Something that it is asked by is not known yet, as paths: `answers.houseNumber`. */
  | { readonly kind: 'waits'; readonly missing: readonly string[] }

/** How a piece of evidence is asked for, by what is known now and by how agencies know the applicant. Pure. */
export function prepare(evidence: EvidenceCalls & Pick<Evidence, 'when'>, values: Values): Preparation {
  const { when } = evidence
  const needed = when?.evaluate(values) ?? { known: true, value: true }
  if (!needed.known) return { kind: 'waits', missing: needed.missing }
  if (needed.value !== true) return { kind: 'not-needed' }
  const { path, parameters, query } = callFor(evidence, schemeIn(values))
  const missing: string[] = []
  const filled = path.replaceAll(/\{([^{}]+)\}/g, (_whole, name: string) => {
    const segment = segmentOf(said(parameters[name], values, missing))
    if (segment === undefined && missing.length === 0) missing.push(...(parameters[name]?.reads ?? []))
    return segment ?? ''
  })
  const search = new URLSearchParams()
  for (const [name, expression] of Object.entries(query)) {
    const value = textOf(said(expression, values, missing))
    if (value !== undefined) search.set(name, value)
  }
  if (missing.length > 0) return { kind: 'waits', missing }
  return { kind: 'ask', path: search.size === 0 ? filled : `${filled}?${search}` }
}

function schemeIn({ applicant }: Values): JsonValue | undefined {
  return isObject(applicant) ? applicant.scheme : undefined
}

function said(expression: Expression | undefined, values: Values, missing: string[]): JsonValue | undefined {
  const outcome = expression?.evaluate(values)
  if (outcome?.known === true) return outcome.value
  missing.push(...(outcome?.missing ?? []))
  return undefined
}

/** A value in a path: what would name another path (`..`) is none. */
function segmentOf(value: JsonValue | undefined): string | undefined {
  const text = textOf(value)
  return text === undefined || /^\.{0,2}$/.test(text) ? undefined : encodeURIComponent(text)
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.isWellFormed() ? value : undefined
}

/** Evidence by which another is asked, also through what is calculated. Pure. */
export function evidenceReadBy(
  { evidence, form }: Pick<ServiceDefinition, 'evidence' | 'form'>,
  one: Evidence,
): readonly string[] {
  const calculated = new Map(form.calculated.map(({ id, value }) => [id, value.reads]))
  const known = new Set(evidence.map(({ id }) => id))
  const waiting = askedBy(one).flatMap(({ reads }) => reads)
  const seen = new Set<string>()
  const found = new Set<string>()
  for (let read = waiting.pop(); read !== undefined; read = waiting.pop()) {
    if (seen.has(read)) continue
    seen.add(read)
    const fact = factRead(read)?.evidence
    if (fact !== undefined && fact !== one.id && known.has(fact)) found.add(fact)
    const [root, name = ''] = read.split('.')
    if (root === 'calc') waiting.push(...(calculated.get(name) ?? []))
  }
  return [...found]
}

/** Evidence so that each stands after what it is asked by; of a circle, the definition's order. Pure. */
export function inOrder(definition: Pick<ServiceDefinition, 'evidence' | 'form'>): readonly Evidence[] {
  const ordered = new Map<string, Evidence>()
  const visit = (one: Evidence, above: readonly string[]): void => {
    if (ordered.has(one.id) || above.includes(one.id)) return
    for (const id of evidenceReadBy(definition, one)) {
      const other = definition.evidence.find((each) => each.id === id)
      if (other) visit(other, [...above, one.id])
    }
    ordered.set(one.id, one)
  }
  for (const one of definition.evidence) visit(one, [])
  return [...ordered.values()]
}
