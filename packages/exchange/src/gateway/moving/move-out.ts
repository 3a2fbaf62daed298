import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KeyFolder } from '@sapan/trust'
import { forgetMoved } from '../../evidence/store/forget-moved.ts'
import { exchangeProblem } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import type { Hosting } from '../hosting.ts'
import type { GatewayMembership } from '../membership.ts'
import { subjectKeys } from '../subject-keys.ts'
import { sealFor } from './container.ts'
import { readMovingKey } from './moving-key.ts'
import { writeBundle } from './write-bundle.ts'

export interface MoveOutParts {
  readonly ground: GatewayGround
  readonly membership: GatewayMembership
  readonly hosting: Hosting
  readonly keys: KeyFolder
  /** Calls and messages of the member that are being answered. */
  readonly inFlight: (member: string) => number
}

/** What was given out last of a member, by which it is known that nothing came since. */
interface GivenOut {
  readonly sha256: string
  readonly state: string
}

/** Lets a member move to a gateway of its own: stands still for it, gives its file out, hands over. */
export class MoveOut {
  readonly #parts: MoveOutParts
  readonly #given = new Map<string, GivenOut>()

  constructor(parts: MoveOutParts) {
    this.#parts = parts
  }

  /**
   * Begins nothing more for the member, lets end what runs, takes its log to its end, and gives everything of it, encrypted to the
   * gateway that waits. May be repeated. Throws `member-unknown`, `gateway-owner-stays`, `request-invalid`.
   */
  async begin(member: string, keyText: string): Promise<AsyncIterable<Buffer>> {
    const { ground, membership, hosting } = this.#parts
    const key = readMovingKey(keyText)
    if (!ground.signers.hosts(member)) throw exchangeProblem('member-unknown')
    if (ground.settings.id.startsWith(`${member}/`)) throw exchangeProblem('gateway-owner-stays')
    if (!key.gateway.startsWith(`${member}/`)) throw exchangeProblem('successor-not-waiting')
    await membership.moving(member, 'out')
    await hosting.follow()
    await this.#drain(member)
    await ground.evidence.flush(member)
    return this.#file(member, key)
  }

  /** What was begun before ends by itself; what hangs is cut off by the time-outs of messages. */
  async #drain(member: string): Promise<void> {
    const { ground, inFlight } = this.#parts
    const deadline = performance.now() + ground.settings.timeouts.message * 1000
    while (inFlight(member) > 0 && performance.now() < deadline) await sleep(50)
  }

  async *#file(member: string, key: ReturnType<typeof readMovingKey>): AsyncGenerator<Buffer> {
    const { ground, keys } = this.#parts
    this.#given.delete(member)
    const state = await stateOf(ground, member)
    const lines = new PassThrough({ objectMode: true, highWaterMark: 64 })
    // Whoever reads is told by the reading itself.
    lines.on('error', () => {})
    const order = {
      member,
      to: key.gateway,
      subjectKeys: [...(await subjectKeys(keys)).values()],
      keyOf: ground.evidence.keyOf,
    }
    const write = async (line: string) => {
      if (lines.destroyed) throw new Error('nobody reads any more')
      if (!lines.write(line)) await once(lines, 'drain')
    }
    const written = writeBundle(ground, order, write).then(
      () => lines.end(),
      (error: Error) => lines.destroy(error),
    )
    const hash = createHash('sha256')
    try {
      for await (const piece of sealFor(key.jwk, lines)) {
        hash.update(piece)
        yield piece
      }
      this.#given.set(member, { sha256: hash.digest('hex'), state })
    } finally {
      // Where the reader went away, the transaction that writes ends too.
      lines.destroy(new Error('nobody reads any more'))
      await written
    }
  }

  /**
   * Tells the center that the gateway that waits speaks for the member from now on, when the file of that digest was given out
   * last and nothing came since. From then on this gateway can do nothing for the member. Throws `moving-file-outdated`,
   * `successor-not-waiting`, and what the center refuses with.
   */
  async handOver(member: string, keyText: string, sha256: string): Promise<void> {
    const { ground, membership, hosting } = this.#parts
    const { gateway: successor } = readMovingKey(keyText)
    const given = this.#given.get(member)
    if (given?.sha256 !== sha256 || given.state !== (await stateOf(ground, member))) {
      throw exchangeProblem('moving-file-outdated')
    }
    await ground.directory.refresh()
    const stated = !ground.directory.current().speaksFor(ground.settings.id, member)
    await ground.evidence.moveOut(member, true)
    await membership.leave({ member, stated, successor })
    await hosting.follow()
    await ground.directory.refresh()
  }

  /**
   * Removes the evidence of a member that was handed over, which has it all at its own place. Throws
   * `moving-not-handed-over`.
   */
  async forget(member: string): Promise<void> {
    const { signers, pool } = this.#parts.ground
    if (signers.hosts(member) || !(await forgetMoved(pool, member))) {
      throw exchangeProblem('moving-not-handed-over')
    }
  }

  /** The member stays after all. Throws `member-unknown` where it does not move. */
  async cancel(member: string): Promise<void> {
    const { ground, membership, hosting } = this.#parts
    if (ground.signers.hosts(member) && !ground.signers.isMoving(member)) {
      throw exchangeProblem('member-unknown')
    }
    await membership.moving(member, null)
    await ground.evidence.moveOut(member, false)
    await hosting.follow()
  }
}

/** Changes with every record and every statement of the member's log, and every message that waits. */
async function stateOf({ pool }: GatewayGround, member: string): Promise<string> {
  const { rows } = await pool.query<{ state: string }>(
    `select concat_ws(' ',
       (select concat(count(*), ' ', max(txid)) from evidence.record where member = $1),
       (select concat(count(*), ' ', max(txid)) from evidence.statement where member = $1),
       (select concat(count(*), ' ', count(receipt_outcome), ' ', max(number)) from queue.outgoing where starts_with(client, $1 || '/')),
       (select concat(count(*), ' ', count(receipt_outcome), ' ', max(number)) from queue.incoming where starts_with(service, $1 || '/')),
       (select max(number) from queue.topic_event where starts_with(service, $1 || '/'))) as state`,
    [member],
  )
  return rows[0]?.state ?? ''
}
