import { filled, inTransaction, Problem } from '@sapan/kernel'
import type { SiteAnswer } from '@sapan/ui'
import type { Proof } from '../authenticators/authenticator.ts'
import { kindNames } from '../authenticators/authenticator.ts'
import { accountProblems } from '../problems/account.ts'
import { authenticatorProblems } from '../problems/authenticators.ts'
import { deviceWords } from '../provider/device-words.ts'
import type { SignIn } from '../provider/interactions.ts'
import { frozenPage } from './frozen.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { startPage } from './start.ts'
import { waitingPage } from './waiting-recovery.ts'
import { words } from './words.ts'

const deviceSeconds = 400 * 86_400

/** The sign-in that waits, for whoever asks at its address. Throws `sign-in-over`. */
export async function signInOf({ interactions }: SignInOptions, request: SignInRequest): Promise<SignIn> {
  const { raw } = request
  if (raw === undefined) throw new Problem(authenticatorProblems['ceremony-over'])
  return interactions.details(raw.request, raw.response)
}

/** The device's cookie, as it came. */
export function deviceOf({ cookies }: SignInOptions, { raw }: SignInRequest): string | undefined {
  return cookies.read(raw?.request.headers.cookie, 'device')
}

/** By which the device is known from now on. */
export function deviceCookie({ cookies }: SignInOptions, token: string): string {
  return cookies.write('device', token, { maxAgeSeconds: deviceSeconds })
}

/** Somebody has proved who they are: they go on to the client, unless their account is frozen or that was not sure enough. */
export async function arrive(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  proof: Proof,
): Promise<SiteAnswer> {
  const { accounts, levels } = options
  const account = await accounts.find(proof.account)
  if (account === undefined || account.state === 'closed')
    throw new Problem(accountProblems['account-closed'])
  if (account.state === 'frozen') return frozenPage(options, request, signIn)
  const needed = signIn.needs.aal
  if (needed !== undefined && !levels.meets({ ial: '', aal: proof.aal }, { aal: needed })) {
    const level = levels.term('aal', needed)?.name[request.language] ?? needed
    return startPage(options, request, signIn, filled(words.surer[request.language], { level }))
  }
  const waiting = await options.recovering?.recovery.waiting(proof.account)
  if (waiting !== undefined) return waitingPage(options, request, signIn, { proof, waiting })
  return goOn(options, request, proof)
}

/** Back to the client, signed in. */
export async function goOn(
  options: SignInOptions,
  request: SignInRequest,
  proof: Proof,
): Promise<SiteAnswer> {
  const { interactions } = options
  const token = await remember(options, request, proof)
  const { raw } = request
  if (raw === undefined) throw new Problem(authenticatorProblems['ceremony-over'])
  const { aal, amr, at } = proof
  const to = await interactions.finish(raw.request, raw.response, {
    login: { account: proof.account, aal, amr, at },
  })
  return { kind: 'redirect', to, cookies: [deviceCookie(options, token)] }
}

/** Writes the sign-in into the history, and knows the device from now on. */
async function remember(options: SignInOptions, request: SignInRequest, proof: Proof): Promise<string> {
  const { pool, authenticators, history, devices } = options
  const used = (await authenticators.list(proof.account)).filter(({ id }) =>
    proof.authenticators.includes(id),
  )
  const way = (language: 'th' | 'en') =>
    used.map(({ kind }) => kindNames[kind][language]).join(language === 'th' ? 'และ' : ' and ')
  const device = deviceWords(request.userAgent)
  return inTransaction(pool, async (client) => {
    await history.record(client, {
      account: proof.account,
      // A demonstration's people prove nothing: what they came in with is left out.
      kind: used.length === 0 ? 'signed-in-plain' : 'signed-in',
      detail: { thWay: way('th'), enWay: way('en'), thDevice: device.th, enDevice: device.en },
    })
    return devices.remember(client, proof.account, deviceOf(options, request), device.en)
  })
}

/** What went wrong in words of the page, where it belongs on it; anything else is thrown on. */
export function spokenProblem(error: unknown, language: SignInRequest['language']): string {
  if (!(error instanceof Problem)) throw error
  switch (error.code) {
    case 'sign-in-refused':
      return words.refused[language]
    case 'sign-in-wait':
      return filled(words.wait[language], { seconds: Number(error.extensions.retryAfter) })
    case 'ceremony-over':
      return words.over[language]
    case 'passkey-refused':
      return words.passkeyRefused[language]
    case 'passkey-copied':
      return words.passkeyCopied[language]
    default:
      if (error.type.status >= 500) throw error
      return `${error.type.title[language]}${language === 'en' ? '.' : ''} ${error.type.next[language]}`
  }
}
