import { type Database, Problem } from '@sapan/kernel'
import { findCase } from '../store/case/cases.ts'
import type { WholeCaseRow } from '../store/case/row.ts'
import type { Officer } from '../task/task.ts'
import type { CasePerson } from './case.ts'
import type { CasesOptions } from './cases.ts'
import { caseProblems } from './problems.ts'

/** The case, where the officer may see it. Throws `case-not-found`, and logs an attempt at what is not theirs. */
export async function visibleCase(
  { log, concerns }: Pick<CasesOptions, 'log' | 'concerns'>,
  client: Database,
  officer: Officer,
  id: string,
): Promise<WholeCaseRow> {
  const row = await findCase(client, id)
  if (row === undefined) throw new Problem(caseProblems['case-not-found'])
  const why =
    placeRefusal(officer, row) ?? ((await isTheirs(concerns, officer.account, row)) ? 'own' : undefined)
  if (why === undefined) return row
  log.warn({ case: row.id, officer: officer.account, agency: officer.agency, why }, 'case refused')
  throw new Problem(caseProblems['case-not-found'])
}

function placeRefusal(officer: Officer, row: WholeCaseRow): 'agency' | 'duty' | undefined {
  if (row.agency !== officer.agency) return 'agency'
  return row.duties.some((duty) => officer.duties.includes(duty)) ? undefined : 'duty'
}

/** An act in one's own matter is barred (Thai Administrative Procedure Act 2539, section 13). */
export async function isTheirs(
  concerns: CasesOptions['concerns'],
  account: string,
  { applicant, parties }: WholeCaseRow,
): Promise<boolean> {
  return applicant === account || (await concerns.isConcerned(account, { applicant, parties }))
}

/** What a person has to do with a case. */
export type PersonRole = 'applicant' | 'asked'

/** The case, where it is the person's. Throws `case-not-found`, and logs an attempt at another's. */
export async function ownCase(
  { log }: Pick<CasesOptions, 'log'>,
  client: Database,
  person: CasePerson,
  id: string,
): Promise<{ readonly row: WholeCaseRow; readonly role: PersonRole }> {
  const row = await findCase(client, id)
  const role = row === undefined ? undefined : roleIn(row, person)
  if (row !== undefined && role !== undefined) return { row, role }
  if (row !== undefined) log.warn({ case: row.id, account: person.account }, 'case of another refused')
  throw new Problem(caseProblems['case-not-found'])
}

/** Who handed it in keeps seeing it; whoever may act for whom it is about sees it as they do. */
function roleIn(row: WholeCaseRow, { account, parties }: CasePerson): PersonRole | undefined {
  if (row.applicant === account) return 'applicant'
  if (row.party !== null && parties.includes(row.party)) return 'applicant'
  return row.consents.some((consent) => parties.includes(consent.of)) ? 'asked' : undefined
}
