import type { Level } from './levels/level.ts'

/** Who is signed in at a face: a person, and perhaps whom they act for or as what officer. */
export interface Visitor {
  /** The account's id; internal to the house, never shown to agencies. */
  readonly account: string
  /** What the face calls them. */
  readonly name: string
  /** The sign-in session at the issuer (`sid`), which can be revoked. */
  readonly session: string
  readonly level: Level
  /** When they last proved that it is them; milliseconds since 1970. */
  readonly authenticatedAt: number
  /** Set while they act for another under a mandate. */
  readonly acting?: { readonly mandate: string; readonly name: string }
  /** Set at the desk: the appointment under which they work. */
  readonly officer?: {
    readonly appointment: string
    readonly agency: string
    readonly duties: readonly string[]
  }
}

/** What a page asks of its visitor. Levels are least ones; `freshSeconds` how long ago they may have proved themselves. */
export interface Need {
  readonly ial?: string
  readonly aal?: string
  readonly freshSeconds?: number
  /**
   * Since when (milliseconds since 1970) they must have proved themselves, however lately they did: since they were asked
   * to confirm something. Gets the path that is visited, and whose account it is.
   */
  readonly provedSince?: (visit: { readonly target: string; readonly account: string }) => Promise<number>
  /** At the desk: one of these duties, in the agency that the officer works for. */
  readonly duties?: readonly string[]
}
