import { Problem, type ProblemOptions } from '@sapan/kernel'
import { signProblems } from './problems/sign.ts'
import { writeProblems } from './problems/write.ts'

/** Every problem that writing, signing and checking documents can meet. Each file registers its own. */
export const documentProblems = {
  ...writeProblems,
  ...signProblems,
}

export type DocumentProblemCode = keyof typeof documentProblems

/** A problem of a document, to be thrown. */
export function documentProblem(code: DocumentProblemCode, options?: ProblemOptions): Problem {
  return new Problem(documentProblems[code], options)
}
