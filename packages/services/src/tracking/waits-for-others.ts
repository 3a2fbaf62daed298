import type { Text } from '@sapan/kernel'
import { backLink, notification, type SitePage } from '@sapan/ui'
import { h } from 'preact'
import type { TrackingRequest } from './options.ts'

const words = {
  title: { th: 'รอผู้มีอำนาจคนอื่นยืนยัน', en: 'Waiting for others to confirm' },
  back: { th: 'กลับไปหน้าก่อน', en: 'Back to the page before' },
  about: {
    th: 'คุณยืนยันแล้ว เราแจ้งผู้มีอำนาจคนอื่นให้อ่านและยืนยันด้วยบัญชีของตนเอง เมื่อครบตามอำนาจลงนาม คนใดคนหนึ่งกลับไปที่หน้าก่อนแล้วกดส่งอีกครั้ง',
    en: 'You have confirmed. The others were told to read it and confirm at sign-ins of their own. Once the signing condition is met, any of you goes back to the page before and sends it again.',
  },
  change: {
    th: 'หากแก้ข้อความหรือคำตอบหลังจากนี้ ทุกคนต้องยืนยันใหม่',
    en: 'If a word or an answer is changed after this, all confirm anew.',
  },
  see: { th: 'ดูว่าใครยืนยันแล้ว', en: 'See how it stands' },
} as const satisfies Record<string, Text>

/** Prepared, and confirmed by who did it; not done yet. `joint`: the page of the joint act; `back`: from where it is done. */
export function waitsForOthers(
  { language }: Pick<TrackingRequest, 'language'>,
  name: string,
  { joint, back }: { readonly joint: string; readonly back: string },
): SitePage {
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      backLink(back, language, words.back[language]),
      h('h1', null, words.title[language]),
      notification({ kind: 'info', title: name, isNew: true }),
      h('p', null, words.about[language]),
      h('p', null, words.change[language]),
      h('p', null, h('a', { href: joint }, words.see[language])),
    ),
  }
}
