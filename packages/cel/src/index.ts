export {
  type CompiledExpression,
  type Compiler,
  compiler,
  type Dialect,
  type Environment,
} from './compile.ts'
export type { Expression, JsonValue, Outcome, Values } from './expression.ts'
export { ExpressionFault } from './fault.ts'
export { jsonOf } from './json-values.ts'
export { type Node, parseExpression, type Syntax } from './syntax.ts'
export { type Callable, callables, macros } from './vocabulary.ts'
