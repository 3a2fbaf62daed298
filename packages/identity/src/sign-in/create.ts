import { backLink, button, form, type SiteAnswer, type SitePage, textField } from '@sapan/ui'
import { h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'
import { spokenProblem } from './arrive.ts'
import { passkeyScripts } from './assets.ts'
import { boundOf } from './bound.ts'
import { codeList } from './code-list.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { passkeyForm } from './passkey-form.ts'
import { words } from './words.ts'

/** Opening an account: a name for this device, and a passkey. */
export function createPage(
  { letters }: Pick<SignInOptions, 'letters'>,
  request: SignInRequest,
  { uid, client }: SignIn,
  problem?: string,
): SitePage {
  const { language, formKey } = request
  const path = `/sign-in/${uid}`
  const title = words.createTitle[language]
  return {
    kind: 'page',
    title,
    status: problem === undefined ? 200 : 422,
    formTargets: [client.origin],
    scripts: passkeyScripts,
    body: h(
      'div',
      { class: 'column' },
      backLink(path, language),
      h('h1', null, title),
      problem === undefined ? null : h('p', { role: 'alert', class: 'ds-validation-message' }, problem),
      h('p', null, words.createHint[language]),
      passkeyForm({
        kind: 'create',
        id: 'create',
        options: `${path}/create/options`,
        action: `${path}/create`,
        formKey,
        language,
        text: words.createButton[language],
        fields: textField({
          name: 'name',
          label: words.deviceName[language],
          hint: words.deviceHint[language],
          value: words.device[language],
          longest: 60,
        }),
      }),
      letters === undefined
        ? null
        : h('p', null, h('a', { href: `${path}/create/password` }, words.createWithPassword[language])),
    ),
  }
}

/** The account is opened; its codes are shown before its owner goes on, with the passkey that they have just made. */
export async function takeCreation(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { form: sent, language, formKey } = request
  const field = (name: string) => sent.get(name) ?? ''
  try {
    const { codes } = await options.opening.withPasskey(boundOf(signIn), {
      ceremony: field('ceremony'),
      response: field('response'),
      name: field('name'),
      language,
    })
    const title = words.codesTitle[language]
    const body = h(
      'div',
      { class: 'column' },
      h('h1', null, title),
      h('p', null, words.codesHint[language]),
      codeList(codes),
      form({ action: `/sign-in/${signIn.uid}/created`, formKey }, button({ text: words.kept[language] })),
    )
    return { kind: 'page', title, body, formTargets: [signIn.client.origin] }
  } catch (error) {
    return createPage(options, request, signIn, spokenProblem(error, language))
  }
}
