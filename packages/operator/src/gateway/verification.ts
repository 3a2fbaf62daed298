import type { Finding, VerificationReport } from '@sapan/exchange'
import type { Language, Text } from '@sapan/kernel'
import { notification, type SitePage, table, tag } from '@sapan/ui'
import { h } from 'preact'
import { code, command } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { sideIn } from './exchange.ts'

const words = {
  above: { th: 'การแลกเปลี่ยนหนึ่งรายการ', en: 'One exchange' },
  title: { th: 'ผลการตรวจหลักฐาน', en: 'The evidence, verified' },
  valid: { th: 'หลักฐานถูกต้อง', en: 'The evidence holds' },
  validText: {
    th: 'ทุกข้อที่ตรวจได้ผ่าน และมีครบทั้งล็อก พยาน และการประทับเวลา',
    en: 'Every check passed, and log, witness and time-stamp are all there.',
  },
  incomplete: { th: 'หลักฐานถูกต้อง แต่ยังไม่ครบ', en: 'The evidence holds, and is not complete yet' },
  incompleteText: {
    th: 'ยังขาดล็อก พยาน หรือการประทับเวลา ลองตรวจใหม่ในอีกสักครู่',
    en: 'Log, witness or time-stamp is still missing. Verify it again in a while.',
  },
  invalid: { th: 'หลักฐานไม่ถูกต้อง', en: 'The evidence does not hold' },
  invalidText: {
    th: 'ดูข้อที่ไม่ผ่านด้านล่าง และแจ้งผู้ดูแลเกตเวย์ให้ตรวจบันทึกทั้งหมดด้วย sapan audit',
    en: 'See below what failed, and have the whole log checked with sapan audit.',
  },
  proves: { th: 'หลักฐานนี้พิสูจน์ว่า', en: 'It proves' },
  doesNotProve: { th: 'หลักฐานนี้ไม่พิสูจน์ว่า', en: 'It does not prove' },
  checks: { th: 'ข้อที่ตรวจ', en: 'What was checked' },
  check: { th: 'ข้อ', en: 'Check' },
  result: { th: 'ผล', en: 'Result' },
  passed: { th: 'ผ่าน', en: 'passed' },
  failed: { th: 'ไม่ผ่าน', en: 'failed' },
  offline: { th: 'ตรวจเองโดยไม่ต้องเชื่อเกตเวย์นี้', en: 'To verify it without trusting this gateway' },
} as const satisfies Record<string, Text>

/** An exchange's evidence, verified by the gateway as anyone would who has the whole file alone. */
export function verificationRoutes(): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/exchanges/:exchange/verification',
      needs: 'look',
      handle: (request) => verificationPage(request),
    },
  ]
}

async function verificationPage(request: OperatorRequest): Promise<SitePage> {
  const { parameters, query, language } = request
  const id = parameters.exchange ?? ''
  const given = Object.entries(sideIn(query)).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  )
  const which = new URLSearchParams(given)
  const path = `/v1/evidence/${encodeURIComponent(id)}/verification?${which}`
  const report = await operatorOf(request).door.get<VerificationReport>(path)
  return operatorPage(
    request,
    {
      title: words.title[language],
      above: { path: `/operator/exchanges/${encodeURIComponent(id)}?${which}`, text: words.above },
    },
    verdict(report, language),
    sentences(words.proves[language], report.proves, language),
    sentences(words.doesNotProve[language], report.doesNotProve, language),
    h('h2', null, words.checks[language]),
    findingTable(report.findings, language),
    h('h2', null, words.offline[language]),
    command(`sapan evidence export ${id}`, `sapan verify ${id}.asice`),
  )
}

function verdict({ valid, complete }: VerificationReport, language: Language) {
  const body = (text: Text) => h('p', null, text[language])
  if (!valid)
    return notification({ kind: 'danger', title: words.invalid[language], body: body(words.invalidText) })
  if (!complete)
    return notification({
      kind: 'warning',
      title: words.incomplete[language],
      body: body(words.incompleteText),
    })
  return notification({ kind: 'success', title: words.valid[language], body: body(words.validText) })
}

function sentences(title: string, texts: readonly Text[], language: Language) {
  if (texts.length === 0) return null
  return [
    h('h2', null, title),
    h(
      'ul',
      null,
      texts.map((text) => h('li', null, text[language])),
    ),
  ]
}

function findingTable(findings: readonly Finding[], language: Language) {
  return table({
    caption: words.checks[language],
    isCaptionHidden: true,
    columns: [{ title: words.check[language] }, { title: words.result[language] }],
    rows: findings.map(({ check, passed, text }) => [
      [text[language], h('br', null), code(check)],
      passed ? tag(words.passed[language], 'success') : tag(words.failed[language], 'danger'),
    ]),
  })
}
