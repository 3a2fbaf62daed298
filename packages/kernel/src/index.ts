export { type Clock, systemClock } from './clock.ts'
export {
  defineProblems,
  Problem,
  type ProblemDocument,
  type ProblemOptions,
  type ProblemType,
  problemDocument,
  registeredProblems,
} from './problem.ts'
export { type Language, preferredLanguage, type Text } from './text.ts'
