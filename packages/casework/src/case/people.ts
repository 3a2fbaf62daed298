import { type PoolClient, Problem } from '@sapan/kernel'
import { lockCase } from '../store/case/cases.ts'
import { writeCursor } from '../store/case/cursor.ts'
import { readCaseEvents } from '../store/case/events.ts'
import { casesAwaiting, casesOfPerson } from '../store/case/people.ts'
import { caseSummary, type WholeCaseRow } from '../store/case/row.ts'
import { readViews } from '../store/case/views.ts'
import type { JsonValue } from '../task/task.ts'
import { append, type CaseDeed } from './append.ts'
import type { CasePerson, CaseSeen, CaseSummary } from './case.ts'
import type { CasePeople, CasesOptions } from './cases.ts'
import type { CaseEvent } from './event.ts'
import { ownCase } from './permission.ts'
import { caseProblems } from './problems.ts'
import type { CaseAction } from './states.ts'
import { sealOf, wholeCase, withoutContent } from './whole-case.ts'
import { caseText, maybeText } from './words.ts'

const pageSize = 25

export function casePeople(options: CasesOptions): CasePeople {
  return { ...peopleReading(options), ...peopleActions(options) }
}

function peopleReading(
  options: CasesOptions,
): Pick<CasePeople, 'ofApplicant' | 'askedOf' | 'find' | 'storyOf' | 'viewsOf'> {
  const { pool, sealer } = options
  const applicantsRow = (person: CasePerson, id: string) => asApplicant(options, person, id)
  return {
    async ofApplicant(person, { limit = pageSize, after } = {}) {
      const rows = await casesOfPerson(pool, person, limit, after)
      const cases = rows.slice(0, limit).map(caseSummary)
      const last = cases.at(-1)
      if (rows.length <= limit || last === undefined) return { cases }
      return { cases, next: writeCursor({ at: last.receivedAt, id: last.id }) }
    },
    askedOf: async ({ parties }) => (await casesAwaiting(pool, parties)).map(caseSummary),
    async find(person, id) {
      const { row, role } = await ownCase(options, pool, person, id)
      return role === 'asked' ? withoutContent(row) : await wholeCase(options, pool, row)
    },
    async storyOf(person, id) {
      const row = await applicantsRow(person, id)
      const events = await readCaseEvents(pool, row.id, sealOf(sealer, row))
      return events.flatMap(told)
    },
    viewsOf: async (person, id) => await readViews(pool, (await applicantsRow(person, id)).id),
  }
}

function peopleActions(options: CasesOptions): Pick<CasePeople, 'reply' | 'withdraw' | 'appeal' | 'consent'> {
  const act = async (client: PoolClient, person: CasePerson, seen: CaseSeen, deed: Omit<CaseDeed, 'by'>) => {
    const row = await asActing(options, person, seen.case, client)
    if (row.version !== seen.version) throw new Problem(caseProblems['case-changed'])
    return await done(options, client, row, { ...deed, by: 'applicant', actor: person.account })
  }
  return {
    reply: (client, person, seen, data) =>
      act(client, person, seen, { action: 'reply', words: { ...textOf(data), data } }),
    withdraw: async (client, person, seen, why) =>
      await act(client, person, seen, { action: 'withdraw', words: maybeText(why) }),
    async appeal(client, person, seen, grounds) {
      const row = await asActing(options, person, seen.case, client)
      const isLate = row.appeal_until !== null && options.clock() > row.appeal_until.getTime()
      if (isLate) throw new Problem(caseProblems['case-appeal-too-late'])
      return await act(client, person, seen, { action: 'appeal', words: { text: caseText(grounds) } })
    },
    async consent(client, person, id, { consent, agrees }) {
      const { row } = await ownCase(options, client, person, id)
      const asked = row.consents.find((one) => one.id === consent)
      if (asked === undefined || !person.parties.includes(asked.of)) {
        throw new Problem(caseProblems['case-not-found'])
      }
      const action = agrees ? 'consent' : 'decline'
      // Others may be answering at the same time.
      const now = (await lockCase(client, row.id)) ?? row
      return await done(options, client, now, { action, consent, by: 'party', actor: person.account })
    },
  }
}

/** Who was only asked for consent has no part in all else. */
async function asApplicant(
  options: CasesOptions,
  person: CasePerson,
  id: string,
  client: CasesOptions['pool'] | PoolClient = options.pool,
): Promise<WholeCaseRow> {
  const { row, role } = await ownCase(options, client, person, id)
  if (role === 'applicant') return row
  options.log.warn({ case: row.id, account: person.account }, 'case of another refused')
  throw new Problem(caseProblems['case-not-found'])
}

/** What is about another is acted on by who may act for them now: who handed it in and does so no more only sees it. */
async function asActing(
  options: CasesOptions,
  person: CasePerson,
  id: string,
  client: PoolClient,
): Promise<WholeCaseRow> {
  const row = await asApplicant(options, person, id, client)
  if (row.party === null || person.parties.includes(row.party)) return row
  options.log.warn({ case: row.id, account: person.account }, 'act for another without a mandate refused')
  throw new Problem(caseProblems['case-not-found'])
}

async function done(
  options: CasesOptions,
  client: PoolClient,
  row: WholeCaseRow,
  deed: CaseDeed,
): Promise<CaseSummary> {
  return caseSummary(await append(options, client, row, deed))
}

const amongOfficers: readonly CaseAction[] = ['take', 'assign', 'release', 'note', 'send-back']
/** What the person wrote, so that officers and they themselves read it among what happened. */
function textOf(data: JsonValue): { readonly text?: string } {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  const text = isObject ? (data as { readonly [key: string]: JsonValue }).text : undefined
  return typeof text === 'string' ? { text } : {}
}

const withWords: readonly CaseAction[] = [
  ...(['ask', 'reply', 'withdraw', 'appeal', 'void', 'erase'] as const),
  // Which register was told.
  'carry-out',
]

/** What of an event the applicant is told. A decision is told by what it is, once it was carried out, by the case. */
function told({ version, action, at, by, actor, lapseAt, dueAt, words }: CaseEvent): CaseEvent[] {
  if (amongOfficers.includes(action)) return []
  return [
    {
      ...{ version, action, at, by },
      // Officers have their agency's name alone; who acted for whom it is about they are told.
      ...(by === 'applicant' && actor !== undefined ? { actor } : {}),
      ...(lapseAt === undefined ? {} : { lapseAt }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(words === undefined || !withWords.includes(action) ? {} : { words }),
    },
  ]
}
