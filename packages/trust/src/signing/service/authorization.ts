import { createHash, randomBytes } from 'node:crypto'

/** What a signer authorised: signatures of these digests, with this key. Held under the hash of its SAD. */
export interface Authorization {
  readonly user: string
  readonly credential: string
  /** In lower-case hex; undefined only where the credential's SCAL is 1. */
  readonly hashes: readonly string[] | undefined
  /** How many signatures are left, over this SAD and those that extend it. */
  readonly left: number
  /** Whether it signed already: then it can only be extended. */
  readonly spent: boolean
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** Where authorisations lie until they are used. */
export interface AuthorizationStore {
  put(name: string, authorization: Authorization): void | Promise<void>
  /** Gives it and removes it, in one step: of two who ask at the same time, one gets it. */
  take(name: string): Authorization | undefined | Promise<Authorization | undefined>
}

/** Authorisations in this process's memory; at most so many, the oldest going first. */
export function memoryAuthorizations(clock: () => number, most = 100_000): AuthorizationStore {
  const held = new Map<string, Authorization>()
  return {
    put: (name, authorization) => {
      dropOld(held, clock(), most)
      held.set(name, authorization)
    },
    take: (name) => {
      const found = held.get(name)
      held.delete(name)
      return found
    },
  }
}

/** In the order in which they came, which is about the order in which they expire. */
function dropOld(held: Map<string, Authorization>, now: number, most: number): void {
  for (const [name, { expires }] of held) {
    if (expires >= now && held.size < most) return
    held.delete(name)
  }
}

/** New signature activation data: 256 random bits, which say nothing themselves. */
export function newSad(): string {
  return randomBytes(32).toString('base64url')
}

/** The name under which a SAD is held, so that a store that is read gives none away. */
export function sadName(sad: string): string {
  return createHash('sha256').update(sad).digest('hex')
}
