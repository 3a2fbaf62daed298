import { Problem, type Text } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import {
  button,
  confirmation,
  errorSummary,
  form,
  type SiteAnswer,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import type { Authenticators } from '../../authenticators/authenticators.ts'
import { proofingProblems } from '../../problems/proofing.ts'
import type { Counter } from '../../proofing/counter/counter.ts'
import { passkeyScripts } from '../../sign-in/assets.ts'
import { begunAnswer, passkeyForm } from '../../sign-in/passkey-form.ts'

export interface EnrolmentPagesOptions {
  readonly counter: Pick<Counter, 'lookAtCode' | 'codeOfId' | 'takeCode'>
  readonly authenticators: Pick<Authenticators, 'beginPasskey' | 'addPasskey'>
  /** What people call the account: shown in the browser's list of passkeys. */
  nameOf(account: string): Promise<Text>
  readonly hashKey: Uint8Array
}

const words = {
  title: { th: 'กรอกรหัสจากเจ้าหน้าที่', en: 'Enter the code from the officer' },
  hint: { th: 'ตัวอักษรและตัวเลข 10 ตัวบนหน้าจอของเจ้าหน้าที่', en: 'Ten letters and digits on the officer’s screen' },
  go: { th: 'ใช้รหัสนี้', en: 'Use this code' },
  addTitle: { th: 'เพิ่มพาสคีย์บนโทรศัพท์เครื่องนี้', en: 'Add a passkey on this telephone' },
  addText: {
    th: 'ใช้เครื่องของคุณเองเท่านั้น ใครมีพาสคีย์นี้เข้าบัญชีของคุณได้',
    en: 'Use only a device of your own: whoever has this passkey can sign in as you.',
  },
  device: { th: 'โทรศัพท์ของฉัน', en: 'My telephone' },
  deviceName: { th: 'ชื่อของเครื่องนี้', en: 'A name for this device' },
  add: { th: 'เพิ่มพาสคีย์', en: 'Add the passkey' },
  done: { th: 'เพิ่มพาสคีย์แล้ว', en: 'The passkey was added' },
  next: {
    th: 'บอกเจ้าหน้าที่ว่าเสร็จแล้ว ครั้งต่อไปเข้าสู่ระบบด้วยพาสคีย์นี้',
    en: 'Tell the officer that it is done. From now on you sign in with this passkey.',
  },
} as const satisfies Record<string, Text>

/**
 * At the issuer, on the person's own telephone, without signing in: the code of the counter, then a passkey. The code is in
 * no address; what stands there is its keyed hash, and the code is asked for once more with the passkey.
 */
export function enrolmentPages<Who, Need>(options: EnrolmentPagesOptions): SiteRoute<Who, Need>[] {
  return [
    { method: 'GET', path: '/enrol', handle: (request) => codePage(request) },
    { method: 'POST', path: '/enrol', handle: (request) => look(options, request) },
    { method: 'POST', path: '/enrol/:code/options', handle: (request) => begin(options, request) },
    { method: 'POST', path: '/enrol/:code', handle: (request) => add(options, request) },
  ]
}

type Request = SiteRequest<unknown>

const askerOf = ({ hashKey }: EnrolmentPagesOptions, { address }: Request): string =>
  `address:${keyedHash(hashKey, `enrolment-address:${address}`).toString('hex')}`
const boundOf = (id: string): string => `enrolment:${id}`

function codePage({ language, formKey }: Request, problem?: string): SitePage {
  const problems = problem === undefined ? [] : [{ field: 'code', text: problem }]
  const field = textField({
    name: 'code',
    label: words.title[language],
    hint: words.hint[language],
    isHeading: true,
    width: 20,
    longest: 20,
    autocomplete: 'one-time-code',
    ...(problem === undefined ? {} : { error: problem }),
  })
  const sent = form({ action: '/enrol', formKey }, field, button({ text: words.go[language] }))
  return {
    kind: 'page',
    status: problem === undefined ? 200 : 422,
    title: words.title[language],
    body: h('div', { class: 'column' }, errorSummary(problems, language), sent),
  }
}

async function look(options: EnrolmentPagesOptions, request: Request): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const code = sent.get('code') ?? ''
  try {
    const { id } = await options.counter.lookAtCode(askerOf(options, request), code)
    return passkeyPage(request, id, code)
  } catch (error) {
    if (!(error instanceof Problem) || error.type !== proofingProblems['enrolment-code-invalid']) throw error
    return codePage(request, `${error.type.title[language]}. ${error.type.next[language]}`)
  }
}

function passkeyPage({ language, formKey }: Request, id: string, code: string): SitePage {
  const name = textField({
    name: 'name',
    label: words.deviceName[language],
    value: words.device[language],
    longest: 60,
  })
  const asked = passkeyForm({
    kind: 'create',
    id: 'enrol',
    options: `/enrol/${id}/options`,
    action: `/enrol/${id}`,
    formKey,
    language,
    text: words.add[language],
    fields: h('div', null, h('input', { type: 'hidden', name: 'code', value: code }), name),
  })
  const title = words.addTitle[language]
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, title),
    h('p', null, words.addText[language]),
    asked,
  )
  return { kind: 'page', title, body, scripts: passkeyScripts }
}

async function begin(options: EnrolmentPagesOptions, { parameters, language }: Request): Promise<SiteAnswer> {
  const known = await options.counter.codeOfId(parameters.code ?? '')
  if (known === undefined) throw new Problem(proofingProblems['enrolment-code-invalid'])
  const { account, id } = known
  const name = await options.nameOf(account)
  return begunAnswer(
    await options.authenticators.beginPasskey({
      account,
      label: name[language] || name.th,
      bound: boundOf(id),
    }),
  )
}

/** The code is taken first: it serves once, whatever becomes of the passkey. */
async function add(options: EnrolmentPagesOptions, request: Request): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const field = (name: string) => sent.get(name) ?? ''
  const { account, id } = await options.counter.takeCode(askerOf(options, request), field('code'))
  const answer = { ceremony: field('ceremony'), response: field('response'), name: field('name') }
  await options.authenticators.addPasskey({ account, bound: boundOf(id) }, answer)
  const title = words.done[language]
  return { kind: 'page', title, body: confirmation({ title, next: h('p', null, words.next[language]) }) }
}
