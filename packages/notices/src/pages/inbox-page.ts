import type { Language, Text } from '@sapan/kernel'
import {
  button,
  details,
  emptyState,
  form,
  pagination,
  plainTime,
  type SitePage,
  type SiteRequest,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { kindTerm } from '../kinds.ts'
import type { InboxMessage } from '../notice.ts'
import type { NoticePagesOptions } from './options.ts'

const words = {
  title: { th: 'กล่องข้อความ', en: 'Inbox' },
  none: { th: 'ยังไม่มีข้อความ', en: 'There are no messages yet' },
  noneNext: {
    th: 'เมื่อหน่วยงานตอบคุณ หรือมีเรื่องเกี่ยวกับบัญชีและข้อมูลของคุณ ข้อความจะอยู่ที่นี่',
    en: 'When an agency answers you, or something concerns your account or your data, it is told here.',
  },
  settings: { th: 'เลือกวิธีรับการแจ้งเตือน', en: 'Choose how you are told' },
  allRead: { th: 'ทำเครื่องหมายว่าอ่านแล้วทั้งหมด', en: 'Mark all as read' },
  message: { th: 'ข้อความ', en: 'Message' },
  kind: { th: 'เรื่อง', en: 'About' },
  sent: { th: 'ได้รับเมื่อ', en: 'Received' },
  state: { th: 'สถานะ', en: 'State' },
  unread: { th: 'ยังไม่ได้อ่าน', en: 'Unread' },
  read: { th: 'อ่านแล้ว', en: 'Read' },
  offline: { th: 'ข้อความที่เก็บไว้อ่านขณะออฟไลน์', en: 'Messages kept for reading offline' },
  keptAt: { th: 'ข้อความล่าสุด 50 ฉบับ', en: 'The latest 50 messages' },
} as const satisfies Record<string, Text>

const pageSize = 25
const keptOffline = 50

/** The inbox. Throws `inbox-list-unreadable`. */
export async function inboxPage<Who, Need>(
  { notices, accountOf }: NoticePagesOptions<Who, Need>,
  { who, query, language, formKey }: SiteRequest<Who>,
): Promise<SitePage> {
  const account = accountOf(who)
  const after = query.get('after') ?? undefined
  const [{ messages, next }, unread] = await Promise.all([
    notices.inbox(account, { limit: pageSize, ...(after === undefined ? {} : { after }) }),
    notices.unread(account),
  ])
  const title = words.title[language]
  const readAll = form(
    { action: '/me/inbox/read', formKey, inline: true },
    button({ text: words.allRead[language], kind: 'secondary' }),
  )
  return {
    kind: 'page',
    title: unread === 0 ? title : `${title} (${unread})`,
    body: [
      h('h1', null, title),
      h('p', null, h('a', { href: '/me/notices' }, words.settings[language])),
      unread === 0 ? null : readAll,
      messages.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : messageTable(messages, language),
      pagination({
        language,
        label: title,
        previous: after === undefined ? undefined : '/me/inbox',
        next: next === undefined ? undefined : `/me/inbox?after=${encodeURIComponent(next)}`,
      }),
    ],
  }
}

function messageTable(messages: readonly InboxMessage[], language: Language): ComponentChild {
  const columns = [words.message, words.kind, words.sent, words.state]
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: columns.map((text) => ({ title: text[language] })),
    rows: messages.map(({ id, kind, title, sentAt, readAt }) => [
      h(
        'a',
        { href: `/me/inbox/${id}` },
        readAt === undefined ? h('strong', null, title[language]) : title[language],
      ),
      kindTerm(kind).name[language],
      plainTime(sentAt, language),
      readAt === undefined ? tag(words.unread[language], 'info') : words.read[language],
    ]),
  })
}

/** The latest messages with all they say, on one page for a device to keep. Nothing is marked as read. */
export async function offlinePage<Who, Need>(
  { notices, accountOf }: NoticePagesOptions<Who, Need>,
  { who, language }: SiteRequest<Who>,
): Promise<SitePage> {
  const { messages } = await notices.inbox(accountOf(who), { limit: keptOffline })
  const title = words.offline[language]
  const whole = ({ title: own, body, sentAt }: InboxMessage): ComponentChild =>
    details(
      { summary: `${own[language]} – ${plainTime(sentAt, language)}` },
      h('p', { class: 'as-written' }, body[language]),
    )
  return {
    kind: 'page',
    title,
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, title),
      h('p', { class: 'quiet' }, words.keptAt[language]),
      messages.length === 0 ? emptyState(words.none[language]) : messages.map(whole),
    ),
  }
}
