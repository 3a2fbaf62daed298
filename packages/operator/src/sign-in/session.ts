import { exchangeProblem } from '@sapan/exchange'
import { type Clock, type Pool, Problem } from '@sapan/kernel'
import { type Admit, createCookies, type SiteCookies } from '@sapan/ui'
import { AdminDoor, type Inject } from '../door.ts'
import type { OperatorNeed, OperatorVisitor } from '../visitor.ts'
import { SignInLinks } from './links.ts'
import { type IsListed, Sessions } from './sessions.ts'

/** What the API lets somebody do. */
export interface Allowed {
  readonly role: 'look' | 'change'
  readonly opens: boolean
  readonly whole: boolean
}

export interface SessionOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly origin: string
  readonly cookiePrefix: string
  readonly inject: Inject
  readonly isListed: IsListed
  /** Asks the API what its holder's token allows. Throws `operator-signed-out` where it holds no longer. */
  may(this: void, door: AdminDoor): Promise<Allowed>
}

/** Who is there, by the cookie of their session. */
export class OperatorSession {
  readonly links: SignInLinks
  readonly sessions: Sessions
  readonly cookies: SiteCookies
  readonly #inject: Inject
  /** See `SessionOptions.may`. */
  readonly may: SessionOptions['may']

  constructor({ pool, clock, origin, cookiePrefix, inject, isListed, may }: SessionOptions) {
    this.links = new SignInLinks(pool, clock)
    this.sessions = new Sessions(pool, clock, isListed)
    this.cookies = createCookies(origin, cookiePrefix)
    this.#inject = inject
    this.may = may
  }

  /** Without a session one is sent to sign in; a page that needs nothing is open to everybody. */
  readonly admit: Admit<OperatorVisitor | undefined, OperatorNeed> = async ({ cookies }, needs) => {
    const who = await this.#whoHas(this.secretIn(cookies))
    if (needs === undefined) return { kind: 'in', who }
    if (who === undefined) return { kind: 'redirect', to: '/operator/sign-in' }
    const isAllowed = { look: true, change: who.mayChange, open: who.mayOpen, whole: who.isWhole }[needs]
    if (!isAllowed) throw exchangeProblem('admin-not-allowed')
    return { kind: 'in', who }
  }

  /** What a token allows ends with it: then its sessions end too. */
  async #whoHas(secret: string | undefined): Promise<OperatorVisitor | undefined> {
    const signed = await this.sessions.find(secret)
    if (signed === undefined) return undefined
    const door = new AdminDoor({ inject: this.#inject, ...signed })
    try {
      const { role, opens, whole } = await this.may(door)
      return { name: signed.name, mayChange: role === 'change', mayOpen: opens, isWhole: whole, door }
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'operator-signed-out') throw error
      await this.sessions.end(secret)
      return undefined
    }
  }

  secretIn(cookies: string | undefined): string | undefined {
    return this.cookies.read(cookies, 'session')
  }

  cookieOf(secret: string): string {
    return this.cookies.write('session', secret, { sameSite: 'strict' })
  }

  noCookie(): string {
    return this.cookies.write('session', '', { maxAgeSeconds: 0, sameSite: 'strict' })
  }
}
