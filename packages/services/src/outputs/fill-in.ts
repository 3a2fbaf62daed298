import type { JsonValue } from '@sapan/casework'
import type { Expression, Outcome, Values } from '@sapan/cel'
import type { JsonTemplate } from '../definition/definition.ts'

/**
 * JSON out of a template: each expression in it replaced by what it says. Not known as a whole where one of them is not
 * known, with all that is missing. A member whose expression says `null` is left out, as optional members of a request are,
 * unless its path (`name.family`) is one of `nulls`.
 */
export function fillIn(template: JsonTemplate, values: Values, nulls: readonly string[] = []): Outcome {
  const missing = new Set<string>()
  const value = filled(template, { values, missing, nulls }, '')
  return missing.size === 0 ? { known: true, value } : { known: false, missing: [...missing] }
}

interface Filling {
  readonly values: Values
  readonly missing: Set<string>
  readonly nulls: readonly string[]
}

function filled(template: JsonTemplate, filling: Filling, at: string): JsonValue {
  if (typeof template !== 'object' || template === null) return template
  if (isExpression(template)) return evaluated(template, filling)
  if (isList(template)) return template.map((part) => filled(part, filling, at))
  const entries = Object.entries(template).flatMap(([key, part]): [string, JsonValue][] => {
    const path = at === '' ? key : `${at}.${key}`
    const value = filled(part, filling, path)
    return value === null && part !== null && !filling.nulls.includes(path) ? [] : [[key, value]]
  })
  return Object.fromEntries(entries)
}

function evaluated(expression: Expression, { values, missing }: Filling): JsonValue {
  const outcome = expression.evaluate(values)
  if (outcome.known) return outcome.value
  for (const path of outcome.missing.length > 0 ? outcome.missing : [expression.source]) missing.add(path)
  return null
}

export function isExpression(template: JsonTemplate): template is Expression {
  return (
    typeof template === 'object' &&
    template !== null &&
    'evaluate' in template &&
    typeof template.evaluate === 'function'
  )
}

function isList(template: JsonTemplate): template is readonly JsonTemplate[] {
  return Array.isArray(template)
}

/** Every path that the expressions in a template may read. */
export function readsOf(template: JsonTemplate): readonly string[] {
  if (typeof template !== 'object' || template === null) return []
  if (isExpression(template)) return template.reads
  const parts: readonly JsonTemplate[] = isList(template) ? template : Object.values(template)
  return parts.flatMap(readsOf)
}
