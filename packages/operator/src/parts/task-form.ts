import type { Text } from '@sapan/kernel'
import { button, errorSummary, type FieldProblem, form, type SitePage } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { OperatorRequest } from '../visitor.ts'
import { operatorPage, type PageParts } from './page.ts'

export interface TaskForm extends Omit<PageParts, 'isTask' | 'title'> {
  /** Of the page, and what its button says where `submit` does not. */
  readonly title: Text
  readonly submit?: Text
  /** Where it is sent. */
  readonly action: string
  /** Whether files are sent with it. */
  readonly files?: boolean
  /** What was wrong with what was sent; the page then says so above and has status 422. */
  readonly problems: readonly FieldProblem[]
  /** Between the heading and the form. */
  readonly before?: ComponentChild
}

/** A page with one form, whose button says what the page is for. */
export function taskForm(
  request: OperatorRequest,
  { title, submit = title, action, files = false, problems, before, ...parts }: TaskForm,
  ...fields: ComponentChild[]
): SitePage {
  const { language, formKey } = request
  const page = operatorPage(
    request,
    { ...parts, title: title[language], isTask: true },
    errorSummary(problems, language),
    before,
    form({ action, formKey, files }, ...fields, button({ text: submit[language] })),
  )
  return { ...page, status: problems.length > 0 ? 422 : 200 }
}

/** What is wrong with a field, to be said beside it. */
export function errorsIn(problems: readonly FieldProblem[]): (field: string) => string | undefined {
  return (name) => problems.find(({ field }) => field === name)?.text
}
