import { copyIn, GroupCommit, isDatabaseDown, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import { CircumstancesCache } from './circumstances.ts'
import { commitTo, sealContent } from './content.ts'
import { recordDigestHex } from './leaf.ts'
import type { EvidenceRecord } from './record.ts'
import { keepCircumstances } from './store/circumstances.ts'
import { copyRecords, encodeRecords, type NewRecord } from './store/records.ts'
import type { OwnRecord } from './stored.ts'

export interface RecorderOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  /** How long a commit may take before the database counts as down. */
  readonly commitWithin: number
  /** Called after each commit with the members concerned. */
  readonly onCommit: (members: ReadonlySet<string>) => void
}

/** Records that stand or fall together. */
interface Item {
  readonly rows: readonly NewRecord[]
  failure: unknown
}

/** How often a database that was lost is looked for. Meanwhile records are refused at once: nobody waits for it. */
const probeEvery = 250

const uniqueViolation = '23505'

/**
 * Keeps records durably. Whatever waits is one COPY and one commit on one connection, which is held; a second one
 * would gain nothing, since both would wait for the same disk.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #group: GroupCommit<Item>
  readonly #circumstances = new CircumstancesCache()
  #client: PoolClient | undefined
  #connecting: Promise<PoolClient> | undefined
  #down = false
  #closed = false
  #probe: NodeJS.Timeout | undefined

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#group = new GroupCommit<Item>({ write: (items) => this.#write(items), most: 64, queueLimit: 4096 })
  }

  /** See `Evidence.record`. */
  async record(records: readonly EvidenceRecord[]): Promise<void> {
    if (records.length === 0) return
    if (this.#down || this.#closed) throw new Problem(exchangeProblems['evidence-unavailable'])
    const item: Item = { rows: records.map((record) => this.#seal(record)), failure: undefined }
    await this.#group.add(item)
    if (item.failure !== undefined) throw item.failure
  }

  /** Takes records again after `close`. */
  open(): void {
    this.#closed = false
    this.#down = false
  }

  /** Refuses further records, waits for what is under way and gives the connection back. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#probe)
    await this.#group.idle()
    if (this.#client) this.#giveBack(this.#client)
  }

  #seal(record: EvidenceRecord): NewRecord {
    const { subjects, body, bodyDigest, head } = record
    if (bodyDigest.length !== 32 || subjects.some((subject) => subject.length !== 32)) {
      throw new TypeError('a body digest or subject does not have 32 bytes')
    }
    const committed = commitTo(head, bodyDigest, body)
    const circumstances = this.#circumstances.of(record)
    const own: OwnRecord = {
      member: record.member,
      exchange: record.exchange,
      side: record.side,
      kind: record.kind,
      at: record.at,
      status: record.status,
      problem: record.problem,
      subjects: subjects.map((subject) => subject.toString('hex')).join(''),
      fields: JSON.stringify(record.fields),
      bodyBytes: record.bodyBytes,
      directoryVersion: record.directoryVersion,
      commitment: committed.commitment,
    }
    const digest = recordDigestHex(circumstances.text, own)
    return { own, circumstances, digest, content: sealContent(this.#options.sealer, digest, committed) }
  }

  async #write(items: Item[]): Promise<void> {
    if (this.#down) throw new Problem(exchangeProblems['evidence-unavailable'])
    try {
      await this.#copy(items.flatMap((item) => item.rows))
    } catch (error) {
      if (items.length === 1 || isLost(error)) throw this.#refusal(error)
      await this.#writeOneByOne(items)
    }
    this.#options.onCommit(new Set(items.flatMap(({ rows }) => rows.map(({ own }) => own.member))))
  }

  /** One bad item must not take its group with it: a peer could send the same exchange twice on purpose. */
  async #writeOneByOne(items: readonly Item[]): Promise<void> {
    for (const item of items) {
      try {
        await this.#copy(item.rows)
      } catch (error) {
        item.failure = this.#refusal(error)
      }
    }
  }

  async #copy(rows: readonly NewRecord[]): Promise<void> {
    const data = encodeRecords(rows)
    const client = await this.#connection()
    try {
      await within(this.#options.commitWithin, store(client, rows, data))
    } catch (error) {
      // After anything but a refusal of the rows, the state of the connection is unknown.
      if (!isRefusalOfRows(error)) this.#drop(client)
      throw error
    }
  }

  async #connection(): Promise<PoolClient> {
    if (this.#client) return this.#client
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined
    })
    return await this.#connecting
  }

  async #connect(): Promise<PoolClient> {
    const client = await this.#options.pool.connect()
    // A connection that dies while idle is met here, so that the next record does not fail on it.
    client.once('error', () => this.#drop(client))
    this.#client = client
    return client
  }

  /** Refuses records until a connection is there again. */
  #lookFor(): void {
    if (this.#closed) return
    this.#down = true
    clearTimeout(this.#probe)
    this.#probe = setTimeout(() => {
      this.#connection().then(
        (client) => {
          this.#down = false
          if (this.#closed) this.#giveBack(client)
        },
        () => this.#lookFor(),
      )
    }, probeEvery)
    this.#probe.unref()
  }

  #drop(client: PoolClient): void {
    this.#giveBack(client, true)
  }

  #giveBack(client: PoolClient, broken = false): void {
    if (this.#client !== client) return
    this.#client = undefined
    client.release(broken)
  }

  #refusal(error: unknown): unknown {
    if (codeOf(error) === uniqueViolation) {
      return new Problem(exchangeProblems['evidence-duplicate'], { cause: error })
    }
    if (!isLost(error)) return error
    this.#lookFor()
    return new Problem(exchangeProblems['evidence-unavailable'], { cause: error })
  }
}

/** New circumstances are there before the records that name them; without these they do no harm. */
async function store(client: PoolClient, rows: readonly NewRecord[], data: Buffer): Promise<void> {
  const added = new Set(
    rows.map(({ circumstances }) => circumstances).filter((each) => each.keptOn !== client),
  )
  if (added.size > 0) await keepCircumstances(client, [...added])
  for (const each of added) each.keptOn = client
  await copyIn(client, copyRecords, data)
}

class CommitTimeout extends Error {}

/** Whether it is open what became of the rows, or clear that nothing can be kept for now. */
function isLost(error: unknown): boolean {
  return isDatabaseDown(error) || error instanceof CommitTimeout
}

/** Classes 22 (data exception) and 23 (integrity constraint) of SQLSTATE. */
function isRefusalOfRows(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CommitTimeout('the commit took too long')), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
