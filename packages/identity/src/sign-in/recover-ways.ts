import { button, type FieldProblem, form, type SiteAnswer, type SitePage, textArea } from '@sapan/ui'
import { h } from 'preact'
import { countedAddress } from '../authenticators/throttle.ts'
import type { SignIn } from '../provider/interactions.ts'
import { spokenProblem } from './arrive.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { findingOf } from './outside/routes.ts'
import { recoverPage } from './recover.ts'
import { goOnProofed, portOf, recoveryPage } from './recovery-proofed.ts'
import { words } from './words.ts'

/** Recovery by a foreigner's passport: its lines. */
export function passportPage(
  _: SignInOptions,
  { language, formKey, form: sent }: SignInRequest,
  signIn: SignIn,
  wrong?: FieldProblem,
): SitePage {
  const { uid } = signIn
  const body = [
    h('p', null, h('a', { href: `/sign-in/${uid}/recover` }, words.recoverCard[language])),
    form(
      { action: `/sign-in/${uid}/recover/passport`, formKey },
      textArea({
        name: 'lines',
        label: words.recoverLines[language],
        hint: words.recoverLinesHint[language],
        rows: 3,
        longest: 200,
        value: sent.get('lines') ?? '',
        ...(wrong && { error: wrong.text }),
      }),
      button({ text: words.recoverAskBureau[language] }),
    ),
  ]
  return recoveryPage(language, signIn, wrong, body)
}

/** Asks the Immigration Bureau. Who is found there and has an account goes on to add a passkey. */
export async function takePassport(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { reproofing } = portOf(options)
  const { address, form: sent, language } = request
  try {
    const reproofed = await reproofing.byPassport(countedAddress(address), sent.get('lines') ?? '')
    return await goOnProofed(options, request, signIn, reproofed)
  } catch (error) {
    const wrong = { field: 'lines', text: spokenProblem(error, language) }
    return passportPage(options, request, signIn, wrong)
  }
}

/** Back from the outside provider, to recover. */
export async function takeOutsideProof(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { reproofing } = portOf(options)
  try {
    const finding = await findingOf(options, request, signIn, 'recover')
    return await goOnProofed(options, request, signIn, await reproofing.byFinding(finding))
  } catch (error) {
    const wrong = { field: 'number', text: spokenProblem(error, request.language) }
    return recoverPage(options, request, signIn, wrong)
  }
}
