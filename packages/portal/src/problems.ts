import { defineProblems } from '@sapan/kernel'
import { problemTexts } from './problem-texts.ts'

/** What can be wrong with what is handed to the public pages. */
export const portalProblems = defineProblems(problemTexts)
