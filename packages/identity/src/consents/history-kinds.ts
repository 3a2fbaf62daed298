import type { HistoryKinds } from '../history/kinds.ts'

/** What the history says of consents. `th`, `en`: the agency's name. */
export const consentHistory = {
  'consent-given': { th: 'ให้ความยินยอมแก่ {th}', en: 'You consented to {en}' },
  'consent-refused': { th: 'ไม่ให้ความยินยอมแก่ {th}', en: 'You refused {en} a consent' },
  'consent-withdrawn': { th: 'ถอนความยินยอมที่ให้แก่ {th}', en: 'You withdrew the consent of {en}' },
  'consent-unwanted': {
    th: 'ไม่ให้ความยินยอมแก่ {th} และไม่ให้ถามเรื่องนี้อีก',
    en: 'You refused {en} a consent, and not to be asked for it again',
  },
  'consent-wanted': { th: 'ให้ {th} ถามขอความยินยอมได้อีก', en: 'You let {en} ask for a consent again' },
} as const satisfies HistoryKinds

export type ConsentHistoryKind = keyof typeof consentHistory
