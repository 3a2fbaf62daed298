import { registeredProblems } from '@sapan/kernel'
import { isApi } from './api.ts'
import { type Attack, attacksOn } from './attacks.ts'
import type { FaceName, FaceRoute, OpenHouse } from './house.ts'
import { type Found, keyOf, kindOf, type Walked, walk } from './pages.ts'
import { isForPrograms, programFields } from './programs.ts'
import { type Answered, HostileVisitor } from './visitor.ts'

/** Where a face's pages are found from. */
export const beginnings: [FaceName, string][] = [
  ['portal', '/'],
  ['portal', '/me'],
  ['desk', '/desk/tasks'],
]

/** What is wrong with an answer; undefined where nothing is. */
function wrongWith({ status, headers, text }: Answered, path: string): string | undefined {
  // Behind the stand-in gateway no register answers in its own words; that one is silent is no fault of ours.
  if (status >= 500 && !isSilence(text)) return `${status}`
  if (/at .*\.(js|ts):\d+/.test(text)) return 'tells where in the code it broke'
  const { location = '' } = headers
  const isPage = /^text\/html/.test(headers['content-type'] ?? '')
  if (isPage && !isUnframed(headers)) return 'can be framed'
  if (/^(https?:)?\/\/evil/.test(location)) return `leads to ${location}`
  if (headers['set-cookie']?.some((line) => line.startsWith('b=c')) === true) return 'sets a cookie of others'
  // Programs are answered in their protocols' own words, and the provider has pages of its own for its errors.
  if (isForPrograms(path)) return undefined
  if (status < 400) return undefined
  if (!isPage) return `${status} is no page`
  // A page's own address may look like that of a problem, so one that is registered is enough.
  const named = [...text.matchAll(/\/problems\/([a-z0-9-]+)/g)].map(([, code = '']) => code)
  if (named.some((code) => registeredProblems().has(code))) return undefined
  if (/ds-error-summary|ds-validation-message|aria-invalid|role="alert"/.test(text)) return undefined
  return `${status} names no registered problem`
}

/** Attacks routes as somebody who is signed in everywhere, and gets up again when that was ended. */
export class Siege {
  readonly #open: OpenHouse
  readonly #kind: (route: FaceRoute) => string
  readonly visitor: HostileVisitor
  #walked: Walked = { found: new Map(), pages: new Map() }
  #uid = ''
  /** Somebody else is signed in, whose pages were not seen yet. */
  #isNew = false
  readonly wrong: string[] = []
  sent = 0

  /** `whole`: each service's routes, though they differ in nothing but the service. */
  constructor(open: OpenHouse, { whole = false } = {}) {
    this.#open = open
    this.#kind = whole ? keyOf : kindOf
    this.visitor = new HostileVisitor(open)
  }

  get found(): ReadonlyMap<string, Found> {
    return this.#walked.found
  }

  get pages(): ReadonlyMap<string, string> {
    return this.#walked.pages
  }

  /** Where pages have this, and what is around it; `of` is the part of a page to look at. */
  pagesWith(what: RegExp, of = (page: string) => page): string[] {
    return [...this.pages].flatMap(([at, page]) => {
      const part = of(page)
      const found = part.search(what)
      return found < 0 ? [] : [`${at}: ${part.slice(Math.max(0, found - 60), found + 40)}`]
    })
  }

  async begin(): Promise<void> {
    await this.visitor.signIn()
    this.#isNew = false
    this.#walked = await walk(this.#open, this.visitor, beginnings, this.#kind)
  }

  /** Every route but the API's, those last that end the visit: whoever is signed in next has other pages. */
  get routes(): readonly FaceRoute[] {
    const ends = ({ path }: FaceRoute) => Number(/sign-out|not-me|\/end$/.test(path))
    const isFound = (route: FaceRoute) => Number(this.found.has(keyOf(route)))
    const kinds = new Map<string, FaceRoute>()
    const routes = this.#open.routes.filter((route) => !isApi(route))
    for (const route of routes.toSorted((a, b) => isFound(b) - isFound(a))) {
      const kind = this.#kind(route)
      if (!kinds.has(kind)) kinds.set(kind, route)
    }
    return [...kinds.values()].sort((a, b) => ends(a) - ends(b))
  }

  /** `chosen` picks of a route's attacks those that are sent. */
  async attack(route: FaceRoute, chosen: (attacks: Attack[]) => Attack[]): Promise<void> {
    if (this.#isNew && route.path.includes(':')) await this.begin()
    const found = await this.#foundFor(route)
    // A form's key changes its letters each time, and so they are put in when an attack is sent.
    for (const attack of chosen(attacksOn(route, found, placeholder))) {
      await this.#strike(route, attack)
    }
  }

  async #strike(route: FaceRoute, attack: Attack): Promise<void> {
    this.sent++
    const answered = await this.visitor.send(route.face, this.#keyed(route, attack))
    const isTaken = attack.isForged === true && answered.status < 400 && !isForPrograms(route.path)
    const wrong = isTaken ? 'a forged form is taken' : wrongWith(answered, route.path)
    if (wrong !== undefined) this.wrong.push(`${keyOf(route)}, ${attack.name}: ${wrong}`)
    if (attack.headers?.cookie === undefined && isSignedOut(answered)) {
      await this.visitor.signIn()
      this.#isNew = true
    }
  }

  #keyed({ face }: FaceRoute, { name, ...attack }: Attack): Attack {
    const key = this.visitor.key(face)
    const { body, target } = attack
    const keyed =
      body === undefined
        ? {}
        : {
            body:
              typeof body === 'string'
                ? body.replace(placeholder, key)
                : Buffer.from(body.toString('latin1').replace(placeholder, key), 'latin1'),
          }
    return { name, ...attack, ...keyed, target: target.replace(':uid', this.#uid) }
  }

  /** At the issuer everything happens in a sign-in that was begun. */
  async #foundFor(route: FaceRoute): Promise<Found | undefined> {
    const found = this.#walked.found.get(keyOf(route))
    const fields = programFields(route.path)
    if (fields) return { target: route.path.replace(/:\w+/, '1'), fields }
    if (route.face !== 'issuer' || !route.path.includes(':uid')) return found
    const begun = await this.#beginSignIn()
    this.#uid = begun
    return { target: route.path, fields: fieldsOf(route.path) }
  }

  async #beginSignIn(): Promise<string> {
    const fresh = new HostileVisitor(this.#open)
    const { at } = await fresh.follow('portal', '/me', /^\/sign-in\/(?!callback)/)
    this.visitor.takeIssuerFrom(fresh)
    await this.visitor.send('issuer', { method: 'GET', target: at.pathname })
    return at.pathname.split('/')[2] ?? ''
  }
}

const placeholder = 'KEY-OF-THE-FORM'

function fieldsOf(path: string): Record<string, string> {
  const last = path.split('/').at(-1) ?? ''
  const fields: Record<string, Record<string, string>> = {
    password: { name: 'a@mail.example', password: 'x' },
    totp: { code: '123456' },
    'recovery-code': { code: 'aaaa-bbbb' },
    recover: { number: '1100000000001', code: 'ME0123456789', day: '1', month: '1', year: '2530' },
    passport: { lines: 'P<GBR' },
    recovery: { decision: 'cancel', recovery: 'x' },
    consent: { scopes: 'profile', claims: 'name', answer: 'yes' },
  }
  return fields[last] ?? { ceremony: 'x', response: '{}', name: 'x' }
}

function isSilence(page: string): boolean {
  const code = /\/problems\/([a-z0-9-]+)/.exec(page)?.[1] ?? ''
  return registeredProblems().get(code)?.status === 503
}

/** Whether a line of the log tells of a fault of ours. */
export function isFault(line: string): boolean {
  const { level, code } = JSON.parse(line) as { level: number; code?: string }
  return level >= 50 && registeredProblems().get(code ?? '')?.status !== 503
}

function isSignedOut({ status, headers }: Answered): boolean {
  return status === 303 && /\/oidc\/authorize|\/signed-out|\/oidc\/sign-out/.test(headers.location ?? '')
}

function isUnframed(headers: Answered['headers']): boolean {
  const policy = headers['content-security-policy'] ?? ''
  return policy.includes("frame-ancestors 'none'") && headers['x-frame-options'] === 'DENY'
}
