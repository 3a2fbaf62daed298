import { filled, Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRoute } from '@sapan/ui'
import { proofingProblems } from '../../problems/proofing.ts'
import type { Finding } from '../../proofing/settle.ts'
import type { SignIn } from '../../provider/interactions.ts'
import { arrive, spokenProblem } from '../arrive.ts'
import { frozenPage } from '../frozen.ts'
import type { OutsideSignIn, SignInOptions, SignInPage, SignInRequest } from '../options.ts'
import { startPage } from '../start.ts'
import { words } from '../words.ts'

/** At the issuer: where the outside provider sends people back to. */
export const outsideBack = '/sign-in/outside/back'

type Purpose = 'sign-in' | 'recover'

const cookieName = 'outside'
const cookieSeconds = 900
const waiting = /^(sign-in|recover)\.([\w-]{1,64})$/

/** Away to the provider. The one address to which it sends people back finds the sign-in by a cookie. */
export function toOutside(purpose: Purpose): SignInPage {
  return async (options, request, signIn) => {
    try {
      const to = await outsideOf(options).provider.begin({ session: visitOf(signIn, purpose) })
      const cookie = options.cookies.write(cookieName, `${purpose}.${signIn.uid}`, {
        maxAgeSeconds: cookieSeconds,
      })
      return { kind: 'redirect', to, cookies: [cookie] }
    } catch (error) {
      return startPage(options, request, signIn, spokenProblem(error, request.language))
    }
  }
}

/** Back from the provider, and on to the sign-in that waits: the cookie of the interaction is for its addresses alone. */
export function outsideBackRoute<Who, Need>({ cookies }: SignInOptions): SiteRoute<Who, Need> {
  return {
    method: 'GET',
    path: outsideBack,
    handle: ({ raw, query }) => {
      const kept = cookies.read(raw?.request.headers.cookie, cookieName)
      const [, purpose, uid] = waiting.exec(kept ?? '') ?? []
      if (uid === undefined) throw new Problem(proofingProblems['sign-in-elsewhere-failed'])
      const path = purpose === 'recover' ? 'recover/outside/back' : 'outside/back'
      return {
        kind: 'redirect',
        to: `/sign-in/${uid}/${path}?${query}`,
        cookies: [cookies.write(cookieName, '', { maxAgeSeconds: 0 })],
      }
    },
  }
}

/** Whom the provider found in what this visit began. Throws `sign-in-elsewhere-failed`. */
export function findingOf(
  options: SignInOptions,
  { query }: SignInRequest,
  signIn: SignIn,
  purpose: Purpose,
): Promise<Finding> {
  return outsideOf(options).provider.find({ session: visitOf(signIn, purpose) }, query)
}

/** The sign-in goes on with whom the provider found. */
export async function takeOutside(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { entering, name } = outsideOf(options)
  const { language } = request
  try {
    const finding = await findingOf(options, request, signIn, 'sign-in')
    await options.recovery.ripen()
    const proof = await entering.enter(finding, language)
    if (signIn.session !== undefined && signIn.session.account !== proof.account) {
      const other = filled(words.outsideOther[language], { provider: name[language] })
      return startPage(options, request, signIn, other)
    }
    return await arrive(options, request, signIn, proof)
  } catch (error) {
    if (error instanceof Problem && error.code === 'account-frozen')
      return frozenPage(options, request, signIn)
    return startPage(options, request, signIn, spokenProblem(error, language))
  }
}

function outsideOf({ outside }: SignInOptions): OutsideSignIn {
  if (outside === undefined) throw new Problem(proofingProblems['sign-in-elsewhere-failed'])
  return outside
}

/** What was begun to sign in ends in no recovery, and the other way round. */
function visitOf({ uid }: SignIn, purpose: Purpose): string {
  return `${purpose}:${uid}`
}
