import { counted, type Language, type Text } from '@sapan/kernel'
import {
  button,
  checkboxes,
  confirmation,
  dateField,
  errorSummary,
  form as formOf,
  inset,
  radios,
  type SiteAnswer,
  sentDateParts,
  summaryList,
  textArea,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { givableScopes, longestDays } from '../../mandates/given/terms.ts'
import { type Direction, fault, fields, fieldsOf, isAsked, proposalOf, type Step, steps } from './draft.ts'
import {
  aloneUses,
  limitRows,
  type MandatePagesOptions,
  type MandateRequest,
  page,
  scopeList,
} from './parts.ts'
import { words } from './words.ts'

const questions = {
  to: {
    give: { th: 'ใครจะทำการแทนคุณ', en: 'Who is to act for you?' },
    ask: { th: 'คุณจะขอทำการแทนใคร', en: 'For whom would you like to act?' },
  },
  scopes: {
    give: { th: 'ให้ทำเรื่องใดแทนคุณได้', en: 'What may they do for you?' },
    ask: { th: 'คุณจะขอทำเรื่องใดแทน', en: 'What would you like to do for them?' },
  },
  amount: {
    give: { th: 'จำกัดจำนวนเงินต่อครั้งไว้เท่าไร', en: 'How much may one act be about?' },
    ask: { th: 'จำนวนเงินต่อครั้งไม่เกินเท่าไร', en: 'How much may one act be about?' },
  },
  agencies: {
    give: { th: 'ให้ใช้กับหน่วยงานใด', en: 'At which agencies?' },
    ask: { th: 'จะใช้กับหน่วยงานใด', en: 'At which agencies?' },
  },
  from: {
    give: { th: 'ให้เริ่มวันใด', en: 'From which day?' },
    ask: { th: 'จะเริ่มวันใด', en: 'From which day?' },
  },
  till: {
    give: { th: 'ให้ถึงวันใด', en: 'Till which day?' },
    ask: { th: 'ขอถึงวันใด', en: 'Till which day?' },
  },
  reason: {
    give: { th: 'ข้อความถึงอีกฝ่าย', en: 'A word to them' },
    ask: { th: 'บอกเหตุผลที่ขอ', en: 'Say why you ask' },
  },
  check: {
    give: { th: 'ตรวจก่อนเสนอ', en: 'Check before you offer it' },
    ask: { th: 'ตรวจก่อนขอ', en: 'Check before you ask' },
  },
} as const satisfies Record<Step, Record<Direction, Text>>

const texts = {
  wayNumber: { th: 'ด้วยเลขประจำตัว 13 หลัก', en: 'By their 13-digit number' },
  wayCode: { th: 'ด้วยรหัสเชิญที่คุณส่งให้เอง', en: 'By an invitation code that I pass on' },
  number: { th: 'เลขประจำตัว 13 หลัก', en: '13-digit number' },
  numberHint: {
    th: 'ถ้าเลือกรหัสเชิญ เว้นว่างไว้ เราไม่บอกว่าเลขนี้มีบัญชีหรือไม่',
    en: 'Leave it empty for a code. We do not say whether a number has an account.',
  },
  amountHint: { th: 'บาท เว้นว่างถ้าไม่จำกัด', en: 'In baht. Leave it empty for no limit.' },
  agenciesHint: { th: 'ไม่เลือกเลย หมายถึงทุกหน่วยงาน', en: 'None chosen means every agency.' },
  fromHint: { th: 'เว้นว่างถ้าให้เริ่มทันที', en: 'Leave it empty to begin at once.' },
  send: {
    give: { th: 'เสนอให้ทำการแทน', en: 'Offer this mandate' },
    ask: { th: 'ส่งคำขอทำการแทน', en: 'Send the request' },
  },
  sentTitle: {
    give: { th: 'เสนอแล้ว', en: 'Your offer is sent' },
    ask: { th: 'ส่งคำขอแล้ว', en: 'Your request is sent' },
  },
  sentNext: {
    th: 'อีกฝ่ายจะเห็นในหน้าของตนเมื่อเข้าระบบ ยังไม่มีผลจนกว่าจะตอบรับ คุณถอนคืนได้ในหน้าทำการแทน',
    en: 'They find it on their page when they sign in. It begins when they accept; until then you can take it back.',
  },
  codeName: { th: 'รหัสเชิญ แสดงครั้งเดียว', en: 'Invitation code, shown once' },
  codeNext: {
    th: 'ส่งรหัสนี้ให้เจ้าตัวด้วยตนเอง ใครก็ตามที่มีรหัสนี้กรอกก่อนจะได้ไป',
    en: 'Hand it to the person yourself: whoever enters it first has it.',
  },
  only: {
    th: 'อีกฝ่ายทำได้เฉพาะเรื่องเหล่านี้ ให้ต่อไม่ได้ และคุณยกเลิกได้ทันที',
    en: 'Only these, never passed on, and you can end it at once.',
  },
} as const

/** The first question. */
export function proposeStart(
  options: MandatePagesOptions,
  request: MandateRequest,
  direction: Direction,
): SiteAnswer {
  return question(options, { ...request, form: new URLSearchParams() }, direction, 'to')
}

/** Takes the answer to one question, and asks the next; at the end it is sent. */
export async function proposeNext(
  options: MandatePagesOptions,
  request: MandateRequest,
  direction: Direction,
): Promise<SiteAnswer> {
  const { form } = request
  const step = steps.find((one) => one === form.get('step')) ?? 'to'
  const asked = steps
    .slice(0, steps.indexOf(step) + 1)
    .filter((one) => isAsked(one, options, { direction, form }))
  const wrong = asked.find((one) => fault(one, options, form))
  if (wrong !== undefined) return question(options, request, direction, wrong)
  if (step === 'check') return await send(options, request, direction)
  const next = steps.slice(steps.indexOf(step) + 1).find((one) => isAsked(one, options, { direction, form }))
  return question(options, request, direction, next ?? 'check', false)
}

async function send(
  options: MandatePagesOptions,
  { form, who, language }: MandateRequest,
  direction: Direction,
): Promise<SiteAnswer> {
  const { code } = await options.mandates.proposals.propose(who, proposalOf(options, direction, form))
  const title = texts.sentTitle[direction][language]
  const next = [texts.sentNext[language], ...(code === undefined ? [] : [texts.codeNext[language]])]
  return page(
    title,
    confirmation({
      title,
      ...(code === undefined ? {} : { reference: { name: texts.codeName[language], value: code } }),
      next: [next.map((text) => h('p', null, text)), h('a', { href: '/me/mandates' }, words.title[language])],
    }),
  )
}

function question(
  options: MandatePagesOptions,
  request: MandateRequest,
  direction: Direction,
  step: Step,
  isAnswered = request.form.has('step'),
): SiteAnswer {
  const { form, language, formKey } = request
  const wrong = isAnswered ? fault(step, options, form) : undefined
  const error = wrong?.text[language]
  const label = questions[step][direction][language]
  const field = fieldOf(options, { form, language, step, label, error, wrongField: wrong?.field })
  const send = step === 'check' ? texts.send[direction] : words.next
  return page(
    label,
    errorSummary(wrong && error !== undefined ? [{ field: wrong.field, text: error }] : [], language),
    step === 'check' ? checkAnswers(options, request, direction) : null,
    formOf(
      { action: `/me/mandates/${direction}`, formKey },
      h('input', { type: 'hidden', name: 'step', value: step }),
      carried(form, step),
      field,
      button({ text: send[language] }),
    ),
  )
}

/** The answers to the other questions. */
function carried(form: URLSearchParams, step: Step): ComponentChild {
  const own: readonly string[] = fieldsOf[step]
  return fields
    .filter((name) => !own.includes(name))
    .flatMap((name) => form.getAll(name).map((value) => h('input', { type: 'hidden', name, value })))
}

interface Asked {
  readonly form: URLSearchParams
  readonly language: Language
  readonly step: Step
  readonly label: string
  readonly error: string | undefined
  readonly wrongField: string | undefined
}

function fieldOf(options: MandatePagesOptions, asked: Asked): ComponentChild {
  const { form, language, step, label, error } = asked
  const common = { label, error, isHeading: true }
  switch (step) {
    case 'to':
      return whoFields(asked)
    case 'scopes': {
      const choices = givableScopes(options.country).map(({ code, name, about }) => ({
        value: code,
        text: name[language],
        hint: about[language],
      }))
      return checkboxes({ ...common, name: 'scopes', choices, values: form.getAll('scopes') })
    }
    case 'amount': {
      const value = form.get('amount') ?? ''
      return textField({
        ...common,
        name: 'amount',
        value,
        inputMode: 'numeric',
        width: 10,
        hint: texts.amountHint[language],
      })
    }
    case 'agencies': {
      const choices = options.agencies.map(({ id, name }) => ({ value: id, text: name[language] }))
      const hint = texts.agenciesHint[language]
      return checkboxes({ ...common, name: 'agencies', choices, hint, values: form.getAll('agencies') })
    }
    case 'from':
      return dateField({
        ...common,
        name: 'from',
        language,
        value: sentDateParts(form, 'from'),
        hint: texts.fromHint[language],
      })
    case 'till':
      return dateField({
        ...common,
        name: 'till',
        language,
        value: sentDateParts(form, 'till'),
        hint: tillHint(options, asked),
      })
    case 'reason':
      return textArea({ ...common, name: 'reason', value: form.get('reason') ?? '', rows: 3, longest: 300 })
    case 'check':
      return null
  }
}

function tillHint({ country }: MandatePagesOptions, { form, language }: Asked): string {
  const days = longestDays(country, form.getAll('scopes'))
  return language === 'th' ? `ไม่เกิน ${days} วัน` : `At most ${counted(days, 'day')}.`
}

function whoFields({ form, language, label, error, wrongField }: Asked): ComponentChild {
  const errorAt = (field: string) => (wrongField === field ? error : undefined)
  return [
    radios({
      name: 'way',
      label,
      isHeading: true,
      error: errorAt('way'),
      value: form.get('way') ?? undefined,
      choices: [
        { value: 'number', text: texts.wayNumber[language] },
        { value: 'code', text: texts.wayCode[language] },
      ],
    }),
    textField({
      name: 'number',
      label: texts.number[language],
      hint: texts.numberHint[language],
      error: errorAt('number'),
      value: form.get('number') ?? '',
      inputMode: 'numeric',
      width: 20,
      longest: 20,
      autocomplete: 'off',
    }),
  ]
}

/** Exactly what it will grant. */
function checkAnswers(
  options: MandatePagesOptions,
  request: MandateRequest,
  direction: Direction,
): ComponentChild {
  const { form, language } = request
  const { terms, to } = proposalOf(options, direction, form)
  return [
    h('h1', null, questions.check[direction][language]),
    summaryList([
      { key: words.person[language], value: to === 'code' ? texts.wayCode[language] : to.number },
      { key: words.covers[language], value: scopeList(options.country, aloneUses(terms.scopes), language) },
      ...limitRows(terms, options, language),
    ]),
    inset(h('p', null, texts.only[language])),
  ]
}
