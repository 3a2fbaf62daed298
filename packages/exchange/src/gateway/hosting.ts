import { listMoved } from '../evidence/store/log-heads.ts'
import { exchangeProblem } from '../problems.ts'
import type { GatewayGround } from './ground.ts'
import type { LogKeys } from './log-keys.ts'
import type { GatewayMembership } from './membership.ts'
import { clearMember } from './moving/clear-member.ts'

/**
 * Takes members in and lets them go while the gateway runs. Whom it hosts is said by its membership alone; this follows it, also
 * where another process of the gateway has changed it.
 */
export class Hosting {
  readonly #ground: GatewayGround
  readonly #membership: GatewayMembership
  readonly #logKeys: LogKeys
  #following: Promise<void> = Promise.resolve()

  constructor(ground: GatewayGround, membership: GatewayMembership, logKeys: LogKeys) {
    this.#ground = ground
    this.#membership = membership
    this.#logKeys = logKeys
  }

  /** Takes the members of a hosting token in, and gives all that are then hosted. Throws what the center refuses with. */
  async host(token: string): Promise<string[]> {
    await this.#membership.host(token)
    await this.follow()
    await this.#ground.directory.refresh()
    return this.#ground.signers.members()
  }

  /**
   * Ends the hosting of a member: its services and grants are withdrawn, its log taken to its end, and the center told. The
   * evidence stays, and is still shown to the people whom it concerns. Throws `member-unknown` or `gateway-owner-stays`.
   */
  async end(member: string): Promise<void> {
    const { signers, services, issuedGrants, evidence } = this.#ground
    if (!signers.hosts(member)) throw exchangeProblem('member-unknown')
    if (this.#ground.settings.id.startsWith(`${member}/`)) throw exchangeProblem('gateway-owner-stays')
    if (await this.#hasLeft(member)) return this.#leave(member, true)
    const { publisher } = this.#membership
    const own = services.list().filter((service) => service.member === member)
    for (const { id } of own) await services.remove(id)
    const given = issuedGrants.list().filter(({ grant }) => grant.provider === member)
    for (const { hash } of given) await issuedGrants.withdraw(hash)
    await publisher.services(member, { register: [], withdraw: own.map(({ id }) => id) })
    await publisher.grants(member, { publish: [], withdraw: given.map(({ hash }) => hash) })
    await evidence.flush(member)
    await this.#leave(member, false)
    await clearMember(this.#ground.pool, member)
  }

  /** Whether the center was told already, and only its answer was lost. */
  async #hasLeft(member: string): Promise<boolean> {
    const { directory, settings } = this.#ground
    await directory.refresh()
    return !directory.current().speaksFor(settings.id, member)
  }

  async #leave(member: string, stated: boolean): Promise<void> {
    await this.#membership.leave({ member, stated })
    await this.follow()
    await this.#ground.directory.refresh()
  }

  /** Brings signers and logs in line with the membership. One after another. */
  follow(): Promise<void> {
    const followed = this.#following.then(() => this.#follow())
    this.#following = followed.catch(() => {})
    return followed
  }

  async #follow(): Promise<void> {
    const { signers, evidence } = this.#ground
    const named = this.#membership.signers()
    const members = named.map(({ member }) => member)
    await this.#logKeys.load(members)
    const taken = named.filter(({ member, moving }) => moving === null && !signers.hosts(member))
    const gone = signers.members().filter((member) => !members.includes(member))
    // Logs before signers: nothing is signed for a member of which no evidence can be kept.
    for (const { member } of taken) await evidence.host(member)
    signers.use(named)
    for (const member of gone) {
      await evidence.leave(member)
    }
    if (gone.length > 0) await this.clear()
    for (const { member } of taken) await this.publishLogKeys(member)
  }

  /** Removes what members that have moved away took with them, also where a crash left it: services, grants, messages. */
  async clear(): Promise<void> {
    const { signers, pool, services, issuedGrants } = this.#ground
    for (const member of await listMoved(pool)) if (!signers.hosts(member)) await clearMember(pool, member)
    await Promise.all([services.load(), issuedGrants.load()])
  }

  /**
   * The center publishes the key of each member's log, without which its witness knows no such log. An epoch that has another key was
   * begun elsewhere, and that never changes: the log waits for `gateway recover`.
   */
  async publishLogKeys(member: string): Promise<void> {
    const { directory, evidence } = this.#ground
    const published = directory.current().member(member)?.log ?? []
    for (const key of await evidence.logKeys(member)) {
      if (!published.some(({ epoch }) => epoch === key.epoch)) {
        await this.#membership.publisher.logKey(member, key)
      }
    }
  }
}
