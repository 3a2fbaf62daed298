import type { Language, Text } from '@sapan/kernel'
import {
  button,
  details,
  emptyState,
  form,
  pagination,
  type SiteAnswer,
  type SitePage,
  type TagKind,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { MessageRow } from './answers.ts'
import { messageLists, messageTabs } from './message-tabs.ts'
import type { NameKeeper, Names } from './names.ts'

const words = {
  title: { th: 'ข้อความรอส่ง', en: 'Messages that wait' },
  lead: {
    th: 'ข้อความที่สมาชิกส่งและเกตเวย์ส่งต่อเอง ข้อความที่ส่งไม่สำเร็จรอให้คนแก้ หน้านี้ไม่แสดงเนื้อความ',
    en: 'What members send and the gateway delivers by itself. What could not be delivered waits for a person. No content is shown here.',
  },
  noDead: { th: 'ไม่มีข้อความที่ส่งไม่สำเร็จ', en: 'There are no dead letters' },
  noneNext: {
    th: 'ข้อความที่รอส่งจะส่งเองเมื่ออีกฝ่ายพร้อม',
    en: 'What waits is delivered by itself as soon as the other side is there.',
  },
  none: { th: 'ยังไม่มีข้อความ', en: 'There are no messages yet' },
  when: { th: 'เวลา', en: 'When' },
  from: { th: 'ผู้ส่ง', en: 'Sender' },
  to: { th: 'คิว', en: 'Queue' },
  state: { th: 'สถานะ', en: 'State' },
  tries: { th: 'ครั้งที่ลอง', en: 'Tries' },
  action: { th: 'จัดการ', en: 'Action' },
  open: { th: 'เปิดเนื้อความ', en: 'Open what it says' },
  resend: { th: 'ส่งใหม่', en: 'Send again' },
  drop: { th: 'เลิกส่ง', en: 'Give up' },
  dropNote: { th: 'เลิกส่งแล้วเรียกคืนไม่ได้', en: 'What was given up is not taken up again.' },
} as const satisfies Record<string, Text>

const states: Readonly<Record<string, { readonly text: Text; readonly kind: TagKind }>> = {
  queued: { text: { th: 'รอส่ง', en: 'queued' }, kind: 'info' },
  delivered: { text: { th: 'ส่งถึงแล้ว', en: 'delivered' }, kind: 'info' },
  waiting: { text: { th: 'รอระบบรับ', en: 'waiting' }, kind: 'info' },
  accepted: { text: { th: 'รับแล้ว', en: 'accepted' }, kind: 'success' },
  rejected: { text: { th: 'ถูกปฏิเสธ', en: 'rejected' }, kind: 'danger' },
  expired: { text: { th: 'หมดเวลา', en: 'expired' }, kind: 'danger' },
  dead: { text: { th: 'ส่งไม่สำเร็จ', en: 'dead letter' }, kind: 'danger' },
  dropped: { text: { th: 'เลิกส่งแล้ว', en: 'given up' }, kind: 'neutral' },
}

const lists = ['dead', 'sent', 'came'] as const
type List = (typeof lists)[number]

const asked: Readonly<Record<List, string>> = {
  dead: '/v1/messages?state=dead',
  sent: '/v1/messages?',
  came: '/v1/messages-received?',
}
const pageSize = 50

export function messageRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    ...lists.map(
      (list): OperatorRoute => ({
        method: 'GET',
        path: messageLists[list].path,
        needs: 'look',
        handle: (request) => messagesPage(names, list, request),
      }),
    ),
    { method: 'POST', path: '/operator/messages/:number/resend', needs: 'change', handle: resend },
    { method: 'POST', path: '/operator/messages/:number/drop', needs: 'change', handle: drop },
  ]
}

async function messagesPage(keeper: NameKeeper, list: List, request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const { door } = operatorOf(request)
  const after = /^\d{1,15}$/.test(query.get('after') ?? '') ? query.get('after') : '0'
  const [{ messages }, names] = await Promise.all([
    door.get<{ messages: readonly MessageRow[] }>(`${asked[list]}&limit=${pageSize}&after=${after}`),
    keeper.of(door),
  ])
  const last = messages.length === pageSize ? messages.at(-1)?.number : undefined
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    messageTabs(list, language),
    messages.length === 0
      ? emptyState(
          words[list === 'dead' ? 'noDead' : 'none'][language],
          h('p', null, words.noneNext[language]),
        )
      : messageTable(list, messages, names, request),
    pagination({
      language,
      next: last === undefined ? undefined : `${messageLists[list].path}?after=${last}`,
    }),
  )
}

function messageTable(list: List, messages: readonly MessageRow[], names: Names, request: OperatorRequest) {
  const { language } = request
  const { mayChange, mayOpen } = operatorOf(request)
  const isMended = list === 'dead' && (mayChange || mayOpen)
  return table({
    caption: messageLists[list].text[language],
    isCaptionHidden: true,
    columns: [
      { title: words.when[language] },
      { title: words.from[language] },
      { title: words.to[language] },
      { title: words.state[language] },
      { title: words.tries[language], isNumber: true },
      ...(isMended ? [{ title: words.action[language] }] : []),
    ],
    rows: messages.map((one) => [
      timeOf(one.queuedAt ?? one.deliveredAt ?? one.expiresAt, language),
      names.shown(one.client, language),
      [names.shownService(one.service, language), ' ', code(one.operation)],
      stateOf(one, language),
      String(one.attempts),
      ...(isMended ? [mending(one, request)] : []),
    ]),
  })
}

function stateOf({ state, problem, reason }: MessageRow, language: Language): ComponentChild {
  const known = states[state]
  return [
    known === undefined ? state : tag(known.text[language], known.kind),
    problem === undefined ? null : [' ', code(problem)],
    // What the last try met; what a receiver says for itself is not shown here.
    problem === 'message-expired' && reason !== undefined ? [' ', code(reason)] : null,
  ]
}

function mending({ number, message }: MessageRow, request: OperatorRequest): ComponentChild {
  const { language, formKey } = request
  const { mayChange, mayOpen } = operatorOf(request)
  const act = (what: 'resend' | 'drop', kind: 'secondary' | 'danger') =>
    form(
      { action: `/operator/messages/${number}/${what}`, formKey, inline: true },
      button({ text: words[what][language], kind, label: `${words[what][language]}: ${message}` }),
    )
  return [
    mayOpen &&
      h(
        'p',
        null,
        h(
          'a',
          {
            href: `/operator/messages/${number}/opening`,
            'aria-label': `${words.open[language]}: ${message}`,
          },
          words.open[language],
        ),
      ),
    mayChange && [
      act('resend', 'secondary'),
      details(
        { summary: words.drop[language] },
        h('p', null, words.dropNote[language]),
        act('drop', 'danger'),
      ),
    ],
  ]
}

async function resend(request: OperatorRequest): Promise<SiteAnswer> {
  const { number = '' } = request.parameters
  const text = request.form.get('body')
  // A form sends its lines with the ends that HTML has.
  const body = text === null ? {} : { body: Buffer.from(text.replaceAll('\r\n', '\n')).toString('base64') }
  await operatorOf(request).door.post(`/v1/messages/${encodeURIComponent(number)}/resend`, body)
  return { kind: 'redirect', to: '/operator/messages' }
}

async function drop(request: OperatorRequest): Promise<SiteAnswer> {
  const { number = '' } = request.parameters
  await operatorOf(request).door.delete(`/v1/messages/${encodeURIComponent(number)}`)
  return { kind: 'redirect', to: '/operator/messages' }
}
