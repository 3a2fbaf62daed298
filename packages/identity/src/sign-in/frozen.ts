import type { SitePage } from '@sapan/ui'
import { h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'
import { passkeyScripts } from './assets.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { passkeyForm } from './passkey-form.ts'
import { words } from './words.ts'

/** What somebody sees whose account is frozen, after they have proved that it is theirs. */
export function frozenPage(
  { recovering }: SignInOptions,
  request: SignInRequest,
  { uid, client }: SignIn,
  problem?: string,
): SitePage {
  const { language, formKey } = request
  const title = words.frozenTitle[language]
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
      problem === undefined ? null : h('p', { role: 'alert', class: 'ds-validation-message' }, problem),
      h('p', null, words.frozenHint[language]),
      passkeyForm({
        kind: 'get',
        id: 'unfreeze',
        options: `/sign-in/${uid}/passkey/options`,
        action: `/sign-in/${uid}/unfreeze`,
        formKey,
        language,
        text: words.unfreeze[language],
      }),
      recovering === undefined
        ? null
        : h('p', null, h('a', { href: `/sign-in/${uid}/recover` }, words.frozenRecover[language])),
    ),
  }
}
