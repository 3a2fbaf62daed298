import type { HistoryKinds } from '../history/kinds.ts'

/** What the history says of consents. `th`, `en`: the agency's name. */
export const consentHistory = {
  'consent-given': { th: 'ให้ความยินยอมแก่ {th}', en: 'You consented to {en}' },
  'consent-refused': { th: 'ไม่ให้ความยินยอมแก่ {th}', en: 'You refused {en} a consent' },
  'consent-withdrawn': { th: 'ถอนความยินยอมที่ให้แก่ {th}', en: 'You withdrew the consent of {en}' },
} as const satisfies HistoryKinds

export type ConsentHistoryKind = keyof typeof consentHistory
