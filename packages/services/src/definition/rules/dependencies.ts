import type { Expression } from '@sapan/cel'
import { askedBy } from '../evidence-call.ts'
import type { ReadDefinition } from '../read/read-definition.ts'

/** A part of a definition that has to wait for others: `calc.fee`, `facts.person`, `answers.name`, `page.home`. */
export interface Part {
  readonly name: string
  readonly file: 'form' | 'service'
  readonly pointer: string
  /** What must be known first, by name. */
  readonly needs: readonly string[]
}

const twoNames = (path: string): string => path.split('.').slice(0, 2).join('.')

const needsOf = (expressions: readonly (Expression | undefined)[]): readonly string[] =>
  expressions.flatMap((one) => (one?.reads ?? []).map(twoNames))

/**
 * What waits for what: a calculated value for what it reads, a piece of evidence for its parameters and condition, a page
 * for its condition, a question for its page and its own condition. That a question may be prefilled makes it wait for
 * nothing: it can be typed.
 */
export function partsOf({ definition }: ReadDefinition): readonly Part[] {
  const { form, evidence } = definition
  const pages = form.pages.flatMap((page, index): readonly Part[] => {
    const pointer = `/pages/${index}`
    const asked = page.fields.map(
      (field, at): Part => ({
        name: `answers.${page.repeat === undefined ? field.id : `${page.id}.${field.id}`}`,
        file: 'form',
        pointer: `${pointer}/fields/${at}${field.when === undefined ? '' : '/when'}`,
        needs: [`page.${page.id}`, ...needsInEntry(page.id, field.when)],
      }),
    )
    const list: Part[] =
      page.repeat === undefined
        ? []
        : [
            {
              name: `answers.${page.id}`,
              file: 'form',
              pointer: `${pointer}/repeat`,
              needs: [`page.${page.id}`],
            },
          ]
    return [
      { name: `page.${page.id}`, file: 'form', pointer: `${pointer}/when`, needs: needsOf([page.when]) },
      ...list,
      ...asked,
    ]
  })
  const calculated = form.calculated.map(
    ({ id, value }, index): Part => ({
      name: `calc.${id}`,
      file: 'form',
      pointer: `/calculated/${index}/value`,
      needs: needsOf([value]),
    }),
  )
  const asked = evidence.map(
    (one, index): Part => ({
      name: `facts.${one.id}`,
      file: 'service',
      pointer: `/evidence/${index}`,
      needs: needsOf(askedBy(one)),
    }),
  )
  return [...pages, ...calculated, ...asked]
}

function needsInEntry(page: string, when: Expression | undefined): readonly string[] {
  return (when?.reads ?? []).map((path) =>
    path.startsWith('item.') ? `answers.${page}.${path.split('.')[1]}` : twoNames(path),
  )
}
