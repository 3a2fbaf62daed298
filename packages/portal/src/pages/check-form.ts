import type { Language, Problem } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { words } from './words.ts'

export interface CheckFormOptions {
  readonly language: Language
  /** Where the form is sent; absent where nothing is sent and a script takes the file. */
  readonly action: string | undefined
  readonly mostBytes: number | undefined
  /** Why the last file could not be checked. */
  readonly problem?: Problem | undefined
}

/** What the file's field takes; only a help for choosing. */
export const accepted = '.pdf,.asice,.sce,.asics,.scs,.zip,.p7s,.p7m,.xml'

/** The form with which a file is handed over: one question, the rarely needed ones folded away. */
export function checkForm({ language, action, mostBytes, problem }: CheckFormOptions): ComponentChild {
  const say = (key: keyof typeof words) => words[key][language]
  const wantsPassword = needsPassword(problem)
  const hint =
    mostBytes === undefined ? say('chooseHint') : `${say('chooseHint')} ${most(mostBytes, language)}`
  return h(
    'form',
    {
      class: 'check-form',
      id: 'check',
      method: 'post',
      enctype: 'multipart/form-data',
      ...(action && { action }),
    },
    h('label', { for: 'file', class: 'question' }, say('choose')),
    h('p', { class: 'hint', id: 'file-hint' }, hint),
    problem === undefined || wantsPassword
      ? null
      : h(
          'p',
          { class: 'field-problem', id: 'file-problem' },
          problem.detail?.[language] ?? problem.type.title[language],
        ),
    h('input', {
      type: 'file',
      id: 'file',
      name: 'file',
      class: 'drop',
      required: true,
      accept: accepted,
      'aria-describedby': problem === undefined || wantsPassword ? 'file-hint' : 'file-hint file-problem',
    }),
    h(
      'details',
      { open: wantsPassword },
      h('summary', null, say('more')),
      h('label', { for: 'password' }, say('password')),
      h('input', { type: 'password', id: 'password', name: 'password', autocomplete: 'off' }),
      h('label', { for: 'detached' }, say('detached')),
      h('input', { type: 'file', id: 'detached', name: 'detached' }),
    ),
    h('button', { type: 'submit', 'data-working': say('working') }, say('submit')),
    h('p', { role: 'status', class: 'working', id: 'working' }),
  )
}

export function needsPassword(problem: Problem | undefined): boolean {
  return ['encrypted', 'wrong-password'].includes(String(problem?.extensions.reason))
}

function most(bytes: number, language: Language): string {
  return `(${words.most[language]} ${Math.floor(bytes / 2 ** 20)} MB)`
}

/** What went wrong, first on the page, with a link to where it is mended. */
export function errorSummary(problem: Problem, language: Language): ComponentChild {
  const { title, next, code } = problem.type
  const field = needsPassword(problem) ? '#password' : '#file'
  return h(
    'section',
    { class: 'error-summary', 'aria-labelledby': 'error-title', tabIndex: -1, id: 'error', role: 'alert' },
    h('h2', { id: 'error-title' }, `${words.problem[language]}: ${title[language]}`),
    problem.detail === undefined ? null : h('p', null, h('a', { href: field }, problem.detail[language])),
    h('p', null, next[language]),
    h('p', { class: 'quiet' }, h('a', { href: `/problems/${code}?lang=${language}` }, code)),
  )
}
