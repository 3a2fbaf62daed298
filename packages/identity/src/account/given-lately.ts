import type { Text } from '@sapan/kernel'

/** What is reviewed before a frozen account opens. */
export const givenKinds = ['consent', 'service', 'mandate', 'offer', 'authenticator'] as const

export type GivenKind = (typeof givenKinds)[number]

/** Something that was made in an account's name, perhaps not by its owner. */
export interface Given {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly text: Text
}

/** Who reviews: the owner, in which visit. */
export interface Reviewer {
  readonly account: string
  readonly session: string
  /** Milliseconds since 1970. */
  readonly authenticatedAt: number
}

/** A room in which something can be given, as the review sees it. */
export interface GivenRoom {
  /** What was made since then and still holds, or would once the account is open. */
  since(account: string, at: number): Promise<readonly Given[]>
  /** Ends it for good. */
  withdraw(by: Reviewer, id: string): Promise<void>
}

export type GivenRooms = Readonly<Record<GivenKind, GivenRoom>>

export interface GivenLately extends Given {
  readonly kind: GivenKind
}

/** What was given lately, of all rooms: the latest first. */
export async function givenSince(rooms: GivenRooms, account: string, at: number): Promise<GivenLately[]> {
  const found = await Promise.all(
    givenKinds.map(async (kind) =>
      (await rooms[kind].since(account, at)).map((given) => ({ ...given, kind })),
    ),
  )
  return found.flat().sort((a, b) => b.at - a.at || a.id.localeCompare(b.id))
}

/** How a thing is named in a form. */
export function givenName({ kind, id }: Pick<GivenLately, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}
