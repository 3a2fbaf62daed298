import { filled, Problem } from '@sapan/kernel'
import { button, buttonGroup, form, plainTime, type SiteAnswer, type SitePage } from '@sapan/ui'
import { h } from 'preact'
import type { Proof } from '../authenticators/authenticator.ts'
import type { Ceremony } from '../authenticators/store/ceremonies.ts'
import { recoveryProblems } from '../problems/recovery.ts'
import type { SignIn } from '../provider/interactions.ts'
import type { WaitingRecovery } from '../recovery/recovery.ts'
import { goOn } from './arrive.ts'
import { boundOf } from './bound.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { portOf } from './recovery-proofed.ts'
import { words } from './words.ts'

const decisionSeconds = 900

/** Whoever has just signed in is asked whether the recovery that waits is theirs, before they go on. */
export async function waitingPage(
  options: SignInOptions,
  { language, formKey }: SignInRequest,
  signIn: SignIn,
  { proof, waiting }: { readonly proof: Proof; readonly waiting: WaitingRecovery },
): Promise<SitePage> {
  const { account, aal, amr, authenticators, at } = proof
  const kept = { account, aal, amr: [...amr], authenticators: [...authenticators], at }
  const content = { proof: kept, recovery: waiting.id }
  const ceremony = await portOf(options).ceremonies.begin(ceremonyOf(signIn), content, decisionSeconds)
  const time = (at: number) => plainTime(at, language)
  const title = words.waitingTitle[language]
  const hint = { begun: time(waiting.begunAt), time: time(waiting.readyAt) }
  const choice = (value: string, text: string, kind: 'danger' | 'secondary') =>
    button({ text, kind, name: 'decision', value })
  return {
    kind: 'page',
    title,
    formTargets: [signIn.client.origin],
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, title),
      h('p', null, filled(words.waitingHint[language], hint)),
      form(
        { action: `/sign-in/${signIn.uid}/recovery`, formKey },
        h('input', { type: 'hidden', name: 'ceremony', value: ceremony }),
        buttonGroup(
          choice('cancel', words.waitingCancel[language], 'danger'),
          choice('keep', words.waitingKeep[language], 'secondary'),
        ),
      ),
    ),
  }
}

/** Cancels it or lets it wait, and goes on. One that is over meanwhile is no reason to stay. */
export async function takeDecision(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { ceremonies, recovery } = portOf(options)
  const kept = await ceremonies.finish(options.pool, request.form.get('ceremony') ?? '', ceremonyOf(signIn))
  const { proof, recovery: id } = kept as { proof: Proof; recovery: string }
  if (request.form.get('decision') !== 'keep')
    await recovery.cancel(proof.account, id).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.type !== recoveryProblems['recovery-not-found']) throw error
    })
  return goOn(options, request, proof)
}

function ceremonyOf(signIn: SignIn): Ceremony {
  return { kind: 'decide-recovery', bound: boundOf(signIn) }
}
