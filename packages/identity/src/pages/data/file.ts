import type { SiteFile } from '@sapan/ui'
import type { HistoryEvent } from '../../history/history.ts'
import { evidenceOfAccount } from '../../proofing/store/evidence.ts'
import type { DataPagesOptions, DataRequest } from './options.ts'

const pageOfHistory = 200
const mostHistory = 5_000

/**
 * All that is kept of a person, for them alone (Personal Data Protection Act sections 30 and 31): UTF-8 JSON, times as
 * ISO 8601. Keys, secrets and codes are not theirs to take and stay here.
 */
export async function dataFile(options: DataPagesOptions, { who }: DataRequest): Promise<SiteFile> {
  const { ground, authenticators } = options
  const { account: id } = who
  const [account, profile, identifiers, evidence, ways, history] = await Promise.all([
    ground.accounts.find(id),
    ground.accounts.profileOf(id),
    ground.accounts.identifiersOf(id),
    evidenceOfAccount(ground.pool, id),
    authenticators.list(id),
    allHistory(options, id),
  ])
  const more = await Promise.all(
    Object.entries(options.more).map(async ([name, of]) => [name, await of(id)] as const),
  )
  const kept = {
    writtenAt: ground.clock(),
    account: account && {
      language: account.language,
      ial: account.ial,
      createdAt: account.createdAt,
      state: account.state,
    },
    profile,
    identifiers,
    proofing: evidence.map(({ officer, account: _, ...one }) => ({
      ...one,
      ...(officer && { checkedBy: officer.agency }),
    })),
    signingIn: ways,
    history,
    ...Object.fromEntries(more),
  }
  const body = `${JSON.stringify(kept, readable, 2)}\n`
  return { kind: 'file', contentType: 'application/json; charset=utf-8', name: 'sapan-my-data.json', body }
}

async function allHistory({ history }: DataPagesOptions, account: string) {
  const events: HistoryEvent[] = []
  while (events.length < mostHistory) {
    const before = events.at(-1)?.id
    const page = await history.list(account, { limit: pageOfHistory, ...(before && { before }) })
    events.push(...page)
    if (page.length < pageOfHistory) break
  }
  return events.map(({ at, text }) => ({ at, text }))
}

/** Milliseconds are for programs of ours; people and other programs read dates. */
function readable(name: string, value: unknown): unknown {
  const isTime = /(^at|At|^expires|Until|^from|^till)$/.test(name)
  return isTime && typeof value === 'number' ? new Date(value).toISOString() : value
}
