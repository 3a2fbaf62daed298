import { uuidv7 } from '@sapan/kernel'
import { button, form, type SiteAnswer, type SitePage, textField } from '@sapan/ui'
import { h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'
import { spokenProblem } from './arrive.ts'
import { boundOf } from './bound.ts'
import { ceremonyOf, openSeconds, secretsPage } from './create-secrets.ts'
import { codeVisitOf, letterCodeField, lettersOf } from './letters.ts'
import { openingPage, openingWords as words } from './opening-page.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { words as common } from './words.ts'

/** Opening an account without a passkey: first the address that will be its name. */
export function emailPage(
  { language, formKey, form: sent }: SignInRequest,
  signIn: SignIn,
  wrong?: string,
): SitePage {
  const field = textField({
    name: 'address',
    label: words.address[language],
    hint: words.addressHint[language],
    type: 'email',
    autocomplete: 'email',
    longest: 254,
    value: sent.get('address') ?? '',
    ...(wrong !== undefined && { error: wrong }),
  })
  const action = `/sign-in/${signIn.uid}/create/password`
  const body = [
    h('p', null, words.why[language]),
    form({ action, formKey }, field, button({ text: words.send[language] })),
  ]
  return openingPage(
    language,
    signIn,
    { back: 'create', wrong: wrong && { field: 'address', text: wrong } },
    body,
  )
}

export async function takeEmail(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  try {
    const { codes } = lettersOf(options)
    const check = await codes.askOpening(
      codeVisitOf(options, request, signIn),
      request.form.get('address') ?? '',
    )
    return { kind: 'redirect', to: `/sign-in/${signIn.uid}/create/password/${check}` }
  } catch (error) {
    return emailPage(request, signIn, spokenProblem(error, request.language))
  }
}

/** The code that was sent there. */
export function emailCodePage(
  { language, formKey, parameters }: SignInRequest,
  signIn: SignIn,
  wrong?: string,
): SitePage {
  const action = `/sign-in/${signIn.uid}/create/password/${encodeURIComponent(parameters.check ?? '')}`
  const body = form(
    { action, formKey },
    letterCodeField(language, wrong),
    button({ text: common.next[language] }),
  )
  const problem = wrong && { field: 'code', text: wrong }
  return openingPage(language, signIn, { back: 'create/password', wrong: problem, hasHeading: true }, body)
}

export async function takeEmailCode(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { codes, ceremonies, clock } = lettersOf(options)
  const { form: sent, language, parameters } = request
  try {
    const answer = { check: parameters.check ?? '', code: sent.get('code') ?? '' }
    const email = await codes.confirmOpening(codeVisitOf(options, request, signIn), answer)
    const account = uuidv7(clock())
    const secret = await options.authenticators.beginTotp({ account, label: email, bound: boundOf(signIn) })
    const content = { account, email, totp: secret.ceremony }
    const opening = await ceremonies.begin(ceremonyOf(signIn, 'open-by-email'), content, openSeconds)
    return secretsPage(request, signIn, { opening, secret })
  } catch (error) {
    return emailCodePage(request, signIn, spokenProblem(error, language))
  }
}
