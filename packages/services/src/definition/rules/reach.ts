import type { Finding } from '../finding.ts'
import type { PlacedExpression } from '../read/expressions.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import { type Part, partsOf } from './dependencies.ts'
import type { Rule } from './rule.ts'

/** Every page and question can come about, and officers' steps stand in their order. */
export const everythingIsReached: Rule = (read) => [
  ...neverTrue(read),
  ...asksLater(read),
  ...emptySections(read),
  ...stepsInOrder(read),
]

/**
 * What is false while nothing is known stays so (expressions are three-valued), unless it asks whether something is known.
 */
function neverTrue({ expressions, definition }: ReadDefinition): readonly Finding[] {
  return expressions.flatMap(({ source, pointer, expression }) => {
    if (!/\/(when|automatic|rule)$/.test(pointer) || expression.optional.length > 0) return []
    const outcome = expression.evaluate({ tables: definition.tables })
    if (!outcome.known || outcome.value !== false) return []
    return [
      source.note(pointer, 'unreachable', { th: 'เงื่อนไขนี้เป็นจริงไม่ได้เลย', en: 'This can never be true.' }),
    ]
  })
}

/** A page comes after the questions that decide whether it is shown, and so does a question. */
function asksLater(read: ReadDefinition): readonly Finding[] {
  const parts = new Map(partsOf(read).map((part) => [part.name, part]))
  const order = pageOfAnswers(read)
  return read.expressions.flatMap((placed): readonly Finding[] => {
    const [, index, field] = /^\/pages\/(\d+)\/(fields\/\d+\/)?when$/.exec(placed.pointer) ?? []
    if (index === undefined) return []
    const last = field === undefined ? Number(index) - 1 : Number(index)
    const later = answersOf(placed, parts).find((path) => (order.get(path) ?? -1) > last)
    if (later === undefined) return []
    return [
      placed.source.note(placed.pointer, 'unreachable', {
        th: `ขึ้นกับ ${later} ซึ่งถามทีหลัง`,
        en: `This depends on ${later}, which is asked only later.`,
      }),
    ]
  })
}

function pageOfAnswers({ definition }: ReadDefinition): ReadonlyMap<string, number> {
  return new Map(
    definition.form.pages.flatMap((page, index) =>
      (page.repeat === undefined ? page.fields.map(({ id }) => id) : [page.id]).map(
        (id) => [`answers.${id}`, index] as const,
      ),
    ),
  )
}

/** The answers that an expression needs, also by way of what is calculated of them. */
function answersOf({ expression }: PlacedExpression, parts: ReadonlyMap<string, Part>): readonly string[] {
  const found = new Set<string>()
  const open = expression.reads.filter((path) => !expression.optional.includes(path))
  for (const path of open) {
    const name = path.split('.').slice(0, 2).join('.')
    if (found.has(name)) continue
    found.add(name)
    if (name.startsWith('calc.')) open.push(...(parts.get(name)?.needs ?? []))
  }
  return [...found].filter((name) => name.startsWith('answers.'))
}

function emptySections({ form }: ReadDefinition): readonly Finding[] {
  return form.file.sections.flatMap(({ id }, index) =>
    form.file.pages.some(({ section }) => section === id)
      ? []
      : [
          form.source.note(`/sections/${index}/id`, 'unused', {
            th: 'ไม่มีหน้าในส่วนนี้',
            en: 'No page is in this section.',
          }),
        ],
  )
}

const ORDER = ['review', 'endorse', 'decide', 'sign'] as const

function stepsInOrder({ workflow }: ReadDefinition): readonly Finding[] {
  const steps = workflow.file.steps ?? []
  return steps.flatMap(({ kind }, index) => {
    const before = steps[index - 1]?.kind
    if (before === undefined || ORDER.indexOf(before) <= ORDER.indexOf(kind)) return []
    return [
      workflow.source.note(`/steps/${index}/kind`, 'unreachable', {
        th: `${kind} ต้องมาก่อน ${before}`,
        en: `${kind} comes before ${before}.`,
      }),
    ]
  })
}
