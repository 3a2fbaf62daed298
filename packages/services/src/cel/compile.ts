import { compiler } from '@sapan/cel'
import { textFunctions } from './texts.ts'
import { textCallables } from './vocabulary.ts'

/** Compiles expressions of definitions. What is known of these roots grows while a form is filled in. */
export const compile = compiler({
  functions: textFunctions,
  callables: textCallables,
  neverWhole: new Set([
    'answers',
    'facts',
    'calc',
    'tables',
    'effects',
    'decision',
    'application',
    'applicant',
    'output',
  ]),
})
