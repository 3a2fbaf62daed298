import { Problem, type Text } from '@sapan/kernel'
import {
  backLink,
  button,
  errorSummary,
  type FieldProblem,
  form,
  type SitePage,
  type SiteRequest,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { Visitor } from '../../visitor.ts'

export type ProofingRequest = SiteRequest<Visitor>

export interface Question {
  readonly title: Text
  /** Where the form is sent. */
  readonly action: string
  /** The page before. */
  readonly back: string
  readonly send: Text
  readonly fields: ComponentChildren
  readonly problems?: readonly FieldProblem[]
}

/** A page that asks one thing: what is wrong first, then the question. */
export function question({ language, formKey }: ProofingRequest, asked: Question): SitePage {
  const { title, action, back, send, fields, problems = [] } = asked
  const marked = problems.length === 0 ? '' : { th: 'ผิดพลาด: ', en: 'Error: ' }[language]
  return {
    kind: 'page',
    status: problems.length === 0 ? 200 : 422,
    title: `${marked}${title[language]}`,
    body: h(
      'div',
      { class: 'column' },
      backLink(back, language),
      errorSummary(problems, language),
      form({ action, formKey }, fields, button({ text: send[language] })),
    ),
  }
}

/** Problems that the person mends in the form, and so are shown there. All others get a page of their own. */
const mendable = [
  'proofing-no-match',
  'proofing-document-not-valid',
  'passport-lines-unreadable',
  'passport-check-digit-wrong',
  'passport-date-impossible',
  'counter-check-incomplete',
]

/** Runs `work`; for a problem that can be mended in the form, the form again with its words at `field`. */
export async function mending<T>(
  { language }: ProofingRequest,
  field: string,
  work: () => Promise<T>,
  again: (problems: readonly FieldProblem[]) => T | Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem) || !mendable.includes(error.code)) throw error
    const { title, next } = error.type
    const text = `${(error.detail ?? title)[language].replace(/\.$/, '')}. ${next[language]}`
    return await again([{ field, text }])
  }
}

/** The words at a field, where something is wrong with it. */
export function errorAt(problems: readonly FieldProblem[], field: string): { error?: string } {
  const found = problems.find((one) => one.field === field)
  return found === undefined ? {} : { error: found.text }
}
