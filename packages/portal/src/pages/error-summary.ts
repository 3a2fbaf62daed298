import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { words } from './words.ts'

/** What went wrong, and how it is mended. */
export interface ShownProblem {
  readonly title: Text
  readonly next: Text
  /** What was found, where it says more than the title. */
  readonly detail?: Text | undefined
  /** Why a file cannot be read: the code of the checker's error. */
  readonly reason?: string | undefined
  /** The field where it is mended, and what the link to it says; the file's where none is named. */
  readonly field?: string
  readonly link?: Text
  /** Where more is said of it. */
  readonly page?: { readonly address: string; readonly name: string }
}

export function needsPassword(problem: Pick<ShownProblem, 'reason'> | undefined): boolean {
  return problem?.reason === 'encrypted' || problem?.reason === 'wrong-password'
}

/** What went wrong, first on the page, with a link to where it is mended. */
export function errorSummary(problem: ShownProblem, language: Language): ComponentChild {
  const { title, next, detail, page, link } = problem
  const wantsPassword = needsPassword(problem)
  const what = wantsPassword ? words.passwordNext : next
  const field = problem.field ?? (wantsPassword ? 'password' : 'file')
  return h(
    'section',
    { class: 'error-summary', 'aria-labelledby': 'error-title', tabIndex: -1, id: 'error', role: 'alert' },
    h('h2', { id: 'error-title' }, `${words.problem[language]}: ${title[language]}`),
    h('p', null, h('a', { href: `#${field}` }, (detail ?? link ?? what)[language])),
    detail === undefined && link === undefined ? null : h('p', null, what[language]),
    page === undefined
      ? null
      : h(
          'p',
          { class: 'quiet' },
          h('a', { href: page.address }, `${words.readMore[language]} (${page.name})`),
        ),
  )
}
