import { Problem } from '@sapan/kernel'
import type { FormPage } from '../definition/form.ts'
import type { OpenProblem } from '../form/problems.ts'
import { pointerTo, toldOf } from './answers-wrong.ts'

/**
 * `application-incomplete` as programs read it: each open page once, by where it is sent to, with what is wrong where in
 * what is sent there. Any other error as it is. `draft` is the draft's path.
 */
export function incompleteFor(error: unknown, pages: readonly FormPage[], draft: string): unknown {
  if (!(error instanceof Problem) || error.code !== 'application-incomplete') return error
  const problems = error.extensions.open as readonly OpenProblem[]
  const open = pages.flatMap((page) => {
    const errors = problems
      .filter((problem) => problem.page === page.id)
      .map((problem) => toldOf({ pointer: placeOf(page, problem), text: problem.text }))
    return errors.length === 0 ? [] : [{ page: page.id, href: `${draft}/pages/${page.id}`, errors }]
  })
  return new Problem(error.type, { extensions: { open }, cause: error })
}

/** Where in the body of its page: `/items/0/school`. */
function placeOf({ repeat }: FormPage, { item, field }: OpenProblem): string {
  const within = item === undefined ? [] : [String(item)]
  return pointerTo(
    repeat === undefined ? 'answers' : 'items',
    ...within,
    ...(field === undefined ? [] : [field]),
  )
}
