import { type Case, caseQueue } from '@sapan/casework'
import { counted, type Language, type Text } from '@sapan/kernel'
import { confirmation, linkButton, plainTime, type SiteAnswer } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { receiptQueue } from '../submission/follow.ts'
import { ownCase, toCase } from './case-page.ts'
import { mayAct } from './may-act.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { stateWords } from './state-words.ts'
import { trackingWords } from './words.ts'

const words = {
  title: { th: 'ยื่นเรื่องแล้ว', en: 'Your application is handed in' },
  number: { th: 'เลขที่รับของคุณ', en: 'Your receipt number' },
  next: { th: 'ขั้นต่อไป', en: 'What happens next' },
  due: { th: 'หน่วยงานต้องพิจารณาให้เสร็จภายใน', en: 'The agency must decide by' },
  dueLater: {
    th: 'เวลาพิจารณาเริ่มนับเมื่อสิ่งที่รอมาครบ',
    en: 'The time for the decision runs once everything we are waiting for has arrived.',
  },
  effective: {
    th: 'คุณยื่นนอกเวลาราชการ จึงถือว่าได้รับเมื่อ',
    en: 'You applied outside office hours. It counts as received on',
  },
  sealed: {
    th: 'ใบรับคำขอที่มีตราประทับกำลังจัดทำ และจะอยู่ในกล่องเอกสารของคุณภายในไม่กี่นาที เราจะแจ้งทุกครั้งที่สถานะเปลี่ยน',
    en: 'A sealed receipt is being made and will be among your documents in a few minutes. We will tell you whenever something changes.',
  },
  queue: (count: number): Text => ({
    th: `วันนี้มีผู้ยื่นมาก มีเอกสารที่ต้องจัดทำก่อนราว ${count.toLocaleString('en')} ฉบับ ไม่ต้องรอหน้านี้: เลขที่รับและเวลาข้างบนมีผลแล้ว เมื่อใบรับคำขอที่มีตราประทับเสร็จ จะอยู่ในกล่องเอกสารของคุณและเราจะแจ้ง`,
    en: `Many people are applying today: about ${counted(count, 'document is', 'documents are')} made before yours. You need not wait here: the number and time above count already. Once the sealed receipt is made, it will be among your documents and we will tell you.`,
  }),
  received: { th: 'ได้รับเมื่อ', en: 'Received' },
  decided: {
    th: 'พิจารณาเรื่องนี้แล้ว ดูผลและเหตุผลได้ที่หน้าติดตามเรื่อง',
    en: 'It is decided. Follow it to read the decision and its reasons.',
  },
  box: { th: 'กล่องเอกสารของฉัน', en: 'My documents' },
  follow: { th: 'ติดตามเรื่องนี้', en: 'Follow this application' },
} as const

/** From how many on a few minutes are not true any more. */
const manyReceipts = 200

/** That it was handed in: the number, what happens next, and when. */
export async function receiptPage(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const { language } = request
  const { ground } = options
  const { found, actor, isOwn } = await ownCase(options, request)
  if (!isOwn) return toCase(request)
  const { id, number, receivedAt, effectiveReceivedAt, state, endedAt } = found
  const toPay = state === 'awaiting-payment' && mayAct(found, actor)
  const before = await ground.jobs.waiting([caseQueue('submit'), receiptQueue])
  const sealed = before < manyReceipts ? words.sealed : words.queue(before)
  const next = h(
    'div',
    null,
    h('p', null, h('strong', null, found.title[language])),
    h('p', null, `${words.received[language]} ${plainTime(receivedAt, language)}`),
    h('h2', null, words.next[language]),
    // The decision does not stand on this page.
    h(
      'p',
      null,
      (state === 'completed' || state === 'voided' ? words.decided : stateWords[state].next)[language],
    ),
    endedAt === undefined ? dueLine(found, language) : null,
    effectiveReceivedAt === receivedAt
      ? null
      : h('p', null, `${words.effective[language]} ${plainTime(effectiveReceivedAt, language)}`),
    h('p', null, sealed[language]),
    h('p', null, h('a', { href: '/me/documents' }, words.box[language])),
    h(
      'p',
      null,
      toPay
        ? linkButton({ text: trackingWords.pay[language], href: `/me/applications/${id}/pay` })
        : linkButton({ text: words.follow[language], href: `/me/applications/${id}` }),
    ),
  )
  const title = words.title[language]
  return {
    kind: 'page',
    title,
    body: h(
      'div',
      { class: 'column' },
      confirmation({ title, reference: { name: words.number[language], value: number }, next }),
    ),
  }
}

/** Of these the words of the state say already from when the time runs. */
const untimed: readonly Case['state'][] = ['awaiting-payment', 'awaiting-information']

function dueLine({ dueAt, state }: Pick<Case, 'dueAt' | 'state'>, language: Language): ComponentChild {
  if (dueAt !== undefined) return h('p', null, `${words.due[language]} ${plainTime(dueAt, language)}`)
  return untimed.includes(state) ? null : h('p', null, words.dueLater[language])
}
