import type { SessionStatuses } from '../tokens/session-statuses.ts'
import type { IdentityProvider } from './provider.ts'
import type { SessionState, SignInSession } from './sessions.ts'

/** Sign-in sessions of people, as the house's own pages see and end them. */
export interface FaceSessionsRoom {
  of(account: string): Promise<SignInSession[]>
  /** Ends one at the issuer, its clients and the gateways. Throws `session-unknown`, for another's too. */
  revoke(account: string, id: string): Promise<void>
  /** How it is with the session that a client knows by that `sid`; for every page. */
  stateAs(account: string, sid: string): Promise<SessionState>
  /** Ends the session that a client knows by that `sid`; one that is over stays so. */
  endAs(account: string, sid: string): Promise<void>
}

export function createFaceSessions(
  provider: Pick<IdentityProvider, 'sessionsOf' | 'sessionStateAs' | 'revokeSession'>,
  statuses: Pick<SessionStatuses, 'end'>,
): FaceSessionsRoom {
  const revoke = async (account: string, id: string) => {
    await provider.revokeSession(account, id)
    await statuses.end(id)
  }
  const found = async (account: string, sid: string) =>
    (await provider.sessionsOf(account)).find(({ sids }) => sids.includes(sid))
  return {
    of: provider.sessionsOf,
    revoke,
    stateAs: provider.sessionStateAs,
    endAs: async (account, sid) => {
      const session = await found(account, sid)
      if (session) await revoke(account, session.id)
    },
  }
}
