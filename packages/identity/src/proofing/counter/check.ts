import { Problem } from '@sapan/kernel'
import { proofingProblems } from '../../problems/proofing.ts'
import type { EvidenceTerm } from '../country.ts'
import type { ProofingGround } from '../ground.ts'
import type { Finding } from '../settle.ts'
import type { Visit } from './visit.ts'

/** A piece of evidence that the officer held in their hands. */
export interface SeenEvidence {
  /** A code of the country's list. */
  readonly kind: string
  /** The document's number, as far as it has one. */
  readonly number: string
}

/** What the officer confirms. */
export interface CounterCheck {
  readonly evidences: readonly SeenEvidence[]
  /** That the face is that on the first piece of evidence. */
  readonly faceCompared: boolean
}

const LONGEST_NUMBER = 40

/** What an officer found out about a visitor. Throws `counter-check-incomplete`. */
export function findingOf(ground: ProofingGround, visit: Visit, check: CounterCheck): Finding {
  refuseIncomplete(ground.country.proofing.evidences, check)
  const { identifier, profile, exchange } = visit.person
  return {
    method: 'in-person',
    identifiers: [identifier],
    profile,
    exchanges: [exchange],
    officer: visit.officer,
    detail: {
      number: identifier.value,
      evidences: check.evidences.map(({ kind, number }) => ({ kind, number: number.trim() })),
      faceCompared: check.faceCompared,
    },
    repeatKey: `in-person ${visit.id}`,
  }
}

function refuseIncomplete(terms: readonly EvidenceTerm[], { evidences, faceCompared }: CounterCheck): void {
  const [first, second] = evidences
  const known = (code: string | undefined) => terms.find((term) => term.code === code)
  const isComplete =
    evidences.length === 2 &&
    first?.kind !== second?.kind &&
    known(first?.kind)?.photo === true &&
    known(second?.kind) !== undefined &&
    evidences.every(({ number }) => number.trim().length <= LONGEST_NUMBER) &&
    faceCompared
  if (!isComplete) throw new Problem(proofingProblems['counter-check-incomplete'])
}
