import type { Officer } from '@sapan/casework'
import { deskProblems } from '@sapan/desk'
import type { Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'

/** The face lets nobody in who is no officer; who is none any more since then is told so. */
export function officerOf({ account, officer }: Visitor): Officer {
  if (officer === undefined) throw new Problem(deskProblems['desk-appointment-unknown'])
  return { account, agency: officer.agency, duties: officer.duties }
}
