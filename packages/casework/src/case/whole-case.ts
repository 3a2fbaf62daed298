import type { Database } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { readContent } from '../store/case/cases.ts'
import { readCaseEvent, readReplies } from '../store/case/events.ts'
import { caseSummary, type WholeCaseRow } from '../store/case/row.ts'
import { type CaseSeal, caseSeal } from '../store/case/sealing.ts'
import type { Case, CaseDecision } from './case.ts'

/** The case with what it holds, opened. */
export async function wholeCase(
  { sealer }: { readonly sealer: Sealer },
  client: Database,
  row: WholeCaseRow,
): Promise<Case> {
  const seal = sealOf(sealer, row)
  const sealed = seal === undefined ? null : await readContent(client, row.id)
  const decision = await decisionOf(client, row, seal)
  const replies = seal === undefined ? [] : await readReplies(client, row.id, seal)
  return {
    ...withoutContent(row),
    content: sealed === null || seal === undefined ? null : seal.openContent(sealed),
    ...(replies.length === 0 ? {} : { replies }),
    ...(decision === undefined ? {} : { decision }),
  }
}

export function withoutContent(row: WholeCaseRow): Case {
  return {
    ...caseSummary(row),
    applicant: row.applicant,
    ...(row.party === null ? {} : { party: row.party }),
    awaitedConsents: row.awaited_consents,
    content: null,
    plan: row.plan,
    fee: row.fee,
    ...(row.erased_at === null ? {} : { erasedAt: row.erased_at.getTime() }),
  }
}

/** Undefined where the case was erased. */
export function sealOf(sealer: Sealer, { id, key_sealed }: WholeCaseRow): CaseSeal | undefined {
  return key_sealed === null ? undefined : caseSeal(sealer, id, key_sealed)
}

/** The decision that stands, or that waits for others to join it or for its signature. */
export async function decisionOf(
  client: Database,
  { id, decision }: WholeCaseRow,
  seal: CaseSeal | undefined,
): Promise<CaseDecision | undefined> {
  if (decision === null) return undefined
  const event = await readCaseEvent(client, id, decision.event, seal)
  return event?.words?.decision
}
