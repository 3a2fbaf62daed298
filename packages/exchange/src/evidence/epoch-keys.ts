import type { Pool } from '@sapan/kernel'
import { type Sealer, type Signer, vkey } from '@sapan/trust'
import { logOrigin } from './origin.ts'
import { readForeignEpochs } from './store/foreign-epochs.ts'

/** With which key an epoch of a member's log is checked: a C2SP verifier key. */
export type KeyOfEpoch = (member: string, epoch: number) => string

/** The keys of all epochs: our own, and those of gateways where members were before. */
export class EpochKeys {
  readonly #logSigner: (member: string) => Signer
  #foreign: ReadonlyMap<string, string> = new Map()

  constructor(logSigner: (member: string) => Signer) {
    this.#logSigner = logSigner
  }

  /** Throws `evidence-damaged` where a row was edited. */
  async load(pool: Pool, sealer: Sealer): Promise<void> {
    this.#foreign = new Map(
      (await readForeignEpochs(pool, sealer)).map((row) => [`${row.member} ${row.epoch}`, row.vkey]),
    )
  }

  readonly keyOf: KeyOfEpoch = (member, epoch) =>
    this.#foreign.get(`${member} ${epoch}`) ?? this.#own(member, epoch)

  /** The keys of the epochs that were begun here, up to that one. */
  own(member: string, upTo: number): { origin: string; vkey: string; epoch: number }[] {
    const epochs = Array.from({ length: upTo }, (_, i) => i + 1)
    return epochs
      .filter((epoch) => !this.#foreign.has(`${member} ${epoch}`))
      .map((epoch) => ({ origin: logOrigin(member, epoch), vkey: this.#own(member, epoch), epoch }))
  }

  #own(member: string, epoch: number): string {
    return vkey(logOrigin(member, epoch), this.#logSigner(member).publicKey)
  }
}
