import { Problem } from '@sapan/kernel'
import { officerProblems } from '../problems/officers.ts'
import type { Visitor } from '../visitor.ts'

/** Under which appointment a visitor of the desk works. Throws `officer-duty-missing` for somebody without one. */
export function officerOf({ account, officer }: Visitor): { account: string; appointment: string } {
  if (!officer) throw new Problem(officerProblems['officer-duty-missing'])
  return { account, appointment: officer.appointment }
}
