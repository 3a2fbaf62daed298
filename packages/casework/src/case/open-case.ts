import { type PoolClient, uuidv7 } from '@sapan/kernel'
import { findCaseByKey, isCaseId } from '../store/case/cases.ts'
import { insertCase } from '../store/case/insert.ts'
import { caseSeal, newCaseKey } from '../store/case/sealing.ts'
import { announce, dutyOf } from './append.ts'
import type { Case, CaseOpening } from './case.ts'
import type { CasesOptions } from './cases.ts'
import { clocksOf } from './clocks.ts'
import type { CaseChange } from './event.ts'
import { assertPlan } from './plan.ts'
import { begin } from './standing.ts'
import { wholeCase } from './whole-case.ts'

/** See `CaseSystem.open`. All that can be done before is done before the number is taken. */
export async function openCase(
  options: CasesOptions,
  client: PoolClient,
  opening: CaseOpening,
): Promise<Case> {
  assertPlan(opening.plan)
  if (opening.id !== undefined && !isCaseId(opening.id)) throw new RangeError('the id of a case is a UUID')
  // The same that is sent twice at a time: the second waits until the first is there, or is not.
  await client.query({
    name: 'casework.lock-key',
    text: `select pg_advisory_xact_lock(hashtextextended('casework.case ' || $1, 0))`,
    values: [opening.key],
  })
  const there = await findCaseByKey(client, opening.key)
  if (there !== undefined) return await wholeCase(options, client, there)
  const { clock, days, sealer, yearOf = buddhistYear } = options
  const at = clock()
  const id = opening.id ?? uuidv7(at)
  const keySealed = newCaseKey(sealer, id)
  const deed = { action: 'submit', by: 'applicant', actor: opening.applicant, at } as const
  const times = { plan: opening.plan, consents: opening.consents ?? [] }
  const beginning = { fee: opening.fee, consents: times.consents.map((consent) => consent.id) }
  const begun = begin(opening.plan, beginning, deed)
  const change: CaseChange = { ...deed, ...clocksOf(days, times, undefined, begun, at) }
  const standing = begin(opening.plan, beginning, change)
  const duty = dutyOf(opening.plan, standing)
  await announce(options, client, id, 1, 'submit')
  const contentSealed = caseSeal(sealer, id, keySealed).content(opening.content)
  const effectiveAt = days.received(at)
  const year = yearOf(days.dateOf(at))
  const prefix = opening.agency.split('/').at(-1) ?? opening.agency
  const number = await insertCase(client, {
    ...{
      id,
      opening,
      prefix,
      year,
      receivedAt: at,
      effectiveAt,
      standing,
      duty,
      change,
      keySealed,
      contentSealed,
    },
  })
  return {
    ...{ id, number, agency: opening.agency, service: opening.service, version: opening.version },
    ...{ title: opening.title, state: standing.state, stage: standing.stage, receivedAt: at },
    ...(duty === undefined ? {} : { duty }),
    effectiveReceivedAt: effectiveAt,
    ...(standing.dueAt === undefined ? {} : { dueAt: standing.dueAt }),
    ...(standing.lapseAt === undefined ? {} : { lapseAt: standing.lapseAt }),
    caseVersion: 1,
    applicant: opening.applicant,
    ...(opening.party === undefined ? {} : { party: opening.party }),
    awaitedConsents: beginning.consents,
    ...{ content: opening.content, plan: opening.plan, fee: opening.fee },
  }
}

const buddhistEra = 543

function buddhistYear(date: string): number {
  return Number(date.slice(0, 4)) + buddhistEra
}
