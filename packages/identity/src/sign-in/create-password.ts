import { type Language, type Text, uuidv7 } from '@sapan/kernel'
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
import { type ComponentChildren, h } from 'preact'
import type { Proof } from '../authenticators/authenticator.ts'
import type { Ceremony } from '../authenticators/store/ceremonies.ts'
import type { TotpSecret } from '../authenticators/totp.ts'
import { qrPicture } from '../pages/security/qr.ts'
import type { SignIn } from '../provider/interactions.ts'
import { arrive, spokenProblem } from './arrive.ts'
import { boundOf } from './bound.ts'
import { codeList } from './code-list.ts'
import { codeVisitOf, letterCodeField, lettersOf } from './letters.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { words as common } from './words.ts'

const openSeconds = 900

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
  return page(language, signIn, { back: 'create', wrong: wrong && { field: 'address', text: wrong } }, body)
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
  return page(language, signIn, { back: 'create/password', wrong: problem, hasHeading: true }, body)
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

interface Secrets {
  readonly opening: string
  readonly secret: TotpSecret
}

/** Code app and password, on one page: neither counts without the other. */
function secretsPage(
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
  return page(language, signIn, { back: 'create/password', wrong }, body)
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

function ceremonyOf(
  signIn: SignIn,
  kind: Extract<Ceremony['kind'], 'open-by-email' | 'opened-account'>,
): Ceremony {
  return { kind, bound: boundOf(signIn) }
}

interface Around {
  readonly back: string
  readonly wrong?: FieldProblem | '' | undefined
  /** The field's label is the heading. */
  readonly hasHeading?: boolean
}

function page(
  language: Language,
  { uid, client }: SignIn,
  { back, wrong, hasHeading = false }: Around,
  body: ComponentChildren,
): SitePage {
  const title = words.title[language]
  const problems = wrong ? [wrong] : []
  return {
    kind: 'page',
    title,
    status: problems.length === 0 ? 200 : 422,
    formTargets: [client.origin],
    body: h(
      'div',
      { class: 'column' },
      backLink(`/sign-in/${uid}/${back}`, language),
      errorSummary(problems, language),
      hasHeading ? null : h('h1', null, title),
      body,
    ),
  }
}

const words = {
  title: { th: 'เปิดบัญชีด้วยรหัสผ่านและแอปรหัส', en: 'Open an account with a password and a code app' },
  why: {
    th: 'ใช้เมื่ออุปกรณ์ของคุณใช้พาสคีย์ไม่ได้ รหัสผ่านใช้คู่กับแอปรหัสเสมอ อีเมลเป็นชื่อสำหรับเข้าสู่ระบบ',
    en: 'For devices without passkeys. The password always goes with a code app; your e-mail address is the name to sign in with.',
  },
  address: { th: 'อีเมลของคุณ', en: 'Your e-mail address' },
  addressHint: { th: 'เราส่งรหัส 6 หลักไปที่อีเมลนี้ก่อน', en: 'We first send six digits there.' },
  send: { th: 'ส่งรหัสไปที่อีเมลนี้', en: 'Send a code there' },
  app: { th: '1. แอปรหัส', en: '1. Code app' },
  scan: {
    th: 'เปิดแอปรหัสในโทรศัพท์ สแกนภาพนี้ หรือพิมพ์คีย์ แล้วกรอกรหัสที่แอปแสดง',
    en: 'Open a code app on your telephone, scan this or type the key, and enter the code that it shows.',
  },
  key: { th: 'คีย์', en: 'Key' },
  code: { th: 'รหัส 6 หลักจากแอป', en: 'The 6 digits in the app' },
  appName: { th: 'ตั้งชื่อแอปนี้', en: 'A name for this app' },
  myApp: { th: 'แอปรหัสของฉัน', en: 'My code app' },
  passwordTitle: { th: '2. รหัสผ่าน', en: '2. Password' },
  password: { th: 'รหัสผ่านใหม่', en: 'New password' },
  passwordHint: {
    th: 'อย่างน้อย 12 ตัวอักษร ใช้หลายคำที่ไม่เกี่ยวกันก็ได้',
    en: 'At least 12 letters; several words that have nothing to do with each other are good.',
  },
  open: { th: 'เปิดบัญชี', en: 'Open the account' },
} as const satisfies Record<string, Text>
