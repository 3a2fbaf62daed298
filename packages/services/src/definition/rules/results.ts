import type { Finding } from '../finding.ts'
import type { PlacedExpression } from '../read/expressions.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { DecisionRule } from '../workflow.ts'
import type { Rule } from './rule.ts'

/** What an effect or a document reads of a decision is there with each decision that brings it. */
export const resultsFollow: Rule = (read) =>
  read.definition.workflow.decisions.flatMap((decision) => [
    ...decision.effects.flatMap((id, index) =>
      lacking(read, decision, at(read, 'effects', id), decision.effects.slice(0, index)),
    ),
    ...decision.outputs.flatMap((id) => lacking(read, decision, at(read, 'outputs', id), decision.effects)),
  ])

interface Place {
  readonly file: 'service' | 'workflow'
  readonly pointer: string
}

function at({ definition }: ReadDefinition, kind: 'effects' | 'outputs', id: string): Place {
  if (kind === 'outputs')
    return { file: 'service', pointer: `/outputs/${definition.outputs.findIndex((one) => one.id === id)}/` }
  const index = definition.workflow.effects.findIndex((one) => one.id === id)
  return { file: 'workflow', pointer: `/effects/${index}/` }
}

function lacking(
  read: ReadDefinition,
  decision: DecisionRule,
  { file, pointer }: Place,
  before: readonly string[],
): readonly Finding[] {
  const all = read.definition.workflow.decisions.flatMap(({ asks }) => asks.map(({ id }) => id))
  const own = new Set(decision.asks.map(({ id }) => id))
  const here = ({ source, pointer: where }: PlacedExpression) =>
    source === read[file].source && where.startsWith(pointer)
  return read.expressions.filter(here).flatMap((placed) =>
    placed.expression.reads.flatMap((path) => {
      if (placed.expression.optional.includes(path)) return []
      const [root, name = ''] = path.split('.')
      const isAbsent =
        (root === 'effects' && !before.includes(name)) ||
        (root === 'decision' && all.includes(name) && !own.has(name))
      if (!isAbsent) return []
      return [
        placed.source.note(placed.pointer, 'unknown-path', {
          th: `เมื่อตัดสินว่า ${decision.id} ยังไม่มี ${path} ใช้ orElse หรือ has`,
          en: `With the decision ${decision.id} there is no ${path} yet. Use orElse or has.`,
        }),
      ]
    }),
  )
}
