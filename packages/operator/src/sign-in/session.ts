import type { Clock, Pool } from '@sapan/kernel'
import { type Admit, createCookies, type SiteCookies } from '@sapan/ui'
import { AdminDoor, type Inject } from '../door.ts'
import type { OperatorNeed, OperatorVisitor } from '../visitor.ts'
import { SignInLinks } from './links.ts'
import { Sessions } from './sessions.ts'

export interface SessionOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly origin: string
  readonly cookiePrefix: string
  readonly inject: Inject
}

/** Who is there, by the cookie of their session. */
export class OperatorSession {
  readonly links: SignInLinks
  readonly sessions: Sessions
  readonly #cookies: SiteCookies
  readonly #inject: Inject

  constructor({ pool, clock, origin, cookiePrefix, inject }: SessionOptions) {
    this.links = new SignInLinks(pool, clock)
    this.sessions = new Sessions(pool, clock)
    this.#cookies = createCookies(origin, cookiePrefix)
    this.#inject = inject
  }

  /** Without a session one is sent to sign in; a page that needs nothing is open to everybody. */
  readonly admit: Admit<OperatorVisitor | undefined, OperatorNeed> = async ({ cookies }, needs) => {
    const signed = await this.sessions.find(this.secretIn(cookies))
    if (signed === undefined) {
      if (needs === undefined) return { kind: 'in', who: undefined }
      return { kind: 'redirect', to: '/operator/sign-in' }
    }
    const door = new AdminDoor({ inject: this.#inject, ...signed })
    return { kind: 'in', who: { name: signed.name, mayChange: true, door } }
  }

  secretIn(cookies: string | undefined): string | undefined {
    return this.#cookies.read(cookies, 'session')
  }

  cookieOf(secret: string): string {
    return this.#cookies.write('session', secret, { sameSite: 'strict' })
  }

  noCookie(): string {
    return this.#cookies.write('session', '', { maxAgeSeconds: 0, sameSite: 'strict' })
  }
}
