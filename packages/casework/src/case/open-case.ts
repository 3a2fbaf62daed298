import { type PoolClient, uuidv7 } from '@sapan/kernel'
import { findCasesByKeys, isCaseId, lockKeys } from '../store/case/cases.ts'
import { insertCases, type NewCase } from '../store/case/insert.ts'
import { caseSeal, newCaseKey } from '../store/case/sealing.ts'
import { announceOpened, dutyOf } from './append.ts'
import type { Case, CaseOpening } from './case.ts'
import type { CasesOptions } from './cases.ts'
import { clocksOf } from './clocks.ts'
import type { CaseChange } from './event.ts'
import { assertPlan } from './plan.ts'
import { begin } from './standing.ts'
import { wholeCase } from './whole-case.ts'

/** See `CaseSystem.openAll`. All that can be done before is done before the numbers are taken. */
export async function openCases(
  options: CasesOptions,
  client: PoolClient,
  openings: readonly CaseOpening[],
): Promise<readonly Case[]> {
  const made = new Map(openings.map((opening) => [opening.key, newCase(options, opening)]))
  const keys = [...made.keys()].toSorted()
  // The same that is sent twice at a time: the second waits until the first is there, or is not.
  await lockKeys(client, keys)
  const found = new Map<string, Case>()
  for (const row of await findCasesByKeys(client, keys)) {
    found.set(row.key, await wholeCase(options, client, row))
    made.delete(row.key)
  }
  const fresh = [...made.values()]
  await announceOpened(
    options,
    client,
    fresh.map(({ id }) => id),
  )
  const numbers = await insertCases(client, fresh)
  for (const [at, one] of fresh.entries()) found.set(one.opening.key, openedCase(one, numbers[at] ?? ''))
  return openings.map(({ key }) => {
    const opened = found.get(key)
    if (opened === undefined) throw new Error('a case was not opened')
    return opened
  })
}

/** Everything of a case but its number. */
function newCase(
  { clock, days, sealer, yearOf = buddhistYear }: CasesOptions,
  opening: CaseOpening,
): NewCase {
  assertPlan(opening.plan)
  if (opening.id !== undefined && !isCaseId(opening.id)) throw new RangeError('the id of a case is a UUID')
  const at = opening.receivedAt ?? clock()
  const id = opening.id ?? uuidv7(at)
  const keySealed = newCaseKey(sealer, id)
  const deed = { action: 'submit', by: 'applicant', actor: opening.applicant, at } as const
  const times = { plan: opening.plan, consents: opening.consents ?? [] }
  const beginning = { fee: opening.fee, consents: times.consents.map((consent) => consent.id) }
  const begun = begin(opening.plan, beginning, deed)
  const change: CaseChange = { ...deed, ...clocksOf(days, times, undefined, begun, at) }
  const standing = begin(opening.plan, beginning, change)
  return {
    ...{ id, opening, standing, change, keySealed },
    prefix: opening.agency.split('/').at(-1) ?? opening.agency,
    year: yearOf(days.dateOf(at)),
    receivedAt: at,
    effectiveAt: days.received(at),
    duty: dutyOf(opening.plan, standing),
    contentSealed: caseSeal(sealer, id, keySealed).content(opening.content),
  }
}

function openedCase({ id, opening, standing, duty, receivedAt, effectiveAt }: NewCase, number: string): Case {
  return {
    ...{ id, number, agency: opening.agency, service: opening.service, version: opening.version },
    ...{ title: opening.title, state: standing.state, stage: standing.stage, receivedAt },
    ...(duty === undefined ? {} : { duty }),
    effectiveReceivedAt: effectiveAt,
    ...(standing.dueAt === undefined ? {} : { dueAt: standing.dueAt }),
    ...(standing.lapseAt === undefined ? {} : { lapseAt: standing.lapseAt }),
    caseVersion: 1,
    applicant: opening.applicant,
    ...(opening.party === undefined ? {} : { party: opening.party }),
    awaitedConsents: (opening.consents ?? []).map((consent) => consent.id),
    ...{ content: opening.content, plan: opening.plan, fee: opening.fee },
  }
}

const buddhistEra = 543

function buddhistYear(date: string): number {
  return Number(date.slice(0, 4)) + buddhistEra
}
