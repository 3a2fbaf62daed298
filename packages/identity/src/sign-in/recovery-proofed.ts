import { Problem } from '@sapan/kernel'
import {
  backLink,
  checkbox,
  confirmation,
  errorSummary,
  type FieldProblem,
  plainTime,
  type SiteAnswer,
  type SitePage,
  textField,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { Ceremonies } from '../authenticators/store/ceremonies.ts'
import { recoveryProblems } from '../problems/recovery.ts'
import type { Reproofed, Reproofing } from '../proofing/reproof.ts'
import type { Finding } from '../proofing/settle.ts'
import type { SignIn } from '../provider/interactions.ts'
import type { Proofed, Recovery } from '../recovery/recovery.ts'
import { spokenProblem } from './arrive.ts'
import { passkeyScripts } from './assets.ts'
import { boundOf } from './bound.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { begunAnswer, passkeyForm } from './passkey-form.ts'
import { words } from './words.ts'

/** How a person is proved anew who has lost what they sign in with. */
export interface Recovering {
  readonly clock: () => number
  readonly ceremonies: Ceremonies
  readonly reproofing: Pick<Reproofing, 'byCard' | 'byPassport' | 'byFinding'>
  readonly recovery: Pick<Recovery, 'begin' | 'waiting' | 'cancel'>
  /** How the code of a card is written. */
  readonly cardCode: { readonly pattern: string; readonly example: string }
}

/** Who was proved, as it waits for their passkey; the finding as JSON. */
type KeptProof = Omit<Proofed, 'finding'> & { readonly finding: string }

/** Time for choosing a device and making the passkey, once somebody is proved. */
const proofSeconds = 900

/** Whoever was proved and has an account goes on to add a passkey. Throws `recovery-proof-needed`. */
export async function goOnProofed(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  reproofed: Reproofed,
): Promise<SitePage> {
  const { ceremonies } = portOf(options)
  const { finding, ...proofed } = proofedOf(options, reproofed)
  const kept = { ...proofed, finding: JSON.stringify(finding) }
  return addPage(request, signIn, await ceremonies.begin(ceremonyOf(signIn), kept, proofSeconds))
}

/** Options for the new passkey of whoever was proved in this visit. */
export async function beginRecoveryPasskey(
  options: SignInOptions,
  { form: sent, language }: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { ceremonies } = portOf(options)
  const kept = (await ceremonies.look(sent.get('proof') ?? '', ceremonyOf(signIn))) as KeptProof
  const label = (await options.accounts.find(kept.account))?.name[language] || words.device[language]
  return begunAnswer(
    await options.authenticators.beginPasskey({ account: kept.account, label, bound: boundOf(signIn) }),
  )
}

/** The recovery begins to wait. A proof begins one; a passkey that was refused may be tried again. */
export async function takeRecovery(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { ceremonies, recovery } = portOf(options)
  const { form: sent, language } = request
  const field = (name: string) => sent.get(name) ?? ''
  const proof = field('proof')
  try {
    const { finding, ...proofed } = (await ceremonies.look(proof, ceremonyOf(signIn))) as KeptProof
    const found: Proofed = { ...proofed, finding: JSON.parse(finding) as Finding }
    const { readyAt } = await recovery.begin(found, {
      ceremony: field('ceremony'),
      response: field('response'),
      name: field('name'),
      bound: boundOf(signIn),
      keepsFormer: field('keeps-former') === 'yes',
    })
    await ceremonies.finish(options.pool, proof, ceremonyOf(signIn))
    const title = words.recoverBegun[language]
    const next = h('p', null, words.recoverNext[language].replace('{time}', plainTime(readyAt, language)))
    const back = backLink(`/sign-in/${signIn.uid}`, language, words.title[language])
    return { kind: 'page', title, body: h('div', { class: 'column' }, confirmation({ title, next }), back) }
  } catch (error) {
    return addPage(request, signIn, proof, { field: 'name', text: spokenProblem(error, language) })
  }
}

function addPage(
  { language, formKey }: SignInRequest,
  signIn: SignIn,
  proof: string,
  wrong?: FieldProblem,
): SitePage {
  const path = `/sign-in/${signIn.uid}/recover`
  const fields = [
    h('input', { type: 'hidden', name: 'proof', value: proof }),
    textField({
      name: 'name',
      label: words.deviceName[language],
      hint: words.deviceHint[language],
      value: words.device[language],
      longest: 60,
      error: wrong?.text,
    }),
    checkbox({ name: 'keeps-former', label: words.recoverKeep[language] }),
  ]
  const asked = passkeyForm({
    kind: 'create',
    id: 'recover',
    options: `${path}/options`,
    action: `${path}/passkey`,
    formKey,
    language,
    text: words.recoverAdd[language],
    fields,
  })
  const body = [h('p', null, words.recoverFound[language]), asked]
  return { ...recoveryPage(language, signIn, wrong, body), scripts: passkeyScripts }
}

/**
 * Whose account it is. A proof that is worth less than what the account rests on recovers nothing: it would be the weaker
 * door to the same house. Throws `recovery-proof-needed`, also where there is no account.
 */
function proofedOf({ levels }: SignInOptions, { account, ial, how, evidence, finding }: Reproofed) {
  if (account === undefined || !levels.meets({ ial, aal: '' }, { ial: account.ial }))
    throw new Problem(recoveryProblems['recovery-proof-needed'])
  return { account: account.id, how, evidence, finding }
}

/** What recovery stands on. Throws `recovery-not-found` where the house recovers nothing. */
export function portOf({ recovering }: SignInOptions): Recovering {
  if (recovering === undefined) throw new Problem(recoveryProblems['recovery-not-found'])
  return recovering
}

function ceremonyOf(signIn: SignIn) {
  return { kind: 'recover-account', bound: boundOf(signIn) } as const
}

/** A page of recovery in its frame. */
export function recoveryPage(
  language: 'th' | 'en',
  { uid, client }: SignIn,
  wrong: FieldProblem | undefined,
  body: ComponentChildren,
): SitePage {
  const title = words.recover[language]
  return {
    kind: 'page',
    title,
    status: wrong === undefined ? 200 : 422,
    formTargets: [client.origin],
    body: h(
      'div',
      { class: 'column' },
      backLink(`/sign-in/${uid}`, language),
      errorSummary(wrong === undefined ? [] : [wrong], language),
      h('h1', null, title),
      body,
    ),
  }
}
