import { askedBy } from '../../definition/evidence-call.ts'
import type { FormPage } from '../../definition/form.ts'
import { visiblePages } from '../../form/pages.ts'
import { openProblems } from '../../form/problems.ts'
import { standingsOf } from '../../prefill/standing.ts'
import type { OpenedDraft } from './options.ts'

/**
 * Where somebody goes on after a page: to what registers can only now be asked, then to the next page that is asked; who
 * came to change an answer, back to check, unless it brought a question.
 */
export function nextAfter(
  { definition, draft, today, base }: OpenedDraft,
  page: FormPage,
  isChange: boolean,
): string {
  const { content } = draft
  if (isAskableNow({ definition, draft, today })) return `${base}/facts`
  if (isChange) {
    const [open] = openProblems(definition, content, today)
    return open === undefined ? `${base}/review` : `${base}/pages/${open.page}?from=review`
  }
  const pages = visiblePages(definition, content, today).filter(({ fields }) => fields.length > 0)
  const order = definition.form.pages.findIndex(({ id }) => id === page.id)
  const next = pages.find((one) => definition.form.pages.findIndex(({ id }) => id === one.page.id) > order)
  if (next !== undefined) return `${base}/pages/${next.page.id}`
  return openProblems(definition, content, today).length === 0 ? `${base}/review` : base
}

/** Whether there is something to ask a register for that took an answer: of the rest they were asked at the beginning. */
function isAskableNow({
  definition,
  draft,
  today,
}: Pick<OpenedDraft, 'definition' | 'draft' | 'today'>): boolean {
  return standingsOf(definition, draft.content, today).some(
    ({ evidence, state }) =>
      state === 'to-ask' &&
      askedBy(evidence).some((one) =>
        one.reads.some((path) => path.startsWith('answers.') || path.startsWith('calc.')),
      ),
  )
}
