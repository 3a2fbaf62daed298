import type { Signer } from '@sapan/trust'
import type { Moving } from '../membership/membership.ts'
import { exchangeProblem } from '../problems.ts'

/** The key with which a gateway signs for one of its members, and the certificate that says so. */
export interface MemberSigner {
  readonly member: string
  readonly signer: Signer
  /** SHA-256 fingerprint of the signing certificate, hex: the `keyid` of messages. */
  readonly keyId: string
  readonly certificate: Buffer
  /** The issuer and the root, DER. */
  readonly chain: readonly Buffer[]
  /** Set while the member moves here, or away: nothing new is begun for it. */
  readonly moving: Moving | null
}

/** After how many seconds a caller may try again where a member moves. */
const retryAfter = 5

/** The signers of the members that a gateway hosts; renewed certificates take effect at once. */
export class MemberSigners {
  #byMember: ReadonlyMap<string, MemberSigner> = new Map()
  /** Of members that have moved away since the start: others may not know it yet, and are told to come back. */
  readonly #departed = new Map<string, MemberSigner>()

  /** From now on these, and no others. */
  use(signers: readonly MemberSigner[]): void {
    const before = this.#byMember
    this.#byMember = new Map(signers.map((signer) => [signer.member, signer]))
    for (const [member, signer] of before) {
      if (signer.moving === 'out' && !this.#byMember.has(member)) this.#departed.set(member, signer)
    }
    for (const member of this.#byMember.keys()) this.#departed.delete(member)
  }

  /** The members that the gateway hosts. */
  members(): string[] {
    return [...this.#byMember.keys()]
  }

  /** Those of them whose logs are here. */
  logged(): string[] {
    return this.members().filter((member) => this.of(member).moving !== 'in')
  }

  /** Those of them that do not move. */
  staying(): string[] {
    return this.members().filter((member) => this.of(member).moving === null)
  }

  /** Throws `gateway-not-ready` where the member has no certificate here yet. */
  of(member: string): MemberSigner {
    const signer = this.#byMember.get(member)
    if (!signer) throw exchangeProblem('gateway-not-ready')
    return signer
  }

  /** Who signs a refusal of a message to that member: any of ours, where it is not here. */
  forRefusal(member: string | undefined): MemberSigner {
    const found =
      member === undefined ? undefined : (this.#byMember.get(member) ?? this.#departed.get(member))
    if (found) return found
    for (const signer of this.#byMember.values()) return signer
    throw exchangeProblem('gateway-not-ready')
  }

  hosts(member: string): boolean {
    return this.#byMember.has(member)
  }

  isMoving(member: string): boolean {
    return this.#departed.has(member) || (this.#byMember.get(member)?.moving ?? null) !== null
  }

  /** Throws Problem `member-moving` where nothing new may be begun for the member. */
  checkStays(member: string): void {
    if (this.isMoving(member)) throw exchangeProblem('member-moving', { extensions: { retryAfter } })
  }
}
