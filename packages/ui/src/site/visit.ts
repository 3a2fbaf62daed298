import type { IncomingHttpHeaders } from 'node:http'
import type { Language } from '@sapan/kernel'
import type { SiteMethod, SiteRedirect } from './route.ts'

/** A request before it is known who sends it: what decides on admission may look at. */
export interface Visit {
  readonly method: SiteMethod
  /** Path and query, as they were asked for. */
  readonly target: string
  readonly language: Language
  /** The `Cookie` header. */
  readonly cookies: string | undefined
  readonly headers: IncomingHttpHeaders
  /** The fields that were sent, for a visitor who first has to prove more; empty for GET. */
  readonly form: URLSearchParams
  readonly userAgent: string
  readonly address: string
}

/** Come in, as somebody or as nobody; or go elsewhere first (to sign in). */
export type Admitted<Who> =
  | { readonly kind: 'in'; readonly who: Who; readonly cookies?: readonly string[] }
  | SiteRedirect

/**
 * Who a visitor is, and whether they may come in. Called for every page, also for those that need nothing, whose frame
 * shows who is signed in. Throws a `Problem` for who may not come in whatever they prove.
 */
export type Admit<Who, Need> = (
  visit: Visit,
  needs: Need | undefined,
) => Promise<Admitted<Who>> | Admitted<Who>
