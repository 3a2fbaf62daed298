import { Problem, type Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  errorSummary,
  form,
  notification,
  radios,
  type SiteAnswer,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { safeNext } from '../../relying-party/next.ts'
import { type MandatePagesOptions, type MandateRequest, page, problemText, redirect } from './parts.ts'
import { sourceWords, words } from './words.ts'

const texts = {
  question: { th: 'คุณจะทำการในนามใคร', en: 'For whom do you act?' },
  unchecked: {
    th: 'เลือกไว้ก่อนหน้านี้ ตอนนี้ยังตรวจกับทะเบียนไม่ได้',
    en: 'You chose it before; its register cannot be asked right now',
  },
  go: { th: 'ใช้งานในนามนี้', en: 'Act in this name' },
  ended: { th: 'อำนาจที่เลือกไว้สิ้นสุดแล้ว', en: 'The mandate that you chose has ended' },
  endedBody: {
    th: 'เรื่องที่ทำไปแล้วยังมีผล เลือกว่าจะทำต่อในนามใคร',
    en: 'What was done still holds. Choose in whose name you go on.',
  },
  code: { th: 'รหัสเชิญที่ได้รับ', en: 'The code that you were given' },
  codeGo: { th: 'ดูข้อเสนอ', en: 'See the offer' },
  child: { th: 'เลขประจำตัวของบุตร', en: 'Your child’s number' },
  childHint: {
    th: 'สำหรับบุตรที่ไม่ได้อยู่ในทะเบียนบ้านเดียวกับคุณ เราถามทะเบียนราษฎรว่าคุณเป็นบิดาหรือมารดา และการถามนี้จะปรากฏในประวัติ',
    en: 'For a child who is registered in another house. The population register is asked whether you are a parent, and the question is kept in the history.',
  },
  childGo: { th: 'ตรวจกับทะเบียนราษฎร', en: 'Ask the register' },
} as const satisfies Record<string, Text>

/** `/me/mandates/act`: for whom this sign-in acts. `?next=` is where it was needed, and where one goes on afterwards. */
export async function actPage(
  { mandates }: MandatePagesOptions,
  request: MandateRequest,
): Promise<SiteAnswer> {
  const { language, who, formKey, query } = request
  const next = query.get('next')
  const [{ held, silent }, acting] = await Promise.all([mandates.overview(who), mandates.acting.of(who)])
  const now = acting === 'ended' ? undefined : acting
  const usable = held.filter(({ suspended }) => !suspended)
  // What was chosen stays so while its register is silent: each act asks the register all the same.
  const kept =
    now === undefined || usable.some(({ id }) => id === now.mandate) ? [] : [{ ...now, id: now.mandate }]
  const choices = [...usable, ...kept].map(({ id, name, source }) => ({
    value: id,
    text: name[language],
    hint: (id === kept[0]?.id ? texts.unchecked : sourceWords[source])[language],
  }))
  const chosen = now?.mandate ?? 'self'
  return page(
    texts.question[language],
    acting === 'ended'
      ? notification({
          kind: 'warning',
          title: texts.ended[language],
          body: h('p', null, texts.endedBody[language]),
        })
      : null,
    silent.map((name) =>
      notification({ kind: 'warning', title: `${name[language]} ${words.silentBody[language]}` }),
    ),
    form(
      { action: '/me/mandates/act', formKey },
      next === null ? null : h('input', { type: 'hidden', name: 'next', value: next }),
      radios({
        name: 'mandate',
        label: texts.question[language],
        isHeading: true,
        value: chosen,
        choices: [{ value: 'self', text: words.self[language] }, ...choices],
      }),
      button({ text: texts.go[language] }),
    ),
    choices.length === 0 && silent.length === 0
      ? emptyState(words.heldNone[language], h('p', null, words.heldNext[language]))
      : null,
  )
}

export async function actSent(
  { mandates }: MandatePagesOptions,
  { form: sent, who }: MandateRequest,
): Promise<SiteAnswer> {
  const mandate = sent.get('mandate') ?? 'self'
  await mandates.acting.choose(who, mandate === 'self' ? undefined : mandate)
  return redirect(safeNext(sent.get('next') ?? '/me', 'https://portal.invalid'))
}

/** `/me/mandates/code` and `/me/mandates/child`: one field each. */
export function fieldPage(kind: 'code' | 'child', request: MandateRequest, problem?: Problem): SiteAnswer {
  const { language, formKey, form: sent } = request
  const error = problem && problemText(problem, language)
  return page(
    words[kind][language],
    errorSummary(error === undefined ? [] : [{ field: kind, text: error }], language),
    form(
      { action: `/me/mandates/${kind}`, formKey },
      textField({
        name: kind,
        label: texts[kind][language],
        isHeading: true,
        hint: kind === 'child' ? texts.childHint[language] : undefined,
        error,
        value: sent.get(kind) ?? '',
        autocomplete: 'off',
        width: 20,
        longest: 40,
      }),
      button({ text: (kind === 'code' ? texts.codeGo : texts.childGo)[language] }),
    ),
  )
}

/** Sends the field; what the person can mend is said on the same page. */
export async function fieldSent(
  { mandates }: MandatePagesOptions,
  kind: 'code' | 'child',
  request: MandateRequest,
): Promise<SiteAnswer> {
  const value = request.form.get(kind) ?? ''
  try {
    if (kind === 'code')
      return redirect(`/me/mandates/answer/${await mandates.proposals.redeem(request.who, value)}`)
    await mandates.nameChild(request.who, value)
    return redirect('/me/mandates')
  } catch (error) {
    if (!(error instanceof Problem) || ![422, 429, 503].includes(error.type.status)) throw error
    const answer = fieldPage(kind, request, error)
    return answer.kind === 'page' ? { ...answer, status: error.type.status } : answer
  }
}
