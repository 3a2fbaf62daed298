import type { Expression } from '@sapan/cel'
import { type Applicant, applicantSchemes } from '../application/application.ts'

/** How a register is asked: the operation, and what fills its path and its query. */
export interface EvidenceCall {
  readonly operation: string
  /** With braces that `parameters` fill: `/persons/{id}`. */
  readonly path: string
  readonly parameters: Readonly<Record<string, Expression>>
  readonly query: Readonly<Record<string, Expression>>
}

/** An evidence's own call, with those for applicants whom the register finds by another kind of number. */
export interface EvidenceCalls extends EvidenceCall {
  readonly byScheme: Readonly<Partial<Record<Applicant['scheme'], EvidenceCall>>>
}

/** The call for an applicant: that of their scheme where there is one, else the evidence's own. Pure. */
export function callFor(evidence: EvidenceCalls, scheme: unknown): EvidenceCall {
  const named = applicantSchemes.find((one) => one === scheme)
  return (named && evidence.byScheme[named]) ?? evidence
}

/** Every expression by which it is settled whether and how a register is asked, whoever applies. Pure. */
export function askedBy(evidence: EvidenceCalls & { readonly when?: Expression }): readonly Expression[] {
  const calls: readonly EvidenceCall[] = [evidence, ...Object.values(evidence.byScheme)]
  const filled = calls.flatMap(({ parameters, query }) => [
    ...Object.values(parameters),
    ...Object.values(query),
  ])
  return evidence.when === undefined ? filled : [evidence.when, ...filled]
}
