import type { KeyFolder, Signer } from '@sapan/trust'
import { logSigner } from '../membership/membership.ts'

/** The keys of the members' logs, from the key folder. One key serves every epoch that this gateway began. */
export class LogKeys {
  readonly #keys: KeyFolder
  readonly #signers = new Map<string, Signer>()

  constructor(keys: KeyFolder) {
    this.#keys = keys
  }

  /** Makes them known to `of`; a member's first log gets its key here. */
  async load(members: readonly string[]): Promise<void> {
    for (const member of members) {
      if (!this.#signers.has(member)) this.#signers.set(member, await logSigner(this.#keys, member))
    }
  }

  of(member: string): Signer {
    const signer = this.#signers.get(member)
    if (!signer) throw new Error(`no log key for ${member}`)
    return signer
  }
}
