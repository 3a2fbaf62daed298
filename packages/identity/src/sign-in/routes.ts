import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRoute } from '@sapan/ui'
import { authenticatorProblems } from '../problems/authenticators.ts'
import type { SignIn } from '../provider/interactions.ts'
import type { Door } from './admission.ts'
import { arrive, deviceOf, signInOf, spokenProblem } from './arrive.ts'
import { boundOf } from './bound.ts'
import { createPage, takeCreation } from './create.ts'
import { emailCodePage, emailPage, takeEmail, takeEmailCode } from './create-password.ts'
import { goOnOpened, takeSecrets } from './create-secrets.ts'
import { frozenPage } from './frozen.ts'
import { codePage, namePage, takeCode, takeName } from './name-steps.ts'
import { deviceCodePage, newDevicePage, takeDeviceCode, takeNewDevice } from './new-device.ts'
import type { SignInOptions, SignInPage, SignInRequest } from './options.ts'
import { outsideBackRoute, takeOutside, toOutside } from './outside/routes.ts'
import { begunAnswer } from './passkey-form.ts'
import { recoverPage, takeRecoverProof } from './recover.ts'
import { passportPage, takeOutsideProof, takePassport } from './recover-ways.ts'
import { beginRecoveryPasskey, takeRecovery } from './recovery-proofed.ts'
import { reviewPage, takeReview, takeReviewDate } from './review.ts'
import { startPage } from './start.ts'
import { takeDecision } from './waiting-recovery.ts'

/**
 * The pages of signing in, at the issuer: `/sign-in/:uid…`, without consent and proofing, which have pages of their own.
 * Their scripts are in `identityAssets()`. Without JavaScript, everything works but passkeys.
 */
export function signInRoutes<Who, Need>(options: SignInOptions): SiteRoute<Who, Need>[] {
  const route = (method: 'GET' | 'POST', path: string, page: SignInPage): SiteRoute<Who, Need> => ({
    method,
    path: `/sign-in/:uid${path}`,
    handle: async (request) => {
      const signIn = await signInOf(options, request)
      // What is asked next has its own page, where the sign-in itself is over.
      if (signIn.prompt !== 'login')
        return { kind: 'redirect', to: `/sign-in/${signIn.uid}/${signIn.prompt}` }
      return page(options, request, signIn)
    },
  })
  return [
    route('GET', '', (_, request, signIn) => startPage(options, request, signIn)),
    route('POST', '/passkey/options', through('start', beginPasskey)),
    route('POST', '/passkey', takePasskey),
    route('GET', '/password', (_, request, signIn) => namePage(request, signIn)),
    route('POST', '/password', takeName),
    route('GET', '/totp', (_, request, signIn) => codePage(request, signIn, 'totp')),
    route('POST', '/totp', (_, request, signIn) => takeCode(options, request, signIn, 'totp')),
    route('GET', '/recovery-code', (_, request, signIn) => codePage(request, signIn, 'recovery-code')),
    route('POST', '/recovery-code', (_, request, signIn) =>
      takeCode(options, request, signIn, 'recovery-code'),
    ),
    route('GET', '/create', createPage),
    route('POST', '/create/options', through('open', beginCreation)),
    route('POST', '/create', takeCreation),
    route('POST', '/created', (_, __, signIn) => ({ kind: 'redirect', to: `/sign-in/${signIn.uid}` })),
    route('POST', '/unfreeze', takeUnfreezing),
    route('POST', '/review/date', takeReviewDate),
    route('POST', '/review', takeReview),
    route('POST', '/cancel', cancel),
    ...(options.letters === undefined ? [] : letterRoutes(route)),
    ...(options.recovering === undefined ? [] : recoverRoutes(route)),
    ...(options.outside === undefined ? [] : outsideRoutes(options, route)),
    ...(options.addition?.forms ?? []).map(({ path, prove }) =>
      route('POST', path, async (_, request, signIn) =>
        arrive(options, request, signIn, await prove(request)),
      ),
    ),
  ]
}

function letterRoutes<Who, Need>(
  route: (method: 'GET' | 'POST', path: string, page: SignInPage) => SiteRoute<Who, Need>,
): SiteRoute<Who, Need>[] {
  return [
    route('GET', '/create/password', (_, request, signIn) => emailPage(request, signIn)),
    route('POST', '/create/password', through('letter', takeEmail)),
    route('GET', '/create/password/:check', (_, request, signIn) => emailCodePage(request, signIn)),
    route('POST', '/create/password/:check', through('open', takeEmailCode)),
    route('POST', '/create/account', takeSecrets),
    route('POST', '/opened', goOnOpened),
    route('GET', '/device', (_, request, signIn) => newDevicePage(request, signIn)),
    route('POST', '/device', through('letter', takeNewDevice)),
    route('GET', '/device/:check', (_, request, signIn) => deviceCodePage(request, signIn)),
    route('POST', '/device/:check', takeDeviceCode),
  ]
}

function recoverRoutes<Who, Need>(
  route: (method: 'GET' | 'POST', path: string, page: SignInPage) => SiteRoute<Who, Need>,
): SiteRoute<Who, Need>[] {
  return [
    route('GET', '/recover', recoverPage),
    route('POST', '/recover', through('reproof', takeRecoverProof)),
    route('POST', '/recover/options', beginRecoveryPasskey),
    route('POST', '/recover/passkey', takeRecovery),
    route('GET', '/recover/passport', passportPage),
    route('POST', '/recover/passport', through('reproof', takePassport)),
    route('POST', '/recovery', takeDecision),
  ]
}

function outsideRoutes<Who, Need>(
  options: SignInOptions,
  route: (method: 'GET' | 'POST', path: string, page: SignInPage) => SiteRoute<Who, Need>,
): SiteRoute<Who, Need>[] {
  return [
    outsideBackRoute(options),
    route('GET', '/outside', through('start', toOutside('sign-in'))),
    route('GET', '/outside/back', takeOutside),
    ...(options.recovering === undefined
      ? []
      : [
          route('GET', '/recover/outside', through('reproof', toOutside('recover'))),
          route('GET', '/recover/outside/back', takeOutsideProof),
        ]),
  ]
}

/** A page that costs something: strangers get to it as often as the country says. Who is signed in is no stranger. */
function through(door: Door, page: SignInPage): SignInPage {
  return async (options, request, signIn) => {
    const { address } = request
    if (signIn.session === undefined)
      await options.admission.admit(door, {
        address,
        device: deviceOf(options, request),
        visit: signIn.uid,
      })
    return page(options, request, signIn)
  }
}

async function beginCreation(
  { opening }: SignInOptions,
  { language }: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  return begunAnswer(await opening.beginPasskey(boundOf(signIn), language === 'th' ? 'สะพาน' : 'Sapan'))
}

async function beginPasskey(
  { authenticators }: SignInOptions,
  _: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  return begunAnswer(await authenticators.beginSignIn(visitOf(signIn)))
}

/** Who is signed in already is asked for their own passkeys. */
function visitOf(signIn: SignIn) {
  return { bound: boundOf(signIn), account: signIn.session?.account }
}

async function provePasskey(
  { authenticators, recovery }: SignInOptions,
  { form }: SignInRequest,
  signIn: SignIn,
) {
  await recovery.ripen()
  const answer = { ceremony: form.get('ceremony') ?? '', response: form.get('response') ?? '' }
  return authenticators.provePasskey(visitOf(signIn), answer)
}

async function takePasskey(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const proof = await provePasskey(options, request, signIn).catch((error: unknown) =>
    spokenProblem(error, request.language),
  )
  if (typeof proof === 'string') return startPage(options, request, signIn, proof)
  return arrive(options, request, signIn, proof)
}

async function takeUnfreezing(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  try {
    const proof = await provePasskey(options, request, signIn)
    return await reviewPage(options, request, signIn, proof)
  } catch (error) {
    return frozenPage(options, request, signIn, spokenProblem(error, request.language))
  }
}

async function cancel({ interactions }: SignInOptions, { raw }: SignInRequest): Promise<SiteAnswer> {
  if (raw === undefined) throw new Problem(authenticatorProblems['ceremony-over'])
  return { kind: 'redirect', to: await interactions.finish(raw.request, raw.response, { cancelled: true }) }
}
