import { filled } from '@sapan/kernel'
import type { SitePage } from '@sapan/ui'
import { button, form } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'
import { passkeyScripts } from './assets.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { passkeyForm } from './passkey-form.ts'
import { words } from './words.ts'

/**
 * The first page of a sign-in: a passkey, or another way. What a house adds comes before both: a demonstration’s people are what
 * its visitors look for. `problem` is what went wrong before.
 */
export async function startPage(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  problem?: string,
): Promise<SitePage> {
  const { language, formKey } = request
  const { uid, client, session } = signIn
  const title = session === undefined ? words.title[language] : words.again[language]
  const path = `/sign-in/${uid}`
  return {
    kind: 'page',
    title,
    status: problem === undefined ? 200 : 422,
    formTargets: [client.origin],
    scripts: passkeyScripts,
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, title),
      h('p', null, filled(words.to[language], { client: client.names[language] })),
      session === undefined ? null : h('p', null, words.againWhy[language]),
      problem === undefined ? null : h('p', { role: 'alert', class: 'ds-validation-message' }, problem),
      await options.addition?.section(request, signIn),
      passkeyForm({
        kind: 'get',
        id: 'passkey',
        options: `${path}/passkey/options`,
        action: `${path}/passkey`,
        formKey,
        language,
        text: words.passkey[language],
        fields: h('p', { class: 'quiet' }, words.passkeyHint[language]),
      }),
      otherWays(options, request, signIn),
      form(
        { action: `${path}/cancel`, formKey, inline: true },
        button({ text: words.cancel[language], kind: 'quiet' }),
      ),
    ),
  }
}

function otherWays(
  { outside, recovering }: SignInOptions,
  { language }: SignInRequest,
  { uid, session }: SignIn,
): ComponentChild {
  const path = `/sign-in/${uid}`
  const way = (href: string, text: string) => h('li', null, h('a', { href }, text))
  return h(
    'section',
    null,
    h('h2', null, words.otherWays[language]),
    h(
      'ul',
      null,
      outside === undefined
        ? null
        : way(`${path}/outside`, filled(words.with[language], { provider: outside.name[language] })),
      way(`${path}/password`, words.password[language]),
      session === undefined ? way(`${path}/create`, words.create[language]) : null,
      recovering === undefined ? null : way(`${path}/recover`, words.lost[language]),
    ),
  )
}
