import { button, type FieldProblem, form, type SiteAnswer, type SitePage, textField } from '@sapan/ui'
import { h } from 'preact'
import type { Proof } from '../authenticators/authenticator.ts'
import type { Ceremony } from '../authenticators/store/ceremonies.ts'
import type { TotpSecret } from '../authenticators/totp.ts'
import { qrPicture } from '../pages/security/qr.ts'
import type { SignIn } from '../provider/interactions.ts'
import { arrive, spokenProblem } from './arrive.ts'
import { boundOf } from './bound.ts'
import { codeList } from './code-list.ts'
import { lettersOf } from './letters.ts'
import { openingPage, openingWords as words } from './opening-page.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { words as common } from './words.ts'

/** Time for what is left, once the address is proved (seconds). */
export const openSeconds = 900

interface Secrets {
  readonly opening: string
  readonly secret: TotpSecret
}

/** Code app and password, on one page: neither counts without the other. */
export function secretsPage(
  { language, formKey, form: sent }: SignInRequest,
  signIn: SignIn,
  { opening, secret }: Secrets,
  wrong?: FieldProblem,
): SitePage {
  const errorAt = (name: string) => (wrong?.field === name ? { error: wrong.text } : {})
  const body = form(
    { action: `/sign-in/${signIn.uid}/create/account`, formKey },
    h('input', { type: 'hidden', name: 'opening', value: opening }),
    h('h2', null, words.app[language]),
    h('p', null, words.scan[language]),
    qrPicture(secret.uri, words.key[language]),
    h(
      'p',
      null,
      `${words.key[language]} `,
      h('code', { class: 'key', translate: false }, grouped(secret.secret)),
    ),
    textField({
      name: 'code',
      label: words.code[language],
      width: 6,
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      ...errorAt('code'),
    }),
    textField({
      name: 'name',
      label: words.appName[language],
      value: sent.get('name') || words.myApp[language],
      longest: 60,
      ...errorAt('name'),
    }),
    h('h2', null, words.passwordTitle[language]),
    textField({
      name: 'password',
      type: 'password',
      label: words.password[language],
      hint: words.passwordHint[language],
      autocomplete: 'new-password',
      longest: 256,
      ...errorAt('password'),
    }),
    button({ text: words.open[language] }),
  )
  return openingPage(language, signIn, { back: 'create/password', wrong }, body)
}

/** The account is opened with both; its codes are shown before its owner goes on, who need not prove it once more. */
export async function takeSecrets(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { ceremonies } = lettersOf(options)
  const { form: sent, language } = request
  const field = (name: string) => sent.get(name) ?? ''
  const bound = boundOf(signIn)
  const opening = field('opening')
  const kept = await ceremonies.look(opening, ceremonyOf(signIn, 'open-by-email'))
  const { account, email, totp } = kept as { account: string; email: string; totp: string }
  try {
    const answer = { code: field('code'), name: field('name'), password: field('password') }
    const opened = await options.opening.withPassword(bound, {
      account,
      email,
      language,
      ceremony: totp,
      ...answer,
    })
    await ceremonies.finish(options.pool, opening, ceremonyOf(signIn, 'open-by-email'))
    return codesPage(request, signIn, opened.codes, await keepProof(options, signIn, opened.proof))
  } catch (error) {
    const text = spokenProblem(error, language)
    const secret = await options.authenticators.lookAtTotp({ account, label: email, bound }, totp)
    return secretsPage(request, signIn, { opening, secret }, { field: fieldOf(error), text })
  }
}

/** On with the account that was just opened. */
export async function goOnOpened(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { ceremonies } = lettersOf(options)
  const ceremony = request.form.get('ceremony') ?? ''
  const kept = await ceremonies.finish(options.pool, ceremony, ceremonyOf(signIn, 'opened-account'))
  return arrive(options, request, signIn, (kept as { proof: Proof }).proof)
}

function keepProof(options: SignInOptions, signIn: SignIn, proof: Proof): Promise<string> {
  const { account, aal, amr, authenticators, at } = proof
  const kept = { account, aal, amr: [...amr], authenticators: [...authenticators], at }
  return lettersOf(options).ceremonies.begin(
    ceremonyOf(signIn, 'opened-account'),
    { proof: kept },
    openSeconds,
  )
}

function codesPage(
  { language, formKey }: SignInRequest,
  { uid, client }: SignIn,
  codes: readonly string[],
  ceremony: string,
): SitePage {
  const title = common.codesTitle[language]
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, title),
    h('p', null, common.codesHint[language]),
    codeList(codes),
    form(
      { action: `/sign-in/${uid}/opened`, formKey },
      h('input', { type: 'hidden', name: 'ceremony', value: ceremony }),
      button({ text: common.kept[language] }),
    ),
  )
  return { kind: 'page', title, body, formTargets: [client.origin] }
}

/** Four letters at a time, to be typed. */
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}

function fieldOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'password-weak' ? 'password' : code === 'name-invalid' ? 'name' : 'code'
}

/** Of an account that is about to be opened, or was just. */
export function ceremonyOf(
  signIn: SignIn,
  kind: Extract<Ceremony['kind'], 'open-by-email' | 'opened-account'>,
): Ceremony {
  return { kind, bound: boundOf(signIn) }
}
