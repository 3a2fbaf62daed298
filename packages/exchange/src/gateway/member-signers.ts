import type { Signer } from '@sapan/trust'
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
}

/** The signers of the members that a gateway hosts; renewed certificates take effect at once. */
export class MemberSigners {
  #byMember: ReadonlyMap<string, MemberSigner> = new Map()

  /** From now on these, and no others. */
  use(signers: readonly MemberSigner[]): void {
    this.#byMember = new Map(signers.map((signer) => [signer.member, signer]))
  }

  /** The members that the gateway hosts. */
  members(): string[] {
    return [...this.#byMember.keys()]
  }

  /** Throws `gateway-not-ready` where the member has no certificate here yet. */
  of(member: string): MemberSigner {
    const signer = this.#byMember.get(member)
    if (!signer) throw exchangeProblem('gateway-not-ready')
    return signer
  }

  /** Any of them, to sign a refusal of a message that names no member of ours. */
  any(): MemberSigner {
    for (const signer of this.#byMember.values()) return signer
    throw exchangeProblem('gateway-not-ready')
  }

  hosts(member: string): boolean {
    return this.#byMember.has(member)
  }
}
