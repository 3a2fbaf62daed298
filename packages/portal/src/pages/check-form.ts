import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { plainSize } from '../report/time.ts'
import { needsPassword, type ShownProblem } from './error-summary.ts'
import { words } from './words.ts'

export interface CheckFormOptions {
  readonly language: Language
  /** Where the form is sent; absent where nothing is sent and a script takes the file. */
  readonly action: string | undefined
  readonly mostBytes: number | undefined
  /** Why the last file could not be checked. */
  readonly problem?: ShownProblem | undefined
}

/** What the file's field takes; only a help for choosing. */
export const accepted = '.pdf,.asice,.sce,.asics,.scs,.zip,.p7s,.p7m,.xml'

/** The form with which a file is handed over: one question, the rarely needed ones folded away. */
export function checkForm(options: CheckFormOptions): ComponentChild {
  const { language, action } = options
  const say = (key: keyof typeof words) => words[key][language]
  return h(
    'form',
    {
      class: 'check-form',
      id: 'check',
      method: 'post',
      enctype: 'multipart/form-data',
      // What is missing is said in the page, in its language.
      noValidate: true,
      ...(action && { action }),
    },
    ...fileField(options),
    moreFields(options),
    h('button', { type: 'submit', 'data-working': say('working') }, say('submit')),
    h('p', { role: 'status', class: 'working', id: 'working' }),
  )
}

function fileField({ language, mostBytes, problem }: CheckFormOptions): ComponentChild[] {
  const say = (key: keyof typeof words) => words[key][language]
  const shown = needsPassword(problem) ? undefined : problem
  const hint =
    mostBytes === undefined ? say('chooseHint') : `${say('chooseHint')} ${most(mostBytes, language)}`
  return [
    h('label', { for: 'file', class: 'question' }, say('choose')),
    h('p', { class: 'hint', id: 'file-hint' }, hint),
    shown === undefined ? null : fieldProblem('file', shown, language),
    h('input', {
      type: 'file',
      id: 'file',
      name: 'file',
      class: 'drop',
      required: true,
      accept: accepted,
      ...described('file', shown),
    }),
  ]
}

/** Rarely needed: open where the last file asked for its password. */
function moreFields({ language, problem }: CheckFormOptions): ComponentChild {
  const say = (key: keyof typeof words) => words[key][language]
  const shown = needsPassword(problem) ? problem : undefined
  return h(
    'details',
    { open: shown !== undefined, id: 'more' },
    h('summary', null, say('more')),
    h('label', { for: 'password' }, say('password')),
    h('p', { class: 'hint', id: 'password-hint' }, say('passwordHint')),
    shown === undefined ? null : fieldProblem('password', shown, language),
    h('input', {
      type: 'password',
      id: 'password',
      name: 'password',
      autocomplete: 'off',
      ...described('password', shown),
    }),
    h('label', { for: 'detached' }, say('detached')),
    h('input', { type: 'file', id: 'detached', name: 'detached' }),
  )
}

function fieldProblem(field: string, { detail, title }: ShownProblem, language: Language): ComponentChild {
  return h('p', { class: 'field-problem', id: `${field}-problem` }, (detail ?? title)[language])
}

function described(field: string, problem: ShownProblem | undefined) {
  if (problem === undefined) return { 'aria-describedby': `${field}-hint` }
  return { 'aria-describedby': `${field}-hint ${field}-problem`, 'aria-invalid': true }
}

function most(bytes: number, language: Language): string {
  return `(${words.most[language]} ${plainSize(bytes, language)})`
}
