import type { Clock, Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { SignedMessage } from '../signature/message.ts'
import type { Content } from './content.ts'
import { type Contents, headOrNothing, isOfArchive, type Kept } from './contents.ts'
import { openCursor, sealCursor } from './cursor.ts'
import type { KeyOfEpoch } from './epoch-keys.ts'
import { readFields, summarise } from './list.ts'
import { type Opening, readOpenings } from './openings.ts'
import type { EvidenceSide, ExchangeState } from './record.ts'
import { isQuestion, questionIn, type ShownQuestion } from './shown-question.ts'
import { readClearRecords, readContents, type SideKey, sideKeyText } from './store/exchanges.ts'
import { findAccesses, readWithheld } from './store/usage.ts'
import type { StoredRecord } from './stored.ts'
import { isRefused, type Vouched, vouchedIn } from './vouched.ts'

/** Whose accesses: the person's keyed hash under each key version. */
export interface UsageQuery {
  readonly subjects: readonly Buffer[]
  /** Only as kept by this member. */
  readonly member?: string
  /** At most this many; 50 when absent, 200 at most. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly after?: string
}

/** Who looked, as shown to the person. Times are ISO 8601 in UTC. */
export interface ShownAccess extends Vouched {
  readonly withheld: false
  readonly exchange: string
  readonly at: string
  /** The member whose gateway says so, and on which side of the exchange it stood. */
  readonly member: string
  readonly side: EvidenceSide
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly purpose: string
  readonly impliedPurpose: boolean
  readonly law: string
  readonly fields: readonly string[]
  readonly state: ExchangeState
  readonly status: number | null
  /** In what it was out of the usual; absent where it was not. */
  readonly unusual?: readonly string[]
  /** When an operator of this member opened what is kept sealed of it, and why; absent where nobody has. */
  readonly openings?: readonly Pick<Opening, 'at' | 'reason'>[]
  /** Where a question was answered in place of giving data. */
  readonly question?: ShownQuestion
}

/** An access that the law keeps from the person for a time; nothing else of it is told, not even its place in time. */
export interface WithheldAccess {
  readonly withheld: true
  readonly withheldUntil: string
}

export interface UsagePage {
  /** Withheld ones first, on the first page; then the newest first. */
  readonly accesses: readonly (ShownAccess | WithheldAccess)[]
  readonly next: string | null
}

export interface UsageReaderOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly contents: Contents
  readonly keyOf: KeyOfEpoch
  readonly members: () => readonly string[]
  readonly clock: Clock
}

/** Who looked at a person's data, as this gateway's members know it. See `Evidence.findUsage`. */
export async function findUsage(options: UsageReaderOptions, query: UsageQuery): Promise<UsagePage> {
  const { pool, sealer, clock } = options
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const members = options.members().filter((member) => query.member === undefined || query.member === member)
  const after = query.after === undefined ? undefined : openCursor(sealer, query.after)
  const now = clock()
  const keys = await findAccesses(pool, members, query.subjects, after, now, limit + 1)
  const shown = keys.slice(0, limit)
  const [records, contents, openings] = await Promise.all([
    readClearRecords(pool, shown),
    readContents(pool, 'request', shown),
    readOpenings(options, shown),
  ])
  const questions = shown.filter((key) => isQuestion(records.get(sideKeyText(key)) ?? []))
  const answers = questions.length === 0 ? undefined : await readContents(pool, 'answer', questions)
  const accesses = await Promise.all(
    shown.map(async (key) => {
      const text = sideKeyText(key)
      const request = contents.get(text)
      const head = request ? await headOrNothing(options.contents, request) : null
      const question = await questionOf(options.contents, head, answers?.get(text))
      const opened = openings.get(text)?.map(({ at, reason }) => ({ at, reason }))
      return showAccess(key, records.get(text) ?? [], head).map((access) => ({
        ...access,
        ...(opened ? { openings: opened } : {}),
        ...(question ? { question } : {}),
      }))
    }),
  )
  const withheld = after ? [] : await readWithheld(pool, members, query.subjects, now, 200)
  const last = shown.at(-1)
  return {
    accesses: [
      ...withheld.map((until) => ({ withheld: true as const, withheldUntil: new Date(until).toISOString() })),
      ...accesses.flat(),
    ],
    next: keys.length > limit && last ? sealCursor(sealer, last) : null,
  }
}

/** What was asked and answered; undefined where it is not kept, and while the archive in which it lies gives nothing. */
async function questionOf(
  contents: Contents,
  head: SignedMessage | null,
  answer: Kept | undefined,
): Promise<ShownQuestion | undefined> {
  if (answer === undefined) return undefined
  let said: Content
  try {
    said = await contents.open(answer)
  } catch (error) {
    if (isOfArchive(error)) return undefined
    throw error
  }
  return questionIn(head, said)
}

function showAccess(
  key: SideKey,
  records: readonly StoredRecord[],
  head: SignedMessage | null,
): ShownAccess[] {
  const summary = summarise(records)
  if (!summary) return []
  const fields = new Set(records.flatMap((record) => readFields(record.fields)))
  return [
    {
      withheld: false,
      ...key,
      at: summary.at,
      client: summary.client,
      service: summary.service,
      operation: summary.operation,
      purpose: summary.purpose,
      impliedPurpose: summary.impliedPurpose,
      law: summary.law,
      fields: [...fields],
      state: summary.state,
      status: summary.status,
      ...vouchedIn(head, isRefused(summary)),
    },
  ]
}
