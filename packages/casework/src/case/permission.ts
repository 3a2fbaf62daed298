import { type Database, Problem, type Text } from '@sapan/kernel'
import { findCase } from '../store/case/cases.ts'
import type { WholeCaseRow } from '../store/case/row.ts'
import type { Officer } from '../task/task.ts'
import type { CasePerson } from './case.ts'
import type { CasesOptions, Concern } from './cases.ts'
import { caseProblems } from './problems.ts'

/**
 * The case, where the officer may see it. Throws `case-not-found` for what is not theirs to see, and `case-concern-unknown`
 * while nobody can say whether it is their own matter; both are logged.
 */
export async function visibleCase(
  { log, concerns }: Pick<CasesOptions, 'log' | 'concerns'>,
  client: Database,
  officer: Officer,
  id: string,
): Promise<WholeCaseRow> {
  const row = await findCase(client, id)
  if (row === undefined) throw new Problem(caseProblems['case-not-found'])
  const refuse = (why: string, problem: Problem) => {
    log.warn({ case: row.id, officer: officer.account, agency: officer.agency, why }, 'case refused')
    return problem
  }
  const place = placeRefusal(officer, row)
  if (place !== undefined) throw refuse(place, new Problem(caseProblems['case-not-found']))
  const concern = await concernOf(concerns, officer.account, row)
  if (concern === 'yes') throw refuse('own', new Problem(caseProblems['case-not-found']))
  if (concern !== 'no') throw refuse('unknown', concernUnknown(concern.unknown))
  return row
}

function concernUnknown(registers: readonly Text[]): Problem {
  const list = (language: 'th' | 'en', and: string) => registers.map((name) => name[language]).join(and)
  const detail = {
    th: `${list('th', ' และ')}ไม่ตอบในขณะนี้ จึงยังตรวจไม่ได้ว่าคุณมีส่วนเกี่ยวข้องกับเรื่องนี้หรือไม่`,
    en: `There is no answer from ${list('en', ' and ')}, so it is not known whether this case concerns you.`,
  }
  return new Problem(caseProblems['case-concern-unknown'], { detail })
}

function placeRefusal(officer: Officer, row: WholeCaseRow): 'agency' | 'duty' | undefined {
  if (row.agency !== officer.agency) return 'agency'
  return row.duties.some((duty) => officer.duties.includes(duty)) ? undefined : 'duty'
}

/** An act in one's own matter is barred (Thai Administrative Procedure Act 2539, section 13). */
export async function concernOf(
  concerns: CasesOptions['concerns'],
  account: string,
  { applicant, parties, party_kinds: kinds }: WholeCaseRow,
): Promise<Concern> {
  if (applicant === account) return 'yes'
  return await concerns.isConcerned(account, { applicant, parties, ...(kinds === null ? {} : { kinds }) })
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
