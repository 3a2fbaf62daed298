import type { Clock } from '@sapan/kernel'
import type { ClientMetadata } from 'oidc-provider'

/** Milliseconds: so long may a client that was disabled elsewhere go on. */
const life = 2000
/** Far more clients than a country has; none that is not there is kept. */
const most = 10_000

interface Held {
  readonly till: number
  readonly found: Promise<ClientMetadata | undefined>
}

/** The metadata of clients, held for a moment: a sign-in asks for the same client half a dozen times. */
export function heldMetadata(clock: Clock, read: (id: string) => Promise<ClientMetadata | undefined>) {
  const held = new Map<string, Held>()

  async function metadata(id: string): Promise<ClientMetadata | undefined> {
    const now = clock()
    const one = held.get(id)
    if (one && now < one.till && now >= one.till - life) return await one.found
    if (held.size >= most) held.clear()
    const mine = { till: now + life, found: read(id) }
    held.set(id, mine)
    const found = await mine.found.catch((error: unknown) => {
      leave(id, mine)
      throw error
    })
    // Anybody may name any client: only those that are there take room.
    if (found === undefined) leave(id, mine)
    return found
  }

  function leave(id: string, mine: Held): void {
    if (held.get(id) === mine) held.delete(id)
  }

  return { metadata, forget: (id: string) => void held.delete(id) }
}
