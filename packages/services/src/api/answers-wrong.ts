import { Problem, type Text } from '@sapan/kernel'
import { apiProblems } from './problems.ts'

/** What is wrong with one answer, and where it stands in what was sent (RFC 6901). */
export interface AnswerError {
  readonly pointer: string
  readonly text: Text
}

/** `api-answers-wrong`, with what is wrong where. */
export function answersWrong(errors: readonly AnswerError[]): Problem {
  return new Problem(apiProblems['api-answers-wrong'], {
    extensions: { errors: errors.map(toldOf) },
  })
}

/** As it stands in an answer. */
export function toldOf({ pointer, text }: AnswerError) {
  return { pointer, detail: text.en, th: text.th, en: text.en }
}

/** Where something of these names stands: `/answers/children.0.school`. */
export function pointerTo(...names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** What a program is told of a value that no input could hold. */
export const otherType: Text = { th: 'ค่านี้ผิดชนิด', en: 'This is not of the type that belongs here.' }
