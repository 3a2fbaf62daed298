import type { KeyFolder } from '@sapan/trust'
import { readLogHead } from '../../evidence/store/log-heads.ts'
import { exchangeProblem } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import type { Hosting } from '../hosting.ts'
import type { LogKeys } from '../log-keys.ts'
import type { GatewayMembership } from '../membership.ts'
import { adoptSubjectKeys } from '../subject-keys.ts'
import type { FirstLine } from './bundle.ts'
import { openSealedFile } from './container.ts'
import { linesOf } from './lines.ts'
import { formatMovingKey } from './moving-key.ts'
import { readBundle, readFirstLine } from './read-bundle.ts'

export interface MoveInParts {
  readonly ground: GatewayGround
  readonly membership: GatewayMembership
  readonly hosting: Hosting
  readonly keys: KeyFolder
  readonly logKeys: LogKeys
}

/** Takes a member in that moves here from another operator's gateway, with its log, grants and messages. */
export class MoveIn {
  readonly #parts: MoveInParts

  constructor(parts: MoveInParts) {
    this.#parts = parts
  }

  /** For whom the other gateway encrypts the member's file. */
  async key(): Promise<string> {
    return formatMovingKey(this.#parts.ground.settings.id, await this.#secret())
  }

  /**
   * Takes what the other gateway gave out, after it has handed over, and goes on with the member's log in a new epoch, under
   * a key that was never elsewhere. May be repeated after a crash. Throws `member-has-moved-in`, `moving-not-handed-over`,
   * `moving-file-unreadable`, `moving-file-for-another`.
   */
  async take(member: string, file: AsyncIterable<Uint8Array>): Promise<{ member: string; epoch: number }> {
    const { ground, membership, hosting, keys } = this.#parts
    if (!ground.signers.hosts(member)) throw exchangeProblem('member-unknown')
    if (ground.signers.of(member).moving !== 'in') throw exchangeProblem('member-has-moved-in')
    await ground.directory.refresh()
    if (!ground.directory.current().speaksFor(ground.settings.id, member)) {
      throw exchangeProblem('moving-not-handed-over')
    }
    const lines = linesOf(openSealedFile(await this.#secret(), file))
    const before = await readLogHead(ground.pool, ground.sealer, member)
    const first = before
      ? await readFirstLine(ground, member, lines)
      : await readBundle(ground, member, lines)
    await adoptSubjectKeys(
      keys,
      ground.subjects,
      first.subjectKeys.map((key) => Buffer.from(key, 'base64')),
    )
    const epoch = await this.#goOn(member, first)
    await Promise.all([ground.services.load(), ground.issuedGrants.load()])
    await membership.moving(member, null)
    await hosting.follow()
    return { member, epoch }
  }

  /** A new epoch, once: also where a crash came between it and the end. */
  async #goOn(member: string, first: FirstLine): Promise<number> {
    const { ground, hosting, logKeys } = this.#parts
    await logKeys.load([member])
    const head = (await readLogHead(ground.pool, ground.sealer, member))?.head
    if (head?.epoch === first.log.epoch) await ground.evidence.moveIn(member)
    else await ground.evidence.host(member)
    await hosting.publishLogKeys(member)
    return first.log.epoch + 1
  }

  #secret(): Promise<Buffer> {
    return this.#parts.keys.loadOrCreateSecret('moving')
  }
}
