import {
  type Block,
  type DocumentDescription,
  heading,
  issueDocument,
  labelled,
  list,
  pageCount,
  pageNumber,
  paragraph,
  rule,
  writableText,
} from '@sapan/documents'
import { type Report, reasonTexts, type SignatureReport } from '@sapan/documents/check'
import type { Language } from '@sapan/kernel'
import { agreementWords } from './agreement-words.ts'
import { issuerOf, signerName } from './signer.ts'
import { plainSize, plainTime } from './time.ts'
import { signingTime } from './view.ts'
import {
  changeWords,
  formatWords,
  revisionWords,
  severityWords,
  toneOf,
  toneWords,
  verdictOf,
  words,
} from './words.ts'

/** The report as a PDF/A-3a of its own, with the report as JSON inside. `created` in milliseconds since 1970. */
export async function reportPdf(report: Report, language: Language, created: number): Promise<Uint8Array> {
  return (await issueDocument(reportDocument(report, language, created))).bytes
}

/** The report as a document to be laid out. */
export function reportDocument(report: Report, language: Language, created: number): DocumentDescription {
  const say = (text: { th: string; en: string }) => printable(text[language])
  const verdict = verdictOf(report)
  const body: Block[] = [
    heading(1, say(words.reportTitle), { size: 20 }),
    heading(2, say(verdict.title), { size: 16, spaceBefore: 4 }),
    paragraph(say(verdict.meaning), { align: 'left' }),
    ...rows([
      ...(report.file.name === undefined ? [] : [[say(words.file), printable(report.file.name)] as Row]),
      [say(words.checkedAt), plainTime(report.at, language)],
      [say(words.format), say(formatWords[report.file.format])],
      [say(words.size), plainSize(report.file.bytes, language)],
      [say(words.digest), halves(report.file.sha256)],
    ]),
    ...report.signatures.flatMap((signature, index) => signatureBlocks(signature, index + 1, language)),
    ...insideBlocks(report, language),
    ...remarkBlocks(report, language),
  ]
  return {
    language,
    title: say(words.reportTitle),
    author: 'Sapan',
    created,
    page: { textSize: 11 },
    footer: [paragraph([pageNumber('arabic'), ' / ', pageCount('arabic')], { align: 'center', size: 9 })],
    body,
    attachments: [
      {
        name: 'report.json',
        mime: 'application/json',
        relationship: 'Data',
        description: say(words.reportTitle),
        bytes: new TextEncoder().encode(`${JSON.stringify(report, null, 1)}\n`),
        modified: created,
      },
    ],
  }
}

type Row = readonly [label: string, value: string]

const rows = (pairs: readonly Row[]): Block[] =>
  pairs
    .filter(([, value]) => value !== '')
    .map(([label, value]) => labelled({ text: label, bold: true }, value, { width: 52 }))

/** Hex breaks nowhere by itself. */
const halves = (hex: string): string => (hex.match(/.{1,32}/g) ?? []).join(' ')

function signatureBlocks(signature: SignatureReport, number: number, language: Language): Block[] {
  const say = (text: { th: string; en: string }) => printable(text[language])
  const { signer, subIndication, indication, checks } = signature
  const issuer = issuerOf(signature)
  return [
    rule({ spaceBefore: 5, spaceAfter: 3 }),
    heading(2, `${say(words.signature)} ${number}: ${say(toneWords[toneOf(indication)])}`, { size: 14 }),
    ...rows([
      [say(words.signer), printable(signerName(signature, language))],
      ...(indication !== 'TOTAL-PASSED' && subIndication !== undefined
        ? ([
            [say(words.why), say(reasonTexts[subIndication].means)],
            [say(words.next), say(reasonTexts[subIndication].next)],
          ] as Row[])
        : []),
      [say(words.changed), say(changeWords(signature))],
      [say(words.signedAt), printable(signingTime(signature, language))],
      [say(issuer?.label ?? words.confirmedBy), printable(issuer?.name ?? '')],
      [say(words.level), signature.level],
      [say(words.result), subIndication ? `${indication} / ${subIndication}` : indication],
      [say(words.serial), printable(signer?.serial ?? '')],
      [say(words.fingerprint), halves(signer?.fingerprint ?? '')],
    ]),
    ...(checks.length === 0
      ? []
      : [
          list(
            checks.map(({ passed, text }) => `${say(words[passed ? 'passed' : 'failed'])}: ${say(text)}`),
            { size: 10 },
          ),
        ]),
  ]
}

function insideBlocks(report: Report, language: Language): Block[] {
  const { document } = report
  if (document === undefined) return []
  const say = (text: { th: string; en: string }) => printable(text[language])
  const { pages, title, attachments, revisions } = document
  const agreement = agreementWords(report)
  return [
    rule({ spaceBefore: 5, spaceAfter: 3 }),
    heading(2, say(words.inside), { size: 14 }),
    ...rows([
      [say(words.title), printable(title ?? '')],
      [say(words.pages), pages === undefined ? '' : String(pages)],
      [say(words.embedded), agreement === undefined ? '' : say(agreement.text)],
      [
        say(words.attachments),
        attachments.map(({ name, bytes }) => `${printable(name)} (${plainSize(bytes, language)})`).join(', '),
      ],
      [say(words.revisions), revisions.length < 2 ? '' : String(revisions.length)],
    ]),
    ...(revisions.length < 2
      ? []
      : [
          list(
            revisions.map(({ signedBy, verdict }) =>
              printable([say(revisionWords[verdict]), signedBy].filter(Boolean).join(' · ')),
            ),
            { marker: 'decimal' },
          ),
        ]),
  ]
}

function remarkBlocks(report: Report, language: Language): Block[] {
  const findings = [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)]
  if (findings.length === 0) return []
  return [
    heading(2, words.remarks[language], { size: 14, spaceBefore: 5 }),
    list(
      findings.map(
        ({ severity, text }) => `${severityWords[severity][language]}: ${printable(text[language])}`,
      ),
    ),
  ]
}

/**
 * A stranger's words as our fonts can print them: what they have no glyph for becomes a question mark. A report about a
 * name in another script is better than none.
 */
export function printable(text: string): string {
  const line = text.normalize('NFC').replace(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
  return writableText(line.slice(0, 1000).toWellFormed()).trim()
}
