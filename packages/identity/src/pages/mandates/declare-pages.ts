import { Problem, type Text } from '@sapan/kernel'
import {
  button,
  checkbox,
  emptyState,
  errorSummary,
  form,
  linkButton,
  radios,
  type SiteAnswer,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Declarations, declarationScope, declaredText } from '../../mandates/declaration/declarations.ts'
import type { JointAct } from '../../mandates/joint/joint-act.ts'
import { mandateProblem } from '../../mandates/room.ts'
import { type MandatePagesOptions, type MandateRequest, page, problemText, redirect } from './parts.ts'

const texts = {
  title: { th: 'แถลงในนามบริษัท', en: 'Declare something for a company' },
  lead: {
    th: 'กรรมการตามเงื่อนไขในทะเบียนยืนยันข้อความเดียวกัน แล้วได้เอกสารที่ประทับตราและใครก็ตรวจได้',
    en: 'The directors whom the register asks for confirm the same text. The result is a sealed document that anyone can check.',
  },
  company: { th: 'บริษัท', en: 'Company' },
  text: { th: 'ข้อความที่แถลง', en: 'What is declared' },
  textHint: {
    th: 'ไม่เกิน 2,000 ตัวอักษร จะแก้ไม่ได้หลังจากนี้ ทุกคนยืนยันตามตัวอักษร',
    en: 'At most 2,000 letters. It cannot be changed afterwards: everybody confirms it to the letter.',
  },
  seal: { th: 'ประทับตราของบริษัทกับเรื่องนี้ด้วย', en: 'The company’s seal is put to it' },
  go: { th: 'เตรียมและยืนยันเป็นคนแรก', en: 'Prepare it, and confirm as the first' },
  none: { th: 'ไม่มีบริษัทที่ต้องแถลงร่วมกัน', en: 'No company of yours declares jointly' },
  noneNext: {
    th: 'หน้านี้สำหรับกรรมการของบริษัทที่ทะเบียนกำหนดให้ลงนามร่วมกัน',
    en: 'This is for directors of companies whose register wants several to sign together.',
  },
  make: { th: 'ทำเอกสาร', en: 'Make the document' },
  makeHint: {
    th: 'เราถามทะเบียนอีกครั้งก่อนทำ',
    en: 'The register is asked once more before.',
  },
  download: { th: 'ดาวน์โหลดเอกสาร (PDF)', en: 'Download the document (PDF)' },
  check: {
    th: 'ใครก็ตรวจเอกสารนี้ได้ที่หน้าตรวจเอกสาร',
    en: 'Anyone can check it on the page for checking documents.',
  },
} as const satisfies Record<string, Text>

/** `/me/mandates/joint/new` */
export async function declarePage(
  { mandates }: MandatePagesOptions,
  request: MandateRequest,
  problem?: Problem,
): Promise<SiteAnswer> {
  const { language, who, formKey, form: sent } = request
  const held = (await mandates.of(who.account)).filter(
    ({ source, scopes }) =>
      source === 'company' && scopes.some(({ code, how }) => code === declarationScope && how === 'jointly'),
  )
  const error = problem && problemText(problem, language)
  const choices = held.map(({ id, name, condition }) => ({
    value: id,
    text: name[language] || name.th,
    ...(condition && { hint: condition[language] }),
  }))
  const answer = page(
    texts.title[language],
    errorSummary(error === undefined ? [] : [{ field: 'text', text: error }], language),
    h('h1', null, texts.title[language]),
    h('p', { class: 'lead' }, texts.lead[language]),
    choices.length === 0
      ? emptyState(texts.none[language], h('p', null, texts.noneNext[language]))
      : form(
          { action: '/me/mandates/joint/new', formKey },
          radios({
            name: 'mandate',
            label: texts.company[language],
            value: sent.get('mandate') ?? choices[0]?.value,
            choices,
          }),
          textArea({
            name: 'text',
            label: texts.text[language],
            hint: texts.textHint[language],
            value: sent.get('text') ?? '',
            longest: 2000,
            ...(error === undefined ? {} : { error }),
          }),
          checkbox({ name: 'seal', label: texts.seal[language] }),
          button({ text: texts.go[language] }),
        ),
  )
  return problem && answer.kind === 'page' ? { ...answer, status: problem.type.status } : answer
}

export async function declareSent(
  options: MandatePagesOptions,
  request: MandateRequest,
): Promise<SiteAnswer> {
  const { form: sent, who } = request
  const asked = {
    mandate: sent.get('mandate') ?? '',
    text: sent.get('text') ?? '',
    seal: sent.get('seal') === 'yes',
  }
  try {
    return redirect(`/me/mandates/joint/${await declarationsOf(options).prepare(who, asked)}`)
  } catch (error) {
    if (!(error instanceof Problem) || error.type.status !== 422) throw error
    return await declarePage(options, request, error)
  }
}

/** Where an operator has no seal there are no declarations. */
function declarationsOf({ declarations }: MandatePagesOptions): Declarations {
  if (declarations === undefined) throw mandateProblem('joint-act-not-found')
  return declarations
}

/** On the page of a joint act that is a declaration: what comes of it. */
export function declarationPart(
  { declarations }: MandatePagesOptions,
  { language, formKey }: MandateRequest,
  act: JointAct,
): ComponentChild {
  if (declarations === undefined || declaredText(act) === undefined) return null
  const path = `/me/mandates/joint/${act.id}`
  if (act.state === 'used')
    return h(
      'section',
      null,
      linkButton({ text: texts.download[language], href: `${path}/document` }),
      h('p', null, texts.check[language], ' ', h('a', { href: '/check' }, '/check')),
    )
  if (act.state !== 'complete') return null
  return form(
    { action: `${path}/document`, formKey },
    h('p', null, texts.makeHint[language]),
    button({ text: texts.make[language] }),
  )
}

export async function documentMade(
  options: MandatePagesOptions,
  { who, parameters }: MandateRequest,
): Promise<SiteAnswer> {
  const id = parameters.act ?? ''
  await declarationsOf(options).declare(who, id)
  return redirect(`/me/mandates/joint/${encodeURIComponent(id)}`)
}

export async function documentFile(
  options: MandatePagesOptions,
  { who, parameters }: MandateRequest,
): Promise<SiteAnswer> {
  const body = await declarationsOf(options).document(who, parameters.act ?? '')
  return { kind: 'file', contentType: 'application/pdf', name: 'declaration.pdf', body }
}
