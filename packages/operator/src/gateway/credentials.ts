import type { Text } from '@sapan/kernel'
import { button, emptyState, form, linkButton, type SiteAnswer, type SitePage, table } from '@sapan/ui'
import { h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { CredentialRow } from './answers.ts'
import type { NameKeeper } from './names.ts'
import { newCredentialRoutes } from './new-credential.ts'
import { ownSystemTabs } from './own-system-tabs.ts'

export const credentialWords = {
  title: { th: 'ระบบภายในของหน่วยงาน', en: 'Own systems' },
  certificate: { th: 'ใบรับรอง', en: 'certificate' },
  oauth: { th: 'รหัสลับ (OAuth)', en: 'secret (OAuth)' },
} as const satisfies Record<string, Text>

const words = {
  lead: {
    th: 'ข้อมูลยืนยันตัวตนที่ระบบของหน่วยงานใช้กับเกตเวย์นี้ และระบบย่อยที่พูดแทนได้',
    en: 'By what your own systems prove who they are, and the subsystems that each may speak for.',
  },
  name: { th: 'ชื่อ', en: 'Name' },
  kind: { th: 'วิธียืนยันตัวตน', en: 'Proves itself by' },
  speaks: { th: 'พูดแทนระบบย่อย', en: 'Speaks for' },
  action: { th: 'จัดการ', en: 'Action' },
  add: { th: 'เพิ่มข้อมูลยืนยันตัวตน', en: 'Add a credential' },
  end: { th: 'ยกเลิก', en: 'End' },
  none: { th: 'ยังไม่มีข้อมูลยืนยันตัวตน', en: 'There is no credential yet' },
  noneNext: {
    th: 'เพิ่มหนึ่งรายการให้ระบบที่จะเรียกข้อมูลผ่านเกตเวย์นี้',
    en: 'Add one for the system that will call through this gateway.',
  },
} as const satisfies Record<string, Text>

export function credentialRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    { method: 'GET', path: '/operator/credentials', needs: 'look', handle: credentialsPage },
    ...newCredentialRoutes(names),
    { method: 'POST', path: '/operator/credentials/:credential/end', needs: 'change', handle: endCredential },
  ]
}

async function credentialsPage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door, mayChange } = operatorOf(request)
  const { credentials } = await door.get<{ credentials: readonly CredentialRow[] }>('/v1/credentials')
  return operatorPage(
    request,
    { title: credentialWords.title[language], lead: words.lead },
    ownSystemTabs('credentials', language),
    credentials.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : credentialTable(credentials, request),
    mayChange && linkButton({ text: words.add[language], href: '/operator/credentials/new' }),
  )
}

function credentialTable(credentials: readonly CredentialRow[], request: OperatorRequest) {
  const { language, formKey } = request
  const { mayChange } = operatorOf(request)
  const endOf = ({ id, name }: CredentialRow) =>
    form(
      { action: `/operator/credentials/${id}/end`, formKey, inline: true },
      button({ text: words.end[language], kind: 'secondary', label: `${words.end[language]}: ${name}` }),
    )
  return table({
    caption: credentialWords.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.name[language] },
      { title: words.kind[language] },
      { title: words.speaks[language] },
      ...(mayChange ? [{ title: words.action[language] }] : []),
    ],
    rows: credentials.map((one) => [
      h('bdi', null, one.name),
      credentialWords[one.kind][language],
      one.subsystems.map((subsystem) => h('div', null, code(subsystem))),
      ...(mayChange ? [endOf(one)] : []),
    ]),
  })
}

async function endCredential(request: OperatorRequest): Promise<SiteAnswer> {
  const { credential = '' } = request.parameters
  await operatorOf(request).door.delete(`/v1/credentials/${encodeURIComponent(credential)}`)
  return { kind: 'redirect', to: '/operator/credentials' }
}
