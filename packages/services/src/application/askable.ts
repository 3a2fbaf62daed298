import type { ServiceDefinition } from '../definition/definition.ts'
import { isFixed } from '../form/marks.ts'
import type { AnswerReader } from './answer-text.ts'
import type { Application } from './application.ts'
import { type HandedInPage, handedIn } from './handed-in.ts'

/**
 * What an applicant can be asked to answer anew, by the pages of the form. Not what a register said and they cannot change;
 * nor what settled, when it was handed in, which agency handles it, whose consent it has, what it cost and of what it is
 * the only one: who wants that otherwise applies anew. Pure.
 */
export function askable(
  definition: ServiceDefinition,
  application: Application,
  reader: AnswerReader & { readonly day: string },
): readonly HandedInPage[] {
  const settled = settledBy(definition)
  return handedIn(definition, application, reader).pages.flatMap((page) => {
    const answers = page.answers.filter(
      ({ path, field, mark }) =>
        !isFixed(field, mark) && !settled.some((read) => overlap(read, `answers.${plain(path)}`)),
    )
    return answers.length === 0 ? [] : [{ ...page, answers }]
  })
}

/** What agency, consents and fee were found by, and what it is applied for once by. */
function settledBy({ form, workflow, fee, once }: ServiceDefinition): readonly string[] {
  const settling = [
    ...(workflow.handler ? [workflow.handler] : []),
    ...workflow.consents.flatMap(({ of, when }) => (when ? [of, when] : [of])),
    ...(fee?.when === 'with-submission' ? [fee.amount] : []),
    ...(once?.per ? [once.per] : []),
  ]
  const reads = new Set(settling.flatMap((expression) => expression.reads))
  // Each calculation reads only what comes before it.
  for (const { id, value } of form.calculated.toReversed())
    if ([...reads].some((read) => overlap(read, `calc.${id}`)))
      for (const read of value.reads) reads.add(read)
  return [...reads]
}

/** A path as reads have it: without the numbers of entries. */
function plain(path: string): string {
  return path.replace(/\.\d+\./, '.')
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
}
