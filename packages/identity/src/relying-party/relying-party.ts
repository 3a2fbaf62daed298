import type { Admit, SiteRoute } from '@sapan/ui'
import type { Need, Visitor } from '../visitor.ts'
import { Admission } from './admission.ts'
import { Attempts } from './attempts.ts'
import { FaceSessions } from './face-sessions.ts'
import { IssuerClient } from './issuer-client.ts'
import { createLogoutTokens } from './logout-token.ts'
import { type IssuerSession, lifetimesByDefault, type RelyingPartyOptions } from './ports.ts'
import { signInRoutes } from './routes.ts'

/** Migrations of a face's schema: `migrate(pool, 'portal', relyingPartyMigrations)`. */
export const relyingPartyMigrations = new URL('./migrations/', import.meta.url)

/** Signing in at one of our own faces. */
export interface RelyingParty {
  /** For `createSite`. */
  readonly admit: Admit<Visitor | undefined, Need>
  /** `/sign-in`, its callback, `/sign-out` and the issuer's word that a session ended. */
  readonly routes: readonly SiteRoute<Visitor | undefined, Need>[]
  /** For `SiteOptions.formTargets`: a form may lead to the issuer, when its sender first has to prove more. */
  readonly formTargets: readonly string[]
  /** For whom the visitor acts from now on, or as which officer they work; null ends it. Whether they may, the caller has decided. */
  choose(
    of: IssuerSession,
    role: { readonly mandate?: string | null; readonly appointment?: string | null },
  ): Promise<void>
  /** Ends all of an account here, at once. */
  endAll(account: string): Promise<void>
}

export function createRelyingParty(options: RelyingPartyOptions): RelyingParty {
  const lifetimes = { ...lifetimesByDefault, ...options.lifetimes }
  const sessions = new FaceSessions(options, lifetimes)
  const attempts = new Attempts(options, lifetimes)
  const client = new IssuerClient(options)
  const admission = new Admission(options, { sessions, attempts, client })
  const readLogout = createLogoutTokens(options.issuer, options.clientId, options.clock)
  return {
    admit: (visit, needs) => admission.admit(visit, needs),
    routes: signInRoutes({ options, sessions, attempts, client, admission, readLogout }),
    formTargets: [new URL(options.issuer).origin],
    choose: (of, role) => sessions.choose(of, role),
    endAll: async (account) => {
      await sessions.endAt({ account }, options.clock())
    },
  }
}
