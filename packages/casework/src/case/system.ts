import { inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import {
  findCase,
  findCaseByKey,
  lockCase,
  lockLapsing,
  lockLate,
  readEndedBefore,
} from '../store/case/cases.ts'
import { readCaseEvents } from '../store/case/events.ts'
import { caseSummary, type WholeCaseRow } from '../store/case/row.ts'
import { append, type CaseDeed } from './append.ts'
import type { CaseRuling, CaseSummary } from './case.ts'
import type { CaseSystem, CasesOptions } from './cases.ts'
import { openCases } from './open-case.ts'
import { isSignedByOfficers } from './plan.ts'
import { postpone } from './postpone.ts'
import { caseProblems } from './problems.ts'
import { sealOf, wholeCase } from './whole-case.ts'
import { assertRuling, caseText } from './words.ts'

type SystemDeed = Omit<CaseDeed, 'by' | 'actor'>

export function caseSystem(options: CasesOptions): CaseSystem {
  const { pool, sealer } = options
  const act = (client: PoolClient, id: string, deed: SystemDeed) => actAsSystem(options, client, id, deed)
  return {
    async open(client, opening) {
      const [opened] = await openCases(options, client, [opening])
      if (opened === undefined) throw new Error('a case was not opened')
      return opened
    },
    openAll: (client, openings) => openCases(options, client, openings),
    async byKey(client, key) {
      const row = await findCaseByKey(client, key)
      return row === undefined ? undefined : await wholeCase(options, client, row)
    },
    async byId(client, id) {
      const row = await findCase(client, id)
      return row === undefined ? undefined : await wholeCase(options, client, row)
    },
    async eventsOf(client, id) {
      const row = await findCase(client, id)
      return row === undefined ? [] : await readCaseEvents(client, id, sealOf(sealer, row))
    },
    pay: (client, id) => pay(options, client, id),
    decideByRule: (client, id, ruling) => decideByRule(options, client, id, ruling),
    carryOut: (client, id, data) => act(client, id, { action: 'carry-out', words: { data } }),
    returnToOfficer: async (client, id, why) =>
      await act(client, id, { action: 'send-back', words: { text: caseText(why) } }),
    complete: (client, id) => act(client, id, { action: 'complete' }),
    markOverdue: (limit = 100) => sweep(options, 'overdue', limit),
    lapse: (limit = 100) => sweep(options, 'lapse', limit),
    postpone: (limit = 100) => postpone(options, limit),
    endedBefore: async (at, filter) => (await readEndedBefore(pool, at, filter)).map(caseSummary),
    // Why stands in nothing that is destroyed: it is the log's.
    async erase(client, id, why) {
      options.log.info({ case: id, why: caseText(why) }, 'case erased')
      return await act(client, id, { action: 'erase' })
    },
  }
}

async function locked(client: PoolClient, id: string): Promise<WholeCaseRow> {
  const row = await lockCase(client, id)
  if (row === undefined) throw new Problem(caseProblems['case-not-found'])
  return row
}

async function actAsSystem(
  options: CasesOptions,
  client: PoolClient,
  id: string,
  deed: SystemDeed,
): Promise<CaseSummary> {
  const row = await locked(client, id)
  return caseSummary(await append(options, client, row, { ...deed, by: 'system' }))
}

async function pay(options: CasesOptions, client: PoolClient, id: string): Promise<CaseSummary> {
  const row = await locked(client, id)
  if (row.is_paid) return caseSummary(row)
  return caseSummary(await append(options, client, row, { action: 'pay', by: 'system' }))
}

async function decideByRule(
  options: CasesOptions,
  client: PoolClient,
  id: string,
  ruling: CaseRuling,
): Promise<CaseSummary> {
  assertRuling(ruling)
  const { outcome, favours, reasons, inputs } = ruling
  const decision = { outcome, favours, reasons, inputs, at: options.clock(), stage: 'first' as const }
  const row = await locked(client, id)
  const isSigned = isSignedByOfficers(row.plan, outcome)
  const deed: CaseDeed = { action: 'decide', by: 'system', favours, isSigned, words: { decision } }
  return caseSummary(await append(options, client, row, deed))
}

/** Several processes may do this at once: each takes other cases. */
async function sweep(options: CasesOptions, action: 'overdue' | 'lapse', limit: number): Promise<number> {
  const at = options.clock()
  return await inTransaction(options.pool, async (client) => {
    const rows = await (action === 'overdue' ? lockLate : lockLapsing)(client, at, limit)
    for (const row of rows) await append(options, client, row, { action, by: 'system' })
    return rows.length
  })
}
