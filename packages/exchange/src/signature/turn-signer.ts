import { setImmediate } from 'node:timers'
import type { Signer } from '@sapan/trust'
import type { SignedMessage } from './message.ts'
import { type Draft, signAlone, signTogether } from './sign.ts'
import { mostInTree } from './tree-signature.ts'

interface Waiting {
  readonly draft: Draft
  readonly resolve: (message: SignedMessage) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Signs together what one turn of the event loop brings, each signer's messages with one signature: signing and, at the
 * other gateway, verifying cost more than all else that is done for a message. Nobody waits for a fuller turn: a message
 * that comes alone is signed alone, as every implementation of RFC 9421 reads it.
 */
export class TurnSigner {
  readonly #waiting = new Map<Signer, Waiting[]>()

  /** Resolves with the signed message before the next turn; rejects with what the signer throws. */
  sign(draft: Draft): Promise<SignedMessage> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) setImmediate(() => this.#signAll())
      const waiting = this.#waiting.get(draft.signer)
      if (waiting) waiting.push({ draft, resolve, reject })
      else this.#waiting.set(draft.signer, [{ draft, resolve, reject }])
    })
  }

  #signAll(): void {
    const all = [...this.#waiting]
    this.#waiting.clear()
    for (const [signer, waiting] of all) {
      for (let n = 0; n < waiting.length; n += mostInTree) signGroup(signer, waiting.slice(n, n + mostInTree))
    }
  }
}

function signGroup(signer: Signer, group: readonly Waiting[]): void {
  try {
    const drafts = group.map(({ draft }) => draft)
    const [alone, ...others] = drafts
    const signed = alone && others.length === 0 ? [signAlone(alone)] : signTogether(signer, drafts)
    for (const [n, { resolve }] of group.entries()) resolve(signed[n] as SignedMessage)
  } catch (error) {
    for (const { reject } of group) reject(error)
  }
}
