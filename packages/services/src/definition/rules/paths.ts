import type { Finding } from '../finding.ts'
import { itemOf, type Readable, readables } from './known-paths.ts'
import { type Rule, thereIsNo } from './rule.ts'

/** Expressions read only what is there: questions, evidence within its fields, calculated values, tables. */
export const pathsAreThere: Rule = (read) => {
  const roots = readables(read)
  return read.expressions.flatMap(({ source, pointer, expression }): readonly Finding[] =>
    expression.reads.flatMap((path) => {
      const [root = '', ...rest] = path.split('.')
      const from = root === 'item' ? itemOf(read, pointer) : roots[root]
      const wrong = from === undefined ? { name: root, known: [] } : firstUnknown(from, rest)
      if (wrong === undefined) return []
      const offset = Math.max(0, expression.source.indexOf(path))
      const what = { th: `ข้อมูลใน ${path}`, en: `value in ${path}:` }
      return [source.note(pointer, 'unknown-path', thereIsNo(what, wrong.name, wrong.known), offset)]
    }),
  )
}

interface Unknown {
  readonly name: string
  readonly known: readonly string[]
}

function firstUnknown(from: Readable, path: readonly string[]): Unknown | undefined {
  const [name, ...rest] = path
  if (name === undefined || from.names === undefined) return undefined
  const below = name === '*' || from.names.includes(name) ? from.below(name) : undefined
  return below === undefined ? { name, known: from.names } : firstUnknown(below, rest)
}
