import { Problem, type Text } from '@sapan/kernel'
import { problems } from '../../problems.ts'

/** What was typed is not enough, or does not go together; says what to type. */
export function misuse(detail: Text): Problem {
  return new Problem(problems.misuse, { detail })
}
