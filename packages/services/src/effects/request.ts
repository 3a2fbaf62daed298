import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Effect } from '../definition/workflow.ts'
import { fillIn } from '../outputs/fill-in.ts'

/** What a register is told, as it is kept before it is sent. */
export interface EffectRequest {
  readonly consumer: string
  readonly service: string
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly purpose: string
  readonly body: JsonValue
  /** The receipt number, for the register's evidence. */
  readonly issue: string
}

/** What becomes of an effect: it is told, does not apply, or cannot be said as things stand. */
export type EffectPlan =
  | { readonly kind: 'tell'; readonly request: EffectRequest }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly missing: readonly string[] }

/** What an effect tells its register, of what is known now. Pure. */
export function planEffect(
  { consumer }: Pick<ServiceDefinition, 'consumer'>,
  effect: Effect,
  values: Values,
  issue: string,
): EffectPlan {
  const applies = effect.when?.evaluate(values) ?? { known: true, value: true }
  if (!applies.known) return { kind: 'unknown', missing: applies.missing }
  if (applies.value !== true) return { kind: 'none' }
  const body = fillIn(effect.body, values, effect.nulls)
  const parameters = fillIn(effect.parameters, values)
  if (!body.known || !parameters.known) return { kind: 'unknown', missing: missingOf(body, parameters) }
  const { service, method, purpose } = effect
  const path = pathOf(effect.path, parameters.value)
  return { kind: 'tell', request: { consumer, service, method, path, purpose, body: body.value, issue } }
}

function missingOf(...outcomes: readonly ReturnType<typeof fillIn>[]): readonly string[] {
  return outcomes.flatMap((outcome) => (outcome.known ? [] : outcome.missing))
}

/** `/persons/{id}` with what fills its braces. */
function pathOf(path: string, parameters: JsonValue): string {
  return path.replaceAll(/\{([^{}]+)\}/g, (_whole, name: string) =>
    encodeURIComponent(String(Reflect.get(Object(parameters), name) ?? '')),
  )
}

/** What an answer of a register means for whoever told it something. */
export type EffectOutcome = 'done' | 'refused' | 'later'

/** Statuses of the 400s that only say when to come back (RFC 9110, RFC 6585, RFC 8470). */
const later: readonly number[] = [408, 423, 425, 429]

/** Statuses by which a gateway says that we may not: a grant or a credential is missing, and can be given (RFC 9110). */
const closedDoor: readonly number[] = [401, 403, 407]

/** What a refusal of a gateway means: `never` to succeed as it is, `closed` until somebody opens, or `later` by itself. */
export function gatewayRefusal(status: number): 'never' | 'closed' | 'later' {
  if (closedDoor.includes(status)) return 'closed'
  return outcomeOf(status) === 'refused' ? 'never' : 'later'
}

/** Told once more under the same key is harmless; refused is what no repetition changes. */
export function outcomeOf(status: number): EffectOutcome {
  if (status >= 200 && status < 300) return 'done'
  return status >= 400 && status < 500 && !later.includes(status) ? 'refused' : 'later'
}
