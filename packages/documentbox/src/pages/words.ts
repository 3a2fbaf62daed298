import type { Language, Text } from '@sapan/kernel'
import { plainDate, tag } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { BoxDocument } from '../documentbox.ts'

export const words = {
  documents: { th: 'เอกสารของฉัน', en: 'My documents' },
  document: { th: 'เอกสาร', en: 'Document' },
  issuer: { th: 'ออกโดย', en: 'Issued by' },
  issued: { th: 'ออกเมื่อ', en: 'Issued' },
  state: { th: 'สถานะ', en: 'State' },
  number: { th: 'เลขที่เอกสาร', en: 'Document number' },
  validTill: { th: 'ใช้ได้ถึง', en: 'Valid until' },
  fingerprint: { th: 'ลายนิ้วมือดิจิทัล (SHA-256)', en: 'Fingerprint (SHA-256)' },
  valid: { th: 'ใช้ได้', en: 'Valid' },
  expired: { th: 'หมดอายุ', en: 'Expired' },
  replaced: { th: 'มีฉบับใหม่แทน', en: 'Replaced by a newer one' },
  revoked: { th: 'ถูกเพิกถอน', en: 'Taken back by the issuer' },
} as const satisfies Record<string, Text>

/** How a document stands, in a word. */
export function documentMark(
  { ended, validTill }: Pick<BoxDocument, 'ended' | 'validTill'>,
  at: number,
  language: Language,
): ComponentChild {
  if (ended !== undefined)
    return tag(words[ended.why][language], ended.why === 'revoked' ? 'danger' : 'warning')
  if (validTill !== undefined && validTill < at) return tag(words.expired[language], 'warning')
  return tag(words.valid[language], 'success')
}

export function lastDay({ validTill }: Pick<BoxDocument, 'validTill'>, language: Language): string {
  const forever = { th: 'ไม่มีวันหมดอายุ', en: 'It does not expire' }
  return validTill === undefined ? forever[language] : plainDate(validTill, language)
}

/** `12 kB` */
export function plainBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
