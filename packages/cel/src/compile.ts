import { type CelFunc, type CelInput, type CelResult, celEnv, isCelError, plan } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import { amountFunctions } from './amounts.ts'
import { dayFunctions } from './days.ts'
import type { Expression, JsonValue, Outcome, Values } from './expression.ts'
import { celOf, JsonMap, jsonOf } from './json-values.ts'
import { type Reads, readsOf } from './reads.ts'
import { type Node, parseExpression, type Syntax } from './syntax.ts'
import { type Callable, callables } from './vocabulary.ts'

/** What an expression may read: the first names of its paths. */
export interface Environment {
  readonly roots: readonly string[]
}

export interface CompiledExpression extends Expression {
  /** Of its reads, those of which it asks whether they are there (`has`, `orElse`). */
  readonly optional: readonly string[]
}

/** What a package's expressions have beside what all have. */
export interface Dialect {
  readonly functions?: readonly CelFunc[]
  /** How those functions are called. */
  readonly callables?: Readonly<Record<string, Callable>>
  /** Roots of which an expression must say what it reads. */
  readonly neverWhole?: ReadonlySet<string>
}

/**
 * A text as an expression. Its logic is three-valued: what reads something that is absent is not known, but
 * `true || …` is true whatever the rest. Throws `ExpressionFault` with the place.
 */
export type Compiler = (source: string, environment: Environment) => CompiledExpression

/** Compiles expressions of a dialect. */
export function compiler({ functions = [], callables: more, neverWhole = new Set() }: Dialect): Compiler {
  const environment = celEnv({ funcs: [...strings, ...dayFunctions, ...amountFunctions, ...functions] })
  const known = { callables: { ...callables, ...more }, neverWhole }
  return (source, { roots }) => {
    const syntax = parseExpression(source)
    return compiled(source, { environment, syntax, roots, ...readsOf(syntax, { ...known, roots }) })
  }
}

interface Parts extends Reads {
  readonly environment: ReturnType<typeof celEnv>
  readonly syntax: Syntax
  readonly roots: readonly string[]
}

function compiled(
  source: string,
  { environment, syntax, roots, paths, optional }: Parts,
): CompiledExpression {
  const named = roots.filter((root) => paths.some((path) => path === root || path.startsWith(`${root}.`)))
  const run = plan(environment, withDefaults(syntax.root))
  return {
    source,
    reads: paths,
    optional,
    evaluate: (values) => {
      const missing = new Set<string>()
      const bindings = bind(values, named, (path) => missing.add(path))
      return outcome(attempt(run, bindings), missing, optional)
    },
  }
}

function attempt(run: (bindings: Record<string, CelInput>) => CelResult, bindings: Record<string, CelInput>) {
  try {
    const result = run(bindings)
    return isCelError(result) ? undefined : jsonOf(result)
  } catch {
    // The library throws for what its authors did not think of; to whoever fills in a form it is only not known.
    return undefined
  }
}

/** Names without values are empty: what is read of them is missing. */
function bind(
  values: Values,
  roots: readonly string[],
  onMissing: (path: string) => void,
): Record<string, CelInput> {
  const whole = new JsonMap(values, '', onMissing)
  const entries = roots.flatMap((root): [string, CelInput][] => {
    const value = Object.hasOwn(values, root) ? whole.get(root) : emptyOf(root, onMissing)
    return value === undefined ? [] : [[root, value]]
  })
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

function emptyOf(root: string, onMissing: (path: string) => void): CelInput | undefined {
  if (root !== 'today' && root !== 'item') return celOf({}, root, onMissing)
  onMissing(root)
  return undefined
}

function outcome(
  value: JsonValue | undefined,
  missing: ReadonlySet<string>,
  optional: readonly string[],
): Outcome {
  if (value !== undefined) return { known: true, value }
  const needed = [...missing].filter((path) => !optional.includes(path))
  return { known: false, missing: needed.length > 0 ? needed : [...missing] }
}

/** `orElse(a.b, c)` is `has(a.b) ? a.b : c`, in all the expression. */
function withDefaults(node: Node): Node {
  const kind = node.exprKind
  if (kind.case === 'callExpr') {
    const { target, args, function: name } = kind.value
    // Once each: twice at every step is a thousand times ten steps down.
    const filled = args.map(withDefaults)
    const [first, other] = filled
    if (name === 'orElse' && first?.exprKind.case === 'selectExpr' && other !== undefined)
      return choice(node, first, other)
    kind.value.args = filled
    if (target !== undefined) kind.value.target = withDefaults(target)
  }
  if (kind.case === 'selectExpr' && kind.value.operand !== undefined)
    kind.value.operand = withDefaults(kind.value.operand)
  if (kind.case === 'listExpr') kind.value.elements = kind.value.elements.map(withDefaults)
  if (kind.case === 'structExpr')
    for (const entry of kind.value.entries)
      if (entry.value !== undefined) entry.value = withDefaults(entry.value)
  if (kind.case === 'comprehensionExpr') {
    const { iterRange, loopStep } = kind.value
    if (iterRange !== undefined) kind.value.iterRange = withDefaults(iterRange)
    if (loopStep !== undefined) kind.value.loopStep = withDefaults(loopStep)
  }
  return node
}

function choice(node: Node, read: Node, other: Node): Node {
  if (node.exprKind.case !== 'callExpr' || read.exprKind.case !== 'selectExpr') return node
  const test: Node = {
    ...read,
    exprKind: { case: 'selectExpr', value: { ...read.exprKind.value, testOnly: true } },
  }
  return {
    ...node,
    exprKind: {
      case: 'callExpr',
      value: { ...node.exprKind.value, function: '_?_:_', args: [test, read, other] },
    },
  }
}
