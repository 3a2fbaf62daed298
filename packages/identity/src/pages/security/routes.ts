import { backLink, button, form, type SiteAnswer, type SiteRoute } from '@sapan/ui'
import { h } from 'preact'
import type { Need, Visitor } from '../../visitor.ts'
import {
  beginPasskey,
  codesPage,
  passkeyPage,
  passwordPage,
  takeCodes,
  takePasskey,
  takePassword,
  takeTotp,
  totpPage,
} from './adding.ts'
import { onePage, takeName, takeRemoval } from './one.ts'
import type { SecurityOptions, SecurityRequest } from './options.ts'
import { eventList, overviewPage } from './overview.ts'
import { words } from './words.ts'

const home = '/me/security'
const back: SiteAnswer = { kind: 'redirect', to: home }
const historyPage = 30

/**
 * A person's page of security: `/me/security…`. Whatever changes how they sign in asks for a fresh proof; what protects
 * them (ending sessions, cancelling a recovery, "this wasn't me") asks for none. Scripts: `identityAssets()`.
 */
export function securityRoutes(options: SecurityOptions): SiteRoute<Visitor, Need>[] {
  const fresh: Need = { freshSeconds: options.freshSeconds }
  const route = (
    method: 'GET' | 'POST',
    path: string,
    needs: Need,
    handle: (request: SecurityRequest) => Promise<SiteAnswer> | SiteAnswer,
  ): SiteRoute<Visitor, Need> => ({ method, path: `${home}${path}`, needs, handle })
  const one = '/authenticators/:authenticator'
  return [
    route('GET', '', {}, (request) => overviewPage(options, request)),
    route('GET', '/history', {}, (request) => historyOf(options, request)),
    route('GET', '/passkey', fresh, (request) => passkeyPage(request)),
    route('POST', '/passkey/options', fresh, (request) => beginPasskey(options, request)),
    route('POST', '/passkey', fresh, (request) => takePasskey(options, request)),
    route('GET', '/totp', fresh, (request) => totpPage(options, request)),
    route('POST', '/totp', fresh, (request) => takeTotp(options, request)),
    route('GET', '/password', fresh, (request) => passwordPage(request)),
    route('POST', '/password', fresh, (request) => takePassword(options, request)),
    route('GET', '/codes', fresh, codesPage),
    route('POST', '/codes', fresh, (request) => takeCodes(options, request)),
    route('GET', one, fresh, (request) => onePage(options, request)),
    route('POST', `${one}/rename`, fresh, (request) => takeName(options, request)),
    route('POST', `${one}/remove`, fresh, (request) => takeRemoval(options, request)),
    route('POST', '/sessions/:session/end', {}, (request) => endSession(options, request)),
    route('POST', '/recovery/:recovery/cancel', {}, (request) => cancelRecovery(options, request)),
    route('GET', '/not-me', {}, notMePage),
    route('POST', '/not-me', {}, (request) => freeze(options, request)),
  ]
}

async function historyOf(options: SecurityOptions, request: SecurityRequest): Promise<SiteAnswer> {
  const { language, who, query } = request
  const before = query.get('before')
  const events = await options.history.list(who.account, {
    limit: historyPage,
    ...(before !== null && { before }),
  })
  const last = events.length === historyPage ? events.at(-1)?.id : undefined
  return {
    kind: 'page',
    title: words.history[language],
    body: h(
      'div',
      { class: 'column' },
      backLink(home, language),
      h('h1', null, words.history[language]),
      eventList(request, events),
      last === undefined ? null : h('p', null, h('a', { href: `?before=${last}` }, words.older[language])),
    ),
  }
}

async function endSession(
  options: SecurityOptions,
  { who, parameters }: SecurityRequest,
): Promise<SiteAnswer> {
  await options.sessions.revoke(who.account, parameters.session ?? '')
  return back
}

async function cancelRecovery(
  options: SecurityOptions,
  { who, parameters }: SecurityRequest,
): Promise<SiteAnswer> {
  await options.recovery.cancel(who.account, parameters.recovery ?? '', who.session)
  return back
}

function notMePage({ language, formKey }: SecurityRequest): SiteAnswer {
  return {
    kind: 'page',
    title: words.notMe[language],
    body: h(
      'div',
      { class: 'column' },
      backLink(home, language),
      h('h1', null, words.notMe[language]),
      h('p', null, words.notMeHint[language]),
      h('p', null, words.notMeSure[language]),
      form({ action: `${home}/not-me`, formKey }, button({ text: words.freeze[language], kind: 'danger' })),
    ),
  }
}

async function freeze(options: SecurityOptions, { who }: SecurityRequest): Promise<SiteAnswer> {
  await options.freezing.freeze(who.account, who.session)
  return { kind: 'redirect', to: '/' }
}
