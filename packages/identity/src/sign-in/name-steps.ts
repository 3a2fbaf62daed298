import { Problem } from '@sapan/kernel'
import {
  backLink,
  button,
  errorSummary,
  type FieldProblem,
  form,
  type SiteAnswer,
  type SitePage,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'
import { arrive, deviceOf, spokenProblem } from './arrive.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { words } from './words.ts'

/** First step: name and password. It goes on to the second whatever was entered. */
export async function takeName(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { form: sent, language } = request
  try {
    const answer = { name: sent.get('name') ?? '', password: sent.get('password') ?? '' }
    await options.names.begin(visitOf(options, request, signIn), answer)
  } catch (error) {
    const mustWait = error instanceof Problem && error.code === 'sign-in-wait'
    const other = mustWait && options.letters !== undefined ? 'device' : undefined
    return namePage(request, signIn, spokenProblem(error, language), other)
  }
  return { kind: 'redirect', to: `/sign-in/${signIn.uid}/totp` }
}

/** Second step: the code. One answer to all that was entered. */
export async function takeCode(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  kind: 'totp' | 'recovery-code',
): Promise<SiteAnswer> {
  const { form: sent, language } = request
  let proved: Awaited<ReturnType<SignInOptions['names']['finish']>>
  try {
    const code = sent.get('code') ?? ''
    proved = await options.names.finish(visitOf(options, request, signIn), { kind, code })
  } catch (error) {
    return namePage(request, signIn, spokenProblem(error, language))
  }
  const { proof, codesLeft } = proved
  if (codesLeft !== undefined)
    await options.history.record(options.pool, {
      account: proof.account,
      kind: 'recovery-code-used',
      detail: { left: String(codesLeft) },
    })
  return arrive(options, request, signIn, proof)
}

function visitOf(options: SignInOptions, request: SignInRequest, { uid }: SignIn) {
  return { uid, device: deviceOf(options, request), address: request.address, userAgent: request.userAgent }
}

export function namePage(
  { language, formKey }: SignInRequest,
  { uid, client }: SignIn,
  problem?: string,
  other?: 'device',
): SitePage {
  const path = `/sign-in/${uid}`
  const problems: FieldProblem[] = problem === undefined ? [] : [{ field: 'name', text: problem }]
  return {
    kind: 'page',
    title: words.password[language],
    status: problem === undefined ? 200 : 422,
    formTargets: [client.origin],
    body: h(
      'div',
      { class: 'column' },
      backLink(path, language),
      errorSummary(problems, language),
      h('h1', null, words.password[language]),
      form(
        { action: `${path}/password`, formKey },
        textField({
          name: 'name',
          label: words.name[language],
          autocomplete: 'username',
          longest: 254,
          error: problem,
        }),
        textField({
          name: 'password',
          label: words.passwordField[language],
          type: 'password',
          autocomplete: 'current-password',
        }),
        button({ text: words.next[language] }),
      ),
      other === undefined
        ? null
        : h('p', null, h('a', { href: `${path}/${other}` }, words.confirmDevice[language])),
    ),
  }
}

export function codePage(
  { language, formKey }: SignInRequest,
  { uid, client }: SignIn,
  kind: 'totp' | 'recovery-code',
): SitePage {
  const path = `/sign-in/${uid}`
  const isApp = kind === 'totp'
  const title = isApp ? words.totp[language] : words.recoveryCode[language]
  return {
    kind: 'page',
    title,
    formTargets: [client.origin],
    body: h(
      'div',
      { class: 'column' },
      backLink(`${path}/password`, language),
      form(
        { action: `${path}/${kind}`, formKey },
        textField({
          name: 'code',
          label: title,
          isHeading: true,
          ...(isApp && { width: 6 as const }),
          longest: 40,
          autocomplete: isApp ? 'one-time-code' : 'off',
          ...(isApp ? { inputMode: 'numeric' as const } : { hint: words.recoveryHint[language] }),
        }),
        button({ text: words.enter[language] }),
      ),
      isApp ? h('p', null, h('a', { href: `${path}/recovery-code` }, words.useRecoveryCode[language])) : null,
    ),
  }
}
