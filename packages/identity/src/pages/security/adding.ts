import {
  backLink,
  button,
  errorSummary,
  form,
  type SiteAnswer,
  type SiteFile,
  type SitePage,
  textField,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { spokenProblem } from '../../sign-in/arrive.ts'
import { passkeyScripts } from '../../sign-in/assets.ts'
import { codeList } from '../../sign-in/code-list.ts'
import { begunAnswer, passkeyForm } from '../../sign-in/passkey-form.ts'
import type { SecurityOptions, SecurityRequest } from './options.ts'
import { qrPicture } from './qr.ts'
import { words } from './words.ts'

const home = '/me/security'
const back: SiteAnswer = { kind: 'redirect', to: home }

/** Who adds something, and in which visit: what is begun in one session is finished in no other. */
function ownerOf({ who }: SecurityRequest) {
  return {
    account: who.account,
    session: who.session,
    bound: `session:${who.session}`,
    label: who.name || 'Sapan',
  }
}

export function passkeyPage({ language, formKey }: SecurityRequest, problem?: string): SitePage {
  const fields = textField({
    name: 'name',
    label: words.name[language],
    hint: words.nameHint[language],
    value: words.myDevice[language],
    longest: 60,
    error: problem,
  })
  const body = passkeyForm({
    kind: 'create',
    id: 'add-passkey',
    options: `${home}/passkey/options`,
    action: `${home}/passkey`,
    formKey,
    language,
    text: words.addPasskey[language],
    fields,
  })
  return { ...page(language, words.addPasskey[language], problem, 'name', body), scripts: passkeyScripts }
}

export async function beginPasskey(
  { authenticators }: SecurityOptions,
  request: SecurityRequest,
): Promise<SiteFile> {
  return begunAnswer(await authenticators.beginPasskey(ownerOf(request)))
}

export async function takePasskey(
  { authenticators }: SecurityOptions,
  request: SecurityRequest,
): Promise<SiteAnswer> {
  const field = (name: string) => request.form.get(name) ?? ''
  const answer = { ceremony: field('ceremony'), response: field('response'), name: field('name') }
  try {
    await authenticators.addPasskey(ownerOf(request), answer)
    return back
  } catch (error) {
    return passkeyPage(request, spokenProblem(error, request.language))
  }
}

export async function totpPage(
  { authenticators }: SecurityOptions,
  request: SecurityRequest,
  again?: { readonly ceremony: string; readonly problem: string },
): Promise<SitePage> {
  const { language, formKey } = request
  const owner = ownerOf(request)
  // After a wrong code the same secret is shown: the app has it already.
  const begun =
    again === undefined
      ? await authenticators.beginTotp(owner)
      : await authenticators.lookAtTotp(owner, again.ceremony).catch(() => authenticators.beginTotp(owner))
  const body = form(
    { action: `${home}/totp`, formKey },
    h('p', null, words.scan[language]),
    qrPicture(begun.uri, words.key[language]),
    h('p', null, words.key[language], ' ', h('code', { translate: false }, begun.secret)),
    h('input', { type: 'hidden', name: 'ceremony', value: begun.ceremony }),
    textField({
      name: 'code',
      label: words.code[language],
      width: 6,
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      error: again?.problem,
    }),
    textField({ name: 'name', label: words.name[language], value: words.myApp[language], longest: 60 }),
    button({ text: words.addTotp[language] }),
  )
  return page(language, words.addTotp[language], again?.problem, 'code', body)
}

export async function takeTotp(options: SecurityOptions, request: SecurityRequest): Promise<SiteAnswer> {
  const field = (name: string) => request.form.get(name) ?? ''
  const answer = { ceremony: field('ceremony'), code: field('code'), name: field('name') }
  try {
    await options.authenticators.addTotp(ownerOf(request), answer)
    return back
  } catch (error) {
    const problem = spokenProblem(error, request.language)
    return totpPage(options, request, { ceremony: answer.ceremony, problem })
  }
}

export function passwordPage({ language, formKey }: SecurityRequest, problem?: string): SitePage {
  const body = form(
    { action: `${home}/password`, formKey },
    textField({
      name: 'password',
      type: 'password',
      label: words.password[language],
      hint: words.passwordHint[language],
      autocomplete: 'new-password',
      error: problem,
    }),
    button({ text: words.setPassword[language] }),
  )
  return page(language, words.setPassword[language], problem, 'password', body)
}

export async function takePassword(
  { authenticators, accounts }: SecurityOptions,
  request: SecurityRequest,
): Promise<SiteAnswer> {
  const { who, form: sent, language } = request
  const identifiers = await accounts.identifiersOf(who.account)
  const own = [who.name, ...identifiers.map(({ value }) => value)]
  try {
    await authenticators.setPassword(ownerOf(request), sent.get('password') ?? '', own)
    return back
  } catch (error) {
    return passwordPage(request, spokenProblem(error, language))
  }
}

export function codesPage({ language, formKey }: SecurityRequest): SitePage {
  const body = form(
    { action: `${home}/codes`, formKey },
    h('p', null, words.newCodesHint[language]),
    button({ text: words.newCodes[language] }),
  )
  return page(language, words.newCodes[language], undefined, '', body)
}

export async function takeCodes(
  { authenticators }: SecurityOptions,
  request: SecurityRequest,
): Promise<SitePage> {
  const { language } = request
  const codes = await authenticators.renewRecoveryCodes(ownerOf(request))
  const body = [h('p', null, words.codesHint[language]), codeList(codes)]
  return page(language, words.codesTitle[language], undefined, '', body)
}

function page(
  language: 'th' | 'en',
  title: string,
  problem: string | undefined,
  field: string,
  body: ComponentChildren,
): SitePage {
  const problems = problem === undefined ? [] : [{ field, text: problem }]
  return {
    kind: 'page',
    title,
    status: problem === undefined ? 200 : 422,
    body: h(
      'div',
      { class: 'column' },
      backLink(home, language),
      errorSummary(problems, language),
      h('h1', null, title),
      body,
    ),
  }
}
