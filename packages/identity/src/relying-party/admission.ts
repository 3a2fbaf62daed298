import { type Language, Problem } from '@sapan/kernel'
import { type Admitted, languageChosen, type Visit } from '@sapan/ui'
import { randomNonce, randomState } from 'openid-client'
import type { Level } from '../levels/level.ts'
import { officerProblems } from '../problems/officers.ts'
import { relyingPartyProblems } from '../problems/relying-party.ts'
import type { Need, Visitor } from '../visitor.ts'
import type { Attempts } from './attempts.ts'
import type { FaceSession, FaceSessions } from './face-sessions.ts'
import { newToken } from './hash.ts'
import type { IssuerClient } from './issuer-client.ts'
import { safeNext } from './next.ts'
import type { RelyingPartyOptions } from './ports.ts'

/** How long ago is still "just now": a page that asks for it is not asked for again while it is filled in. */
const graceSeconds = 5

/** A time of authentication has whole seconds (OpenID Connect Core §2, auth_time). */
const secondMs = 1000

/** What a sign-in has to bring. */
interface Asked {
  readonly acrValues?: readonly string[]
  /** Seconds. */
  readonly maxAge?: number
  /** Without it they come back for nothing. */
  readonly least?: Partial<Level>
}

/** Who visits a face, and what they first have to do. */
export class Admission {
  readonly #options: RelyingPartyOptions
  readonly #sessions: FaceSessions
  readonly #attempts: Attempts
  readonly #client: IssuerClient

  constructor(
    options: RelyingPartyOptions,
    parts: { sessions: FaceSessions; attempts: Attempts; client: IssuerClient },
  ) {
    this.#options = options
    this.#sessions = parts.sessions
    this.#attempts = parts.attempts
    this.#client = parts.client
  }

  /** For a site's `admit`. Where nothing is needed, a database that fails lets people in as nobody. */
  async admit(visit: Visit, needs: Need | undefined): Promise<Admitted<Visitor | undefined>> {
    if (needs === undefined) return { kind: 'in', who: await this.#whoIfKnown(visit) }
    const session = await this.session(visit)
    if (session === undefined) return await this.send(visit, await this.#after(visit, undefined), {})
    const visitor = await this.#visitorOf(session, visit.language)
    if (visitor === undefined) return await this.send(visit, await this.#after(visit, undefined), {})
    return (await this.#stepUp(visit, visitor, needs)) ?? this.#byDuty(visitor, needs)
  }

  /** The session of a visit, whatever has become of it at the issuer. */
  async session({ cookies }: Pick<Visit, 'cookies'>): Promise<FaceSession | undefined> {
    const token = this.#options.cookies.read(cookies, 'session')
    return token === undefined ? undefined : await this.#sessions.find(token)
  }

  /** To the issuer, to come back to `next`. */
  async send(
    { cookies, target }: Pick<Visit, 'cookies' | 'target'>,
    next: string,
    asked: Asked,
  ): Promise<{ kind: 'redirect'; to: string; cookies: readonly string[] }> {
    const { cookies: jar } = this.#options
    const [state, nonce] = [randomState(), randomNonce()]
    const { acrValues = [], maxAge, least } = asked
    const within = maxAge === undefined ? {} : { maxAge }
    const language = languageChosen(queryOf(target), jar.read(cookies, 'language'))
    const { to, verifier } = await this.#client.begin({
      state,
      nonce,
      acrValues,
      ...within,
      ...(language && { language }),
    })
    const known = jar.read(cookies, 'sign-in')
    const browser = known !== undefined && /^[\w-]{43}$/.test(known) ? known : newToken()
    await this.#attempts.begin(state, browser, { verifier, nonce, next, ...within, ...(least && { least }) })
    return { kind: 'redirect', to, cookies: [jar.write('sign-in', browser)] }
  }

  async #whoIfKnown(visit: Visit): Promise<Visitor | undefined> {
    try {
      const session = await this.session(visit)
      return session && (await this.#visitorOf(session, visit.language))
    } catch (error) {
      this.#options.log.warn({ err: error }, 'a visitor comes in as nobody')
      return undefined
    }
  }

  /** Undefined where the session ended at the issuer; then it ends here too. */
  async #visitorOf(session: FaceSession, language: Language): Promise<Visitor | undefined> {
    const { levels, sessionState, roleOf } = this.#options
    const { account, acr, authenticatedAt, name, mandate, appointment } = session
    const chosen = { ...(mandate ? { mandate } : {}), ...(appointment ? { appointment } : {}) }
    // Asked at the same time; of a session that is over, nobody looks at what comes of it.
    const asked = Promise.resolve(roleOf?.({ account, session: session.session, ...chosen }, language))
    asked.catch(() => undefined)
    const state = await sessionState({ account, session: session.session })
    if (!state.lives) {
      await this.#sessions.end(session.id)
      return undefined
    }
    const level = levels.levelOf(acr) ?? levels.lowest
    const role = (await asked) ?? {}
    return {
      account,
      name: name[language],
      session: session.session,
      level: {
        ...level,
        ial: state.ial === undefined ? level.ial : levels.higher('ial', level.ial, state.ial),
      },
      authenticatedAt,
      ...role,
    }
  }

  /** Undefined where the visitor has proved enough. */
  async #stepUp(visit: Visit, visitor: Visitor, needs: Need): Promise<Admitted<Visitor> | undefined> {
    const { levels, proofingPath, clock } = this.#options
    const { ial, aal, freshSeconds, provedSince } = needs
    if (ial !== undefined && !levels.meets(visitor.level, { ial })) {
      if (proofingPath === undefined) return await this.#prove(visit, visitor, { ial })
      const query = new URLSearchParams({ next: await this.#after(visit, visitor), level: ial })
      return { kind: 'redirect', to: `${proofingPath}?${query}` }
    }
    if (aal !== undefined && !levels.meets(visitor.level, { aal }))
      return await this.#prove(visit, visitor, { aal })
    const { account, authenticatedAt } = visitor
    const since = await provedSince?.({ target: visit.target, account })
    if (since !== undefined && authenticatedAt + secondMs <= since)
      return await this.#prove(visit, visitor, {}, 0)
    const age = (clock() - authenticatedAt) / 1000
    if (freshSeconds === undefined || age <= freshSeconds + graceSeconds) return undefined
    return await this.#prove(visit, visitor, {}, freshSeconds)
  }

  /** Sends them to prove it. Who comes back without it is told so there, not sent round again. */
  async #prove(
    visit: Visit,
    visitor: Visitor,
    least: Partial<Level>,
    freshSeconds?: number,
  ): Promise<Admitted<Visitor>> {
    const { levels } = this.#options
    const acrValues = levels.acrValues.filter((acr) => {
      const level = levels.levelOf(acr)
      return level !== undefined && levels.meets(level, { ...visitor.level, ...least })
    })
    const wanted = { ...visitor.level, ...least }
    const first = levels.acrOf(wanted)
    const maxAge = freshSeconds === undefined ? {} : { maxAge: freshSeconds }
    return await this.send(visit, await this.#after(visit, visitor), {
      acrValues: [first, ...acrValues.filter((acr) => acr !== first)].slice(0, 12),
      least,
      ...maxAge,
    })
  }

  #byDuty(visitor: Visitor, { duties }: Need): Admitted<Visitor> {
    if (duties !== undefined) {
      if (visitor.officer === undefined)
        throw new Problem(relyingPartyProblems['officer-appointment-missing'])
      const has = new Set(visitor.officer.duties)
      if (!duties.some((duty) => has.has(duty))) throw this.#dutyMissing(duties)
    }
    return { kind: 'in', who: visitor }
  }

  #dutyMissing(duties: readonly string[]): Problem {
    const names = (this.#options.duties ?? []).filter(({ code }) => duties.includes(code))
    if (names.length === 0) return new Problem(officerProblems['officer-duty-missing'])
    const th = names.map(({ name }) => name.th).join(' หรือ ')
    const en = names.map(({ name }) => name.en).join(' or ')
    return new Problem(officerProblems['officer-duty-missing'], {
      detail: { th: `หน้านี้เปิดได้เมื่อคุณมีหน้าที่ ${th}`, en: `This page is for officers with this duty: ${en}` },
    })
  }

  /**
   * Where they go afterwards: the page, or for a form the page that sends it again. A form from a session that ended while
   * it was filled in waits for the same person to sign in.
   */
  async #after(visit: Visit, visitor: Visitor | undefined): Promise<string> {
    const { method, target, form, headers } = visit
    const { origin } = this.#options
    if (method === 'GET') return safeNext(target, origin)
    const account = visitor?.account ?? (await this.#onceSignedIn(visit))
    if (account !== undefined) {
      const id = await this.#attempts.keep(account, { path: safeNext(target, origin), fields: [...form] })
      return `/sign-in/continue/${id}`
    }
    const from = URL.parse(headers.referer ?? '')
    return from?.origin === origin ? safeNext(from.pathname + from.search, origin) : '/'
  }

  async #onceSignedIn({ cookies }: Visit): Promise<string | undefined> {
    const token = this.#options.cookies.read(cookies, 'session')
    return token === undefined ? undefined : await this.#sessions.accountOnceOf(token)
  }
}

function queryOf(target: string): URLSearchParams {
  return new URLSearchParams(target.split('?', 2)[1])
}
