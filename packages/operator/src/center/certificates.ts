import { revocationReasons } from '@sapan/exchange'
import { type Language, Problem, type Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  inset,
  radios,
  type SiteAnswer,
  type SitePage,
  siteProblems,
  summaryList,
  table,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { searchForm } from '../parts/search-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { CertificateRow } from './answers.ts'

const words = {
  title: { th: 'ใบรับรอง', en: 'Certificates' },
  lead: {
    th: 'ใบรับรองที่ศูนย์กลางออกให้สมาชิกและเกตเวย์ ใบใหม่สุดอยู่ก่อน',
    en: 'What the center issued to members and gateways, the newest first.',
  },
  holder: { th: 'ผู้ถือ', en: 'Holder' },
  holderHint: {
    th: 'รหัสเต็มของสมาชิกหรือเกตเวย์ เช่น TH/GOV/DOPA',
    en: 'Full code of a member or gateway, such as TH/GOV/DOPA',
  },
  search: { th: 'ค้นหาใบรับรอง', en: 'Find certificates' },
  use: { th: 'ใช้เพื่อ', en: 'For' },
  until: { th: 'ใช้ได้ถึง', en: 'Good until' },
  state: { th: 'สถานะ', en: 'State' },
  fingerprint: { th: 'ลายนิ้วมือ', en: 'Fingerprint' },
  good: { th: 'ใช้ได้', en: 'good' },
  ended: { th: 'หมดอายุ', en: 'ended' },
  revoked: { th: 'เพิกถอนแล้ว', en: 'revoked' },
  none: { th: 'ไม่พบใบรับรอง', en: 'No certificate is found' },
  revoke: { th: 'เพิกถอนใบรับรองนี้', en: 'Revoke this certificate' },
  revokeTitle: { th: 'ใบรับรองหนึ่งใบ', en: 'One certificate' },
  reason: { th: 'เหตุที่เพิกถอน', en: 'Why it is revoked' },
  effect: {
    th: 'สารบบฉบับใหม่ประกาศทันที เกตเวย์ที่ติดต่อศูนย์กลางได้รู้ภายใน 60 วินาทีและตัดการเชื่อมต่อ เพิกถอนแล้วเรียกคืนไม่ได้',
    en: 'The directory says so at once; gateways that reach the center know within 60 seconds and close their connections. It is not taken back.',
  },
} as const satisfies Record<string, Text>

const reasonWords: Readonly<Record<(typeof revocationReasons)[number], Text>> = {
  unspecified: { th: 'ไม่ระบุ', en: 'Not said' },
  'key-compromise': { th: 'กุญแจอาจรั่วไหล', en: 'Its key may be known to others' },
  'affiliation-changed': { th: 'เปลี่ยนสังกัด', en: 'The holder belongs elsewhere now' },
  superseded: { th: 'มีใบใหม่แทน', en: 'Another one is in its place' },
  'cessation-of-operation': { th: 'เลิกใช้งาน', en: 'It is no longer in use' },
}

export function certificateRoutes(): OperatorRoute[] {
  return [
    { method: 'GET', path: '/operator/certificates', needs: 'look', handle: certificatesPage },
    { method: 'GET', path: '/operator/certificates/:fingerprint', needs: 'look', handle: certificatePage },
    { method: 'POST', path: '/operator/certificates/:fingerprint/revoke', needs: 'change', handle: revoke },
  ]
}

function listed(request: OperatorRequest, holder?: string) {
  return operatorOf(request).door.get<{ certificates: readonly CertificateRow[] }>('/v1/certificates', {
    holder,
  })
}

async function certificatesPage(request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const holder = query.get('holder')?.trim() ?? ''
  const { certificates } = await listed(request, holder)
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    searchForm(
      { action: '/operator/certificates', label: words.search[language], submit: words.search[language] },
      textField({
        name: 'holder',
        label: words.holder[language],
        hint: words.holderHint[language],
        value: holder,
      }),
    ),
    certificates.length === 0
      ? emptyState(words.none[language])
      : table({
          caption: words.title[language],
          isCaptionHidden: true,
          columns: [
            { title: words.holder[language] },
            { title: words.use[language] },
            { title: words.until[language] },
            { title: words.state[language] },
            { title: words.fingerprint[language] },
          ],
          rows: certificates.map((one) => [
            code(one.holder),
            one.use,
            timeOf(one.notAfter, language),
            stateOf(one, language),
            h('a', { href: addressOf(one) }, code(one.fingerprint.slice(0, 16))),
          ]),
        }),
  )
}

function stateOf({ revoked, notAfter }: CertificateRow, language: Language): ComponentChild {
  if (revoked !== null) return tag(words.revoked[language], 'danger')
  return Date.parse(notAfter) > Date.now()
    ? tag(words.good[language], 'success')
    : tag(words.ended[language], 'neutral')
}

/** With its holder, among whose certificates it is looked for. */
function addressOf({ fingerprint, holder }: Pick<CertificateRow, 'fingerprint' | 'holder'>): string {
  return `/operator/certificates/${fingerprint}?${new URLSearchParams({ holder })}`
}

async function certificatePage(request: OperatorRequest): Promise<SitePage> {
  const { language, formKey, parameters } = request
  const { certificates } = await listed(request, request.query.get('holder') ?? undefined)
  const found = certificates.find(({ fingerprint }) => fingerprint === parameters.fingerprint)
  if (found === undefined) throw new Problem(siteProblems['page-unknown'])
  const { fingerprint, holder, use, notAfter, revoked } = found
  const why = revocationReasons.find((reason) => reason === revoked?.reason)
  return operatorPage(
    request,
    { title: words.revokeTitle[language], above: { path: '/operator/certificates', text: words.title } },
    summaryList([
      { key: words.state[language], value: stateOf(found, language) },
      { key: words.holder[language], value: code(holder) },
      { key: words.use[language], value: use },
      { key: words.until[language], value: timeOf(notAfter, language) },
      { key: words.fingerprint[language], value: code(fingerprint) },
      ...(revoked === null
        ? []
        : [
            {
              key: words.revoked[language],
              value: timeOf(revoked.at, language),
              source: why === undefined ? undefined : reasonWords[why][language],
            },
          ]),
    ]),
    revoked === null &&
      form(
        { action: `/operator/certificates/${fingerprint}/revoke`, formKey },
        h('input', { type: 'hidden', name: 'holder', value: holder }),
        radios({
          name: 'reason',
          label: words.reason[language],
          value: 'unspecified',
          choices: revocationReasons.map((value) => ({ value, text: reasonWords[value][language] })),
        }),
        inset(h('p', null, words.effect[language])),
        button({ text: words.revoke[language], kind: 'danger' }),
      ),
  )
}

async function revoke(request: OperatorRequest): Promise<SiteAnswer> {
  const fingerprint = encodeURIComponent(request.parameters.fingerprint ?? '')
  const reason = revocationReasons.find((one) => one === request.form.get('reason')) ?? 'unspecified'
  await operatorOf(request).door.post(`/v1/certificates/${fingerprint}/revoke`, { reason })
  return { kind: 'redirect', to: addressOf({ fingerprint, holder: request.form.get('holder') ?? '' }) }
}
