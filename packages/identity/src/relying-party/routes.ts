import { Problem } from '@sapan/kernel'
import {
  button,
  confirmation,
  form,
  linkButton,
  type SiteAnswer,
  type SiteRequest,
  type SiteRoute,
} from '@sapan/ui'
import { h } from 'preact'
import { relyingPartyProblems } from '../problems/relying-party.ts'
import type { Need, Visitor } from '../visitor.ts'
import type { Admission } from './admission.ts'
import type { Attempts } from './attempts.ts'
import type { FaceSessions } from './face-sessions.ts'
import { callbackPath, type IssuerClient } from './issuer-client.ts'
import type { LoggedOut } from './logout-token.ts'
import { safeNext } from './next.ts'
import type { RelyingPartyOptions } from './ports.ts'
import { words } from './words.ts'

export interface RouteParts {
  readonly options: RelyingPartyOptions
  readonly sessions: FaceSessions
  readonly attempts: Attempts
  readonly client: IssuerClient
  readonly admission: Admission
  readonly readLogout: (token: string, jwksUri: string) => Promise<LoggedOut>
}

type Request = SiteRequest<Visitor | undefined>

/** The addresses of signing in and out at a face. */
export function signInRoutes(parts: RouteParts): SiteRoute<Visitor | undefined, Need>[] {
  const route = (
    method: 'GET' | 'POST',
    path: string,
    handle: (parts: RouteParts, request: Request) => Promise<SiteAnswer> | SiteAnswer,
    more: { machine?: boolean; needs?: Need } = {},
  ): SiteRoute<Visitor | undefined, Need> => ({
    method,
    path,
    ...more,
    handle: (request) => handle(parts, request),
  })
  return [
    route('GET', '/sign-in', begin),
    route('GET', callbackPath, finish),
    route('GET', '/sign-in/continue/:form', offerForm, { needs: {} }),
    route('POST', '/sign-out', signOut),
    route('GET', '/signed-out', signedOut),
    route('POST', '/sign-in/backchannel-logout', logOut, { machine: true }),
  ]
}

async function begin({ options, admission }: RouteParts, request: Request): Promise<SiteAnswer> {
  const next = safeNext(request.query.get('next'), options.origin)
  if (request.who !== undefined) return { kind: 'redirect', to: next }
  return await admission.send(
    { cookies: request.raw?.request.headers.cookie, target: `${request.path}?${request.query}` },
    next,
    {},
  )
}

async function finish(
  { options, attempts, client, sessions }: RouteParts,
  request: Request,
): Promise<SiteAnswer> {
  const { cookies, origin, nameOf, levels } = options
  const header = request.raw?.request.headers.cookie
  const state = request.query.get('state') ?? ''
  const attempt = await attempts.take(state, cookies.read(header, 'sign-in'))
  const at = new URL(`${origin}${callbackPath}?${request.query}`)
  const signedIn = await client.finish(at, { ...attempt, state })
  const level = levels.levelOf(signedIn.acr) ?? levels.lowest
  if (attempt.least !== undefined && !levels.meets(level, attempt.least)) {
    throw new Problem(relyingPartyProblems['face-level-too-low'])
  }
  const name = await nameOf(signedIn.account)
  const token = await sessions.begin({ ...signedIn, name }, cookies.read(header, 'session'))
  return { kind: 'redirect', to: attempt.next, cookies: [cookies.write('session', token)] }
}

/** The form once more, to be sent by the person themselves: what was asked of them stands between it and its effect. */
async function offerForm({ attempts }: RouteParts, request: Request): Promise<SiteAnswer> {
  const { language, who, parameters, formKey } = request
  if (who === undefined) throw new Problem(relyingPartyProblems['face-kept-form-over'])
  const kept = await attempts.kept(who.account, parameters.form ?? '')
  const fields = kept.fields.map(([name, value]) => h('input', { type: 'hidden', name, value }))
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, words.continueTitle[language]),
    h('p', null, words.continueText[language]),
    form({ action: kept.path, formKey }, ...fields, button({ text: words.continueButton[language] })),
  )
  return { kind: 'page', title: words.continueTitle[language], body }
}

async function signOut({ options, sessions, admission }: RouteParts, request: Request): Promise<SiteAnswer> {
  const { cookies, endSession, log } = options
  const session = await admission.session({ cookies: request.raw?.request.headers.cookie })
  if (session !== undefined) {
    await sessions.end(session.id)
    // Signed out here they are, even where the issuer cannot be told now.
    await endSession(session).catch((error: unknown) =>
      log.warn({ err: error }, 'the issuer was not told of a sign-out'),
    )
  }
  const removed = ['session', 'sign-in'].map((name) => cookies.write(name, '', { maxAgeSeconds: 0 }))
  return { kind: 'redirect', to: '/signed-out', cookies: removed }
}

function signedOut(_parts: RouteParts, { language }: Request): SiteAnswer {
  const next = [
    h('p', null, words.outText[language]),
    h('p', null, words.outShared[language]),
    linkButton({ text: words.home[language], href: '/', kind: 'secondary' }),
  ]
  const title = words.outTitle[language]
  return { kind: 'page', title, body: h('div', { class: 'column' }, confirmation({ title, next })) }
}

async function logOut(
  { client, readLogout, sessions, options }: RouteParts,
  request: Request,
): Promise<SiteAnswer> {
  const { jwks_uri: jwksUri } = (await client.configuration()).serverMetadata()
  if (jwksUri === undefined) throw new Problem(relyingPartyProblems['face-issuer-unavailable'])
  const { session, account, at } = await readLogout(request.form.get('logout_token') ?? '', jwksUri)
  const ended = await sessions.endAt({ session, account }, at + 1000)
  options.log.info({ ended }, 'sessions ended by the issuer')
  return { kind: 'file', contentType: 'text/plain', body: '' }
}
