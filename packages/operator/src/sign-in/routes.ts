import { Problem } from '@sapan/kernel'
import { button, form, inset, linkButton, type SiteAnswer, type SiteFile, type SitePage } from '@sapan/ui'
import { h } from 'preact'
import { AdminDoor } from '../door.ts'
import type { OperatorSiteOptions } from '../options.ts'
import { command } from '../parts/figures.ts'
import { operatorProblems } from '../problems.ts'
import type { OperatorRequest, OperatorRoute } from '../visitor.ts'
import type { OperatorSession } from './session.ts'
import { words } from './words.ts'

/** Signing in by a link that works once, and out again. */
export function signInRoutes(options: OperatorSiteOptions, session: OperatorSession): OperatorRoute[] {
  return [
    { method: 'GET', path: '/', handle: () => ({ kind: 'redirect', to: '/operator' }) },
    { method: 'GET', path: '/operator/sign-in', handle: (request) => howPage(options, request) },
    { method: 'GET', path: '/operator/sign-in/:link', handle: linkPage },
    {
      method: 'POST',
      path: '/operator/sign-in',
      handle: (request) => signIn(options, session, request),
    },
    {
      method: 'POST',
      path: '/operator/sign-out',
      handle: (request) => signOut(options, session, request),
    },
    {
      method: 'POST',
      path: '/operator/sign-in-links',
      machine: true,
      handle: (request) => makeLink(options, session, request),
    },
  ]
}

function howPage({ kind, openid }: OperatorSiteOptions, { language }: OperatorRequest): SitePage {
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, words.title[language]),
    openid && [
      h('p', null, words.openid[language]),
      h('p', null, linkButton({ text: words.byOpenid[language], href: '/operator/openid' })),
      h('h2', null, words.byLink[language]),
    ],
    h('p', null, words.how[language]),
    command(`sapan ${kind} sign-in`),
    h('p', null, words.howNext[language]),
  )
  return { kind: 'page', title: words.title[language], body }
}

/** A page of its own, so that who only looks at a link (a chat's preview) does not use it up. */
function linkPage({ language, formKey, parameters }: OperatorRequest): SitePage {
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, words.title[language]),
    h('p', null, words.link[language]),
    form(
      { action: '/operator/sign-in', formKey },
      h('input', { type: 'hidden', name: 'link', value: parameters.link }),
      button({ text: words.title[language] }),
    ),
    inset(h('p', null, words.linkNote[language])),
  )
  return { kind: 'page', title: words.title[language], body }
}

async function signIn(
  { log }: OperatorSiteOptions,
  session: OperatorSession,
  { form: sent, address }: OperatorRequest,
): Promise<SiteAnswer> {
  if (!isLoopback(address)) throw new Problem(operatorProblems['operator-link-elsewhere'])
  const signed = await session.links.spend(sent.get('link') ?? '')
  log.info({ operator: signed.name }, 'an operator signed in by a link')
  return {
    kind: 'redirect',
    to: '/operator',
    cookies: [session.cookieOf(await session.sessions.begin(signed))],
  }
}

async function signOut(
  { log }: OperatorSiteOptions,
  session: OperatorSession,
  { raw, who }: OperatorRequest,
): Promise<SiteAnswer> {
  await session.sessions.end(session.secretIn(raw?.request.headers.cookie))
  log.info({ operator: who?.name }, 'an operator signed out')
  return { kind: 'redirect', to: '/operator/sign-in', cookies: [session.noCookie()] }
}

/** For the command: whoever has a token of the operator's API gets a link that signs in with it. */
async function makeLink(
  { inject, origin, log }: OperatorSiteOptions,
  session: OperatorSession,
  { raw, body }: OperatorRequest,
): Promise<SiteFile> {
  const token = /^Bearer ([\w.-]{1,200})$/.exec(raw?.request.headers.authorization ?? '')?.[1] ?? ''
  const name = nameIn(body)
  await session.may(new AdminDoor({ inject, token, name }))
  const secret = await session.links.make({ name, token })
  log.info({ operator: name }, 'a sign-in link was made')
  return {
    kind: 'file',
    status: 201,
    contentType: 'application/json',
    body: JSON.stringify({ url: `${origin}/operator/sign-in/${secret}`, expiresInSeconds: 600 }),
  }
}

/** As the center's log of changes takes names. */
function nameIn(body: Uint8Array | undefined): string {
  try {
    const { name } = JSON.parse(Buffer.from(body ?? []).toString()) as { name?: unknown }
    if (typeof name === 'string' && /^[\w.@ -]{1,64}$/.test(name)) return name
  } catch {
    // What is no JSON names nobody.
  }
  return 'operator'
}

/** Whether an address is of the machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address)
}
