import { isDatabaseDown, type Logger, type Pool, Problem, type Text } from '@sapan/kernel'
import { parseCheckpoint, parseNote } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import type { PublishedEpoch } from './begun-elsewhere.ts'
import type { Checkpointer } from './checkpointing.ts'
import { logOrigin } from './origin.ts'
import type { LastKnown } from './recover.ts'
import type { Sequencer, SequencerStep } from './sequencer.ts'
import type { EvidenceSettings } from './settings.ts'
import type { Stamping } from './stamping.ts'
import { readLastCheckpoint, type StoredCheckpoint } from './store/checkpoints.ts'
import type { LogHead } from './store/log-heads.ts'
import { isRestored } from './store/restored.ts'
import type { WitnessClient } from './witness-client.ts'
import { witnessesNeeded } from './witness-policy.ts'
import type { Offered, Witnessing } from './witnessing.ts'

export interface LogKeeperParts {
  readonly pool: Pool
  readonly member: string
  readonly log: Logger
  readonly sequencer: Sequencer
  readonly checkpointer: Checkpointer
  readonly witnessing: Witnessing
  readonly stamping: Stamping
  readonly settings: EvidenceSettings
  readonly witnesses: () => readonly WitnessClient[]
  readonly witnessesAtLeast: number
  /** See the function `begunElsewhere`. */
  readonly elsewhere: (epoch: number) => readonly PublishedEpoch[]
  /** The log was found in another epoch than before. */
  readonly onEpoch: () => Promise<void>
}

/** The lease under which witnesses confirmed that they know no more than this database. */
interface Confirmation {
  readonly epoch: number
  readonly term: number
}

/**
 * Keeps one member's log going: sequences what was recorded, signs checkpoints, has them witnessed and stamped.
 * Before it signs under a new lease, as many witnesses as are demanded must have said that they know no more than the
 * database has: a database that was set back would otherwise sign a second history.
 */
export class LogKeeper {
  readonly #parts: LogKeeperParts
  #running = false
  #timer: NodeJS.Timeout | undefined
  #due = 0
  #rounds: Promise<unknown> = Promise.resolve()
  #publishing: Promise<unknown> = Promise.resolve()
  #publishSoon = false
  #confirmed: Confirmation | undefined
  #witnessedSize: number | null = null
  #epoch = 0
  /** What the last round found. */
  leading = false
  /** Why the log may not go on; null while it may. */
  recoverNeeded: Text | null = null
  /** Why the last round failed; null when it did not. */
  failure: string | null = null

  constructor(parts: LogKeeperParts) {
    this.#parts = parts
  }

  witnessFailure(name: string): string | null {
    return this.#parts.witnessing.failures.get(name) ?? null
  }

  get stampFailure(): string | null {
    return this.#parts.stamping.failure
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#wakeIn(0)
  }

  async stop(): Promise<void> {
    this.#running = false
    clearTimeout(this.#timer)
    await this.#rounds
    await this.#publishing
    if (!this.leading) return
    this.leading = false
    await this.#parts.sequencer.release().catch(() => {})
  }

  /** Something was recorded. */
  nudge(): void {
    if (this.#running) this.#wakeIn(this.#parts.settings.sequenceAfter)
  }

  /** After a recovery the log may go on: by this process, or by another, which shows in the epoch. */
  forget(): void {
    this.recoverNeeded = null
    this.#confirmed = undefined
    this.#witnessedSize = null
  }

  /**
   * Looks whether the log may go on, and gives what is known of its end. Throws `evidence-recover-refused` where it
   * may, unless `force` is set.
   */
  async lastKnown(force: boolean): Promise<LastKnown> {
    try {
      await this.round(true)
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#halt('damaged')
    }
    if (!this.recoverNeeded && !force) throw new Problem(exchangeProblems['evidence-recover-refused'])
    const reason = this.recoverNeeded?.en ?? 'The operator asked for it.'
    const { pool, member } = this.#parts
    const epoch = await readEpoch(pool, member)
    const elsewhere = this.#parts.elsewhere(epoch)
    const last = elsewhere.at(-1)?.epoch
    const checkpoint = await this.#latestWitnessed(last ?? epoch)
    // Of an epoch that is not here nothing could be offered to witnesses.
    const witnessed = last === undefined || checkpoint === null ? this.#witnessedSize : sizeOf(checkpoint)
    return { reason, witnessedSize: witnessed, checkpoint, elsewhere }
  }

  /** The longest checkpoint of an epoch that a witness tells. */
  async #latestWitnessed(epoch: number): Promise<string | null> {
    const { member, witnesses, log } = this.#parts
    let longest: string | null = null
    for (const witness of witnesses()) {
      try {
        const note = (await witness.latest?.(logOrigin(member, epoch))) ?? null
        if (note !== null && sizeOf(note) > (longest === null ? -1 : sizeOf(longest))) longest = note
      } catch (error) {
        log.warn({ member, witness: witness.name, error }, 'the witness did not tell its latest checkpoint')
      }
    }
    return longest
  }

  /** One round: sequence and sign; `take` takes the lease from whoever holds it. Rounds come one after another; gives the head, and whether this process leads. */
  round(take = false): Promise<SequencerStep> {
    const round = this.#rounds.then(() => this.#round(take))
    this.#rounds = round.catch(() => {})
    return round
  }

  /** Has the newest checkpoint witnessed and stamped. One at a time; `force` does not wait for the next stamp. */
  publish(force: boolean): Promise<void> {
    const publication = this.#publishing.then(() => this.#publish(force))
    this.#publishing = publication.catch(() => {})
    return publication
  }

  #wakeIn(milliseconds: number): void {
    const due = performance.now() + milliseconds
    if (this.#timer && this.#due <= due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#turn()
    }, milliseconds)
  }

  async #turn(): Promise<void> {
    try {
      await this.round()
      this.failure = null
      this.#publishInBackground()
    } catch (error) {
      this.#note(error)
    }
    if (this.#running) this.#wakeIn(this.#parts.settings.lookEvery)
  }

  #note(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    const { log, member } = this.#parts
    if (reason !== this.failure) {
      const level = isDatabaseDown(error) ? 'warn' : 'error'
      log[level]({ member, error }, 'the evidence log could not be taken further')
    }
    this.failure = reason
    this.leading = false
  }

  /** Witnesses and authorities may be slow; the log goes on meanwhile. */
  #publishInBackground(): void {
    if (!this.leading || this.#publishSoon) return
    this.#publishSoon = true
    void this.publish(false)
      .catch((error: unknown) => this.#note(error))
      .finally(() => {
        this.#publishSoon = false
      })
  }

  async #round(take: boolean): Promise<SequencerStep> {
    const { sequencer, checkpointer } = this.#parts
    let step = await sequencer.step(take)
    // Only a full step has left something behind: what came meanwhile waits for the next round, or none would ever sign.
    while (step.leading && step.full) {
      const next = await sequencer.step()
      step = { ...next, added: step.added + next.added }
    }
    this.leading = step.leading
    if (step.head.epoch > this.#epoch) {
      this.#epoch = step.head.epoch
      this.forget()
      await this.#parts.onEpoch()
    }
    if (!step.leading) return step
    if (this.#parts.elsewhere(step.head.epoch).length > 0) this.#halt('elsewhere')
    else if (step.behind) this.#halt('moved')
    else if (await checkpointer.isSetBack(step.head)) this.#halt('set-back')
    else if (await this.#mayGoOn(step.head)) await this.#sign(step.head)
    return step
  }

  async #sign(head: LogHead): Promise<void> {
    const { pool, member, checkpointer } = this.#parts
    const last = await readLastCheckpoint(pool, member, head.epoch)
    if (head.size > (last?.size ?? 0)) await checkpointer.sign(head)
  }

  /** Under a new lease: is the tree as it was signed, and does no witness know more? */
  async #mayGoOn(head: LogHead): Promise<boolean> {
    if (this.recoverNeeded) return false
    if (this.#confirmed?.epoch === head.epoch && this.#confirmed.term === head.term) return true
    const { pool, member, checkpointer, witnessing, witnesses, witnessesAtLeast } = this.#parts
    // Witnesses are asked nevertheless: how much they know goes into the recovery.
    if (await isRestored(pool, member)) this.#halt('restored')
    const last = (await checkpointer.checkLast(head.epoch)) ?? (await checkpointer.empty(head.epoch))
    const offered = await witnessing.offer(last, true)
    this.#heed(offered)
    if (this.recoverNeeded) return false
    const confirming = offered.filter(({ outcome }) => outcome === 'cosigned' || outcome === 'behind')
    if (confirming.length < witnessesNeeded(witnessesAtLeast, witnesses().length)) return false
    this.#confirmed = { epoch: head.epoch, term: head.term }
    return true
  }

  async #publish(force: boolean): Promise<void> {
    const { pool, member, witnessing, stamping } = this.#parts
    const checkpoint = await this.#newestCheckpoint(pool, member)
    if (!checkpoint || this.recoverNeeded) return
    // Neither is left running by the other's failure: `stop` waits for what runs.
    const [offered, stamped] = await Promise.allSettled([
      witnessing.offer(checkpoint),
      stamping.stamp(checkpoint, force),
    ])
    if (offered.status === 'rejected') throw offered.reason
    this.#heed(offered.value)
    if (stamped.status === 'rejected') throw stamped.reason
  }

  async #newestCheckpoint(pool: Pool, member: string): Promise<StoredCheckpoint | undefined> {
    return await readLastCheckpoint(pool, member, await readEpoch(pool, member))
  }

  #heed(offered: readonly Offered[]): void {
    for (const each of offered) {
      if (each.outcome !== 'ahead') continue
      this.#witnessedSize = Math.max(this.#witnessedSize ?? 0, each.size)
      this.#halt('set-back')
    }
    if (offered.some(({ outcome }) => outcome === 'contradicts')) this.#halt('contradicted')
  }

  #halt(why: keyof typeof reasons): void {
    if (this.recoverNeeded) return
    this.recoverNeeded = reasons[why]
    this.#parts.log.error(
      { member: this.#parts.member, reason: reasons[why].en },
      'gateway recover is needed',
    )
  }
}

const reasons = {
  'set-back': {
    th: 'พยานรู้จักล็อกที่ยาวกว่าในฐานข้อมูล: ฐานข้อมูลถูกกู้คืนจากสำเนาเก่า',
    en: 'More of the log was witnessed than the database has: it was restored from an older copy.',
  },
  restored: {
    th: 'ฐานข้อมูลถูกกู้คืนจากแฟ้มสำรอง',
    en: 'The database was restored from a backup.',
  },
  contradicted: {
    th: 'พยานรู้จักล็อกอื่นในชื่อเดียวกัน',
    en: 'A witness knows another log under the same name.',
  },
  elsewhere: {
    th: 'สารบบระบุรุ่นของล็อกที่เริ่มไว้ที่อื่น ซึ่งไม่มีในฐานข้อมูลนี้',
    en: 'The directory names an epoch of the log that was begun elsewhere and is not in this database.',
  },
  damaged: {
    th: 'ต้นไม้ของล็อกไม่ตรงกับจุดตรวจที่ลงนามไว้',
    en: 'The tree of the log does not have the root that was signed.',
  },
  moved: {
    th: 'ตัวนับธุรกรรมของฐานข้อมูลตามหลังล็อก: ฐานข้อมูลถูกย้ายไปยังเซิร์ฟเวอร์อื่น',
    en: 'The database’s transaction counter is behind the log: it was moved to another server.',
  },
} as const satisfies Record<string, Text>

async function readEpoch(pool: Pool, member: string): Promise<number> {
  const { rows } = await pool.query<{ epoch: number }>('select epoch from evidence.log where member = $1', [
    member,
  ])
  return rows[0]?.epoch ?? 1
}

function sizeOf(note: string): number {
  return parseCheckpoint(parseNote(note).text).size
}

/** Tells damage, which a person must look at, from trouble that passes. */
function isDamage(error: unknown): boolean {
  return error instanceof Problem && error.code === 'evidence-damaged'
}
