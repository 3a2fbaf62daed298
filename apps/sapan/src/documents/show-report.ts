import { type Report, reasonTexts, type SignatureReport } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'
import {
  agreementWords,
  changeWords,
  issuerOf,
  plainSize,
  plainTime,
  reportWords,
  signerName,
  signingTime,
  toneOf,
  toneWords,
  verdictOf,
} from '@sapan/portal'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What the check was told, as far as it decides what to do next. */
interface ShowOptions {
  readonly anchor?: readonly string[]
  readonly online?: boolean
  readonly allowHost?: readonly string[]
}

/** The report for people: the verdict first, then who, when, whether it was changed, and what is inside. */
export function showReport(terminal: Terminal, report: Report, options: ShowOptions): void {
  const { say, paint, language } = terminal
  const verdict = verdictOf(report)
  const mark = verdict.tone === 'good' ? tick : cross
  terminal.out(mark(terminal, paint.strong(say(verdict.title))))
  terminal.out(`  ${say(verdict.meaning)}`)
  report.signatures.forEach((signature, index) => {
    terminal.out('')
    for (const line of signatureLines(terminal, signature, index + 1)) terminal.out(line)
  })
  const inside = insideLines(terminal, report)
  if (inside.length > 0) terminal.out('')
  for (const line of inside) terminal.out(line)
  for (const { code, severity, text, detail } of report.findings) {
    if (severity === 'note') continue
    // Which place did not answer is what mends it.
    const place = code === 'online-failed' && detail ? `: ${detail}` : ''
    terminal.out(cross(terminal, say(text) + place))
  }
  terminal.out('')
  terminal.out(paint.quiet(`${say(reportWords.checkedAt)} ${plainTime(report.at, language)}`))
  const next = nextOf(report, options)
  if (next !== undefined) terminal.note(nextStep(terminal, next))
}

function signatureLines(terminal: Terminal, signature: SignatureReport, number: number): string[] {
  const { say, paint, language } = terminal
  const { signer, indication, subIndication, level } = signature
  const row = (label: string, value: string | undefined) => (value ? [`  ${label}: ${value}`] : [])
  const tone = toneOf(indication)
  const issuer = issuerOf(signature)
  const head = `${number}. ${paint.strong(signerName(signature, language))}: ${say(toneWords[tone])}`
  return [
    tone === 'good' ? tick(terminal, head) : cross(terminal, head),
    ...(tone === 'good' || subIndication === undefined
      ? []
      : row(say(reportWords.why), say(reasonTexts[subIndication].means))),
    ...row(say(reportWords.organisation), signer?.organisation),
    ...row(say(reportWords.signedAt), signingTime(signature, language)),
    ...row(say(reportWords.changed), say(changeWords(signature))),
    ...row(say(issuer?.label ?? reportWords.confirmedBy), issuer?.name),
    ...row(say(reportWords.result), [level, indication, subIndication].filter(Boolean).join(', ')),
    ...signature.checks
      .filter(({ passed }) => !passed)
      .map(({ text, detail }) => `  ${cross(terminal, [say(text), detail].filter(Boolean).join(': '))}`),
  ]
}

function insideLines({ say, language }: Terminal, report: Report): string[] {
  const { document } = report
  if (document === undefined) return []
  const { title, pages, attachments } = document
  const agreement = agreementWords(report)
  const files = attachments.map(({ name, bytes }) => `${name} (${plainSize(bytes, language)})`).join(', ')
  const row = (label: Text, value: string | undefined) => (value ? [`${say(label)}: ${value}`] : [])
  return [
    ...row(reportWords.title, title),
    ...row(reportWords.pages, pages === undefined ? undefined : String(pages)),
    ...row(reportWords.attachments, files),
    ...row(reportWords.embedded, agreement && say(agreement.text)),
  ]
}

function nextOf(
  { signatures }: Report,
  { anchor, online, allowHost }: ShowOptions,
): { th: string; en: string } | undefined {
  const is = (why: string) => signatures.some(({ subIndication }) => subIndication === why)
  if (is('TRY_LATER') && !online) {
    return {
      th: 'ให้ถามสถานะใบรับรองจากเครือข่ายด้วย --online',
      en: 'let the state of the certificates be asked for with --online',
    }
  }
  if (is('TRY_LATER') && allowHost === undefined) {
    return {
      th: 'ตรวจอีกครั้งภายหลัง หรือหากต้องถามเครื่องในเครือข่ายของคุณ ระบุด้วย --allow-host HOST:PORT',
      en: 'check again later; where a host of your own network is to be asked, name it with --allow-host HOST:PORT',
    }
  }
  if (!is('NO_CERTIFICATE_CHAIN_FOUND') || anchor !== undefined) return undefined
  return {
    th: 'หากคุณเชื่อถือผู้ออกใบรับรองนี้ ระบุใบรับรองรากด้วย --anchor FILE',
    en: 'if you trust who issued the certificate, name the root with --anchor FILE',
  }
}
