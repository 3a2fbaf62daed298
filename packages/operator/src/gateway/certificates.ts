import { counted, type Text } from '@sapan/kernel'
import { button, emptyState, form, notification, type SiteAnswer, type SitePage, table, tag } from '@sapan/ui'
import { h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { CertificateRow } from './answers.ts'

const words = {
  title: { th: 'ใบรับรอง', en: 'Certificates' },
  lead: {
    th: 'ใบรับรองของเกตเวย์และของสมาชิก ต่ออายุเองเมื่อเหลือหนึ่งในสาม',
    en: "The gateway's and its members'. They renew by themselves when a third of their time is left.",
  },
  use: { th: 'ใช้เพื่อ', en: 'For' },
  holder: { th: 'ผู้ถือ', en: 'Holder' },
  until: { th: 'ใช้ได้ถึง', en: 'Good until' },
  left: { th: 'เหลือ', en: 'Left' },
  fingerprint: { th: 'ลายนิ้วมือ', en: 'Fingerprint' },
  renew: { th: 'ต่ออายุใบรับรองเดี๋ยวนี้', en: 'Renew the certificates now' },
  renewed: { th: 'ต่ออายุใบรับรองแล้ว', en: 'The certificates are renewed' },
  empty: { th: 'สารบบยังไม่มีใบรับรองของเกตเวย์นี้', en: 'The directory lists no certificate of this gateway yet.' },
  emptyNext: {
    th: 'รอสารบบฉบับถัดไป หรือตรวจด้วย sapan doctor',
    en: 'Wait for its next version, or look with sapan doctor.',
  },
} as const satisfies Record<string, Text>

const uses = {
  signing: { th: 'ลงนาม', en: 'signing' },
  tls: { th: 'เชื่อมต่อ (TLS)', en: 'connections (TLS)' },
} as const satisfies Record<string, Text>

export function certificateRoutes(): OperatorRoute[] {
  return [
    { method: 'GET', path: '/operator/certificates', needs: 'look', handle: certificatesPage },
    { method: 'POST', path: '/operator/certificates/renew', needs: 'whole', handle: renew },
  ]
}

async function certificatesPage(request: OperatorRequest): Promise<SitePage> {
  const { language, formKey, query } = request
  const { door, isWhole } = operatorOf(request)
  const { certificates } = await door.get<{ certificates: readonly CertificateRow[] }>('/v1/certificates')
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    query.has('renewed') && notification({ kind: 'success', title: words.renewed[language], isNew: true }),
    certificates.length === 0
      ? emptyState(words.empty[language], h('p', null, words.emptyNext[language]))
      : certificateTable(certificates, request),
    isWhole &&
      form(
        { action: '/operator/certificates/renew', formKey },
        button({ text: words.renew[language], kind: 'secondary' }),
      ),
  )
}

function certificateTable(certificates: readonly CertificateRow[], { language }: OperatorRequest) {
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.holder[language] },
      { title: words.use[language] },
      { title: words.until[language] },
      { title: words.left[language] },
      { title: words.fingerprint[language] },
    ],
    rows: certificates.map(({ holder, use, notAfter, daysLeft, fingerprint }) => [
      code(holder),
      uses[use][language],
      timeOf(notAfter, language),
      tag(
        language === 'th' ? `${daysLeft} วัน` : counted(daysLeft, 'day'),
        daysLeft < 14 ? 'warning' : 'neutral',
      ),
      h('code', { class: 'breaking' }, fingerprint.slice(0, 16)),
    ]),
  })
}

async function renew(request: OperatorRequest): Promise<SiteAnswer> {
  await operatorOf(request).door.post('/v1/certificates/renew', {})
  return { kind: 'redirect', to: '/operator/certificates?renewed' }
}
