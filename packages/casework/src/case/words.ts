import { Problem } from '@sapan/kernel'
import type { CaseRuling } from './case.ts'
import { caseProblems } from './problems.ts'

const most = 10_000

/** A text that somebody wrote, without space around it. Throws `case-words-missing`. */
export function caseText(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > most) throw new Problem(caseProblems['case-words-missing'])
  return trimmed
}

/** The same, where nothing need be written. */
export function maybeText(text: string | undefined): { readonly text?: string } {
  return text === undefined || text.trim() === '' ? {} : { text: caseText(text) }
}

/**
 * What does not give the applicant what they asked for has its reasons, with facts and considerations (Thai
 * Administrative Procedure Act 2539, section 37). Throws `case-reasons-missing`.
 */
export function assertRuling({ outcome, favours, reasons }: CaseRuling): void {
  if (outcome === '') throw new Problem(caseProblems['case-words-missing'])
  if (reasons.some(({ words }) => words.length > most)) throw new Problem(caseProblems['case-words-missing'])
  const isGiven = reasons.length > 0 && reasons.every(({ words }) => words.trim() !== '')
  if (!favours && !isGiven) throw new Problem(caseProblems['case-reasons-missing'])
}
