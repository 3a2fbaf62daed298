import { interactionPolicy, type KoaContextWithOIDC, type UnknownObject } from 'oidc-provider'
import type { Level, Levels } from '../levels/level.ts'
import { demandOf, missing } from './demand.ts'

const { Check, Prompt, base } = interactionPolicy

/**
 * When a person is asked something in the middle of a sign-in: to prove that it is them (`login`: no session, too old,
 * or too low an AAL), to prove who they are (`proofing`: too low an IAL), and what may be told of them (`consent`).
 */
export function signInPolicy(levels: Levels): interactionPolicy.DefaultPolicy {
  const policy = base()
  const login = policy.get('login')
  if (!login) throw new Error('oidc-provider has no login prompt')
  // They compare acr word for word, where a higher level than asked for is just as good.
  login.checks.remove('essential_acrs')
  login.checks.remove('essential_acr')
  login.checks.add(
    new Check('account_gone', 'the account is not open', 'login_required', (ctx) => {
      return ctx.oidc.session?.accountId !== undefined && ctx.oidc.account === undefined
    }),
  )
  login.checks.add(
    new Check(
      'aal_too_low',
      'a stronger proof that it is the same person is needed',
      'login_required',
      (ctx) => lacks(levels, ctx, 'aal', ctx.oidc.result?.login === undefined).length > 0,
    ),
  )
  const details = login.details
  login.details = async (ctx) => ({ ...(await details(ctx)), ...neededOf(levels, ctx) })
  policy.add(proofing(levels), 1)
  return policy
}

function proofing(levels: Levels): interactionPolicy.Prompt {
  return new Prompt(
    { name: 'proofing' },
    (ctx) => neededOf(levels, ctx),
    new Check(
      'ial_too_low',
      'the person must first prove who they are',
      'unmet_authentication_requirements',
      (ctx) => lacks(levels, ctx, 'ial', ctx.oidc.result?.proofing === undefined).length > 0,
    ),
  )
}

/** `withWished`: what was only wished for is asked once, and then let be. */
function lacks(levels: Levels, ctx: KoaContextWithOIDC, kind: keyof Level, withWished: boolean): string[] {
  const has = levelOf(levels, ctx)
  return has === undefined ? [] : missing(levels, demandOf(levels, ctx), has, kind, withWished)
}

/** The level of the session, if there is one. */
function levelOf(levels: Levels, ctx: KoaContextWithOIDC): Level | undefined {
  if (ctx.oidc.session?.accountId === undefined) return undefined
  return levels.levelOf(ctx.oidc.session.acr ?? '') ?? levels.lowest
}

/** What the pages are told: the highest code that the request needs of each, whether or not the session has it. */
function neededOf(levels: Levels, ctx: KoaContextWithOIDC): UnknownObject {
  const none = { ial: '', aal: '' }
  const demand = demandOf(levels, ctx)
  const highest = (kind: keyof Level) =>
    missing(levels, demand, none, kind, true).reduce((a, b) => levels.higher(kind, a, b), '')
  const [ial, aal] = [highest('ial'), highest('aal')]
  return { ...(ial === '' ? {} : { needed_ial: ial }), ...(aal === '' ? {} : { needed_aal: aal }) }
}
