import type { Language } from '@sapan/kernel'
import { plainTime, type SummaryRow } from '@sapan/ui'
import { h } from 'preact'
import type { NumberedDocument } from '../documentbox.ts'
import type { DocumentPagesOptions } from './options.ts'
import { lastDay, words } from './words.ts'

/** Who issued a document, under which number, when, and till when it counts: the same wherever one is shown. */
export function issueRows<Who, Need>(
  { memberName }: Pick<DocumentPagesOptions<Who, Need>, 'memberName'>,
  document: Pick<NumberedDocument, 'issuer' | 'number' | 'issuedAt' | 'validTill'>,
  language: Language,
): readonly SummaryRow[] {
  const { issuer, number, issuedAt } = document
  return [
    { key: words.issuer[language], value: memberName(issuer)?.[language] ?? issuer },
    { key: words.number[language], value: number },
    { key: words.issued[language], value: plainTime(issuedAt, language) },
    { key: words.validTill[language], value: lastDay(document, language) },
  ]
}

/** In groups, by which people compare it. */
export function fingerprintRow({ sha256 }: Pick<NumberedDocument, 'sha256'>, language: Language): SummaryRow {
  const grouped = sha256.replace(/(.{8})(?=.)/g, '$1 ')
  return { key: words.fingerprint[language], value: h('code', { class: 'break' }, grouped) }
}
