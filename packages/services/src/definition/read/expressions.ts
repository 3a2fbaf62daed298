import type { JsonValue } from '@sapan/casework'
import type { CompiledExpression, Expression } from '@sapan/cel'
import { ExpressionFault } from '@sapan/cel'
import { compile } from '../../cel/compile.ts'
import type { JsonTemplate } from '../definition.ts'
import type { Finding } from '../finding.ts'
import type { JsonSource } from '../schema/parts.ts'
import type { Source } from './source.ts'

/** An expression in its file, for the rules that look at all of them. */
export interface PlacedExpression {
  readonly source: Source
  readonly pointer: string
  readonly expression: CompiledExpression
}

/** Turns a file's texts into expressions, and keeps what stands against them. */
export class ExpressionReader {
  readonly findings: Finding[] = []
  readonly placed: PlacedExpression[] = []
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  /** Where it does not compile, what is not known ever. */
  read(text: string | number | boolean, pointer: string, roots: readonly string[]): Expression {
    try {
      const expression = compile(String(text), { roots })
      this.placed.push({ source: this.#source, pointer, expression })
      return expression
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error
      this.findings.push(this.#source.note(pointer, 'expression', error.reason, error.offset))
      return { source: String(text), reads: [], evaluate: () => ({ known: false, missing: [] }) }
    }
  }

  /** `{ when: … }` where there is one, nothing where there is none. */
  optional<K extends string>(
    key: K,
    text: string | number | boolean | undefined,
    pointer: string,
    roots: readonly string[],
  ): { readonly [P in K]?: Expression } {
    if (text === undefined) return {}
    return { [key]: this.read(text, `${pointer}/${key}`, roots) } as { readonly [P in K]: Expression }
  }

  all(
    texts: Readonly<Record<string, string | number | boolean>> | undefined,
    pointer: string,
    roots: readonly string[],
  ): Readonly<Record<string, Expression>> {
    const entries = Object.entries(texts ?? {})
    return Object.fromEntries(
      entries.map(([key, text]) => [key, this.read(text, `${pointer}/${key}`, roots)]),
    )
  }

  template(json: JsonSource, pointer: string, roots: readonly string[]): JsonTemplate {
    if (typeof json !== 'object' || json === null) return json
    if (isList(json)) return json.map((one, index) => this.template(one, `${pointer}/${index}`, roots))
    const entries = Object.entries(json)
    const [only] = entries
    if (entries.length === 1 && only?.[0] === 'cel' && typeof only[1] === 'string')
      return this.read(only[1], `${pointer}/cel`, roots)
    return Object.fromEntries(
      entries.map(([key, one]) => [
        key,
        this.template(one, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, roots),
      ]),
    )
  }
}

function isList(value: JsonSource): value is readonly JsonSource[] {
  return Array.isArray(value)
}

/** Whether a part of a template is an expression. */
export function isExpression(part: JsonTemplate): part is Expression {
  return (
    typeof part === 'object' && part !== null && 'evaluate' in part && typeof part.evaluate === 'function'
  )
}

/** A template with its expressions worked out by `fill`. */
export function fillTemplate(part: JsonTemplate, fill: (expression: Expression) => JsonValue): JsonValue {
  if (isExpression(part)) return fill(part)
  if (typeof part !== 'object' || part === null) return part
  if (isTemplateList(part)) return part.map((one) => fillTemplate(one, fill))
  return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, fillTemplate(one, fill)]))
}

function isTemplateList(part: JsonTemplate): part is readonly JsonTemplate[] {
  return Array.isArray(part)
}
