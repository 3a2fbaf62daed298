import type { Text } from '@sapan/kernel'
import { backLink, button, form, linkButton, plainTime, type SitePage, type SiteRequest } from '@sapan/ui'
import { h } from 'preact'
import { kindTerm } from '../kinds.ts'
import type { NoticePagesOptions } from './options.ts'

const words = {
  back: { th: 'กล่องข้อความ', en: 'Inbox' },
  open: { th: 'ดูเรื่องนี้', en: 'See what it is about' },
  unread: { th: 'ทำเครื่องหมายว่ายังไม่ได้อ่าน', en: 'Mark as unread' },
} as const satisfies Record<string, Text>

/** One message, which is read from then on. Throws `notice-not-found`. */
export async function messagePage<Who, Need>(
  { notices, accountOf }: NoticePagesOptions<Who, Need>,
  { who, parameters, language, formKey }: SiteRequest<Who>,
): Promise<SitePage> {
  const message = await notices.read(accountOf(who), parameters.message ?? '')
  const { id, kind, title, body, link, sentAt } = message
  return {
    kind: 'page',
    title: title[language],
    body: h(
      'article',
      { class: 'column' },
      backLink('/me/inbox', language, words.back[language]),
      h('h1', null, title[language]),
      h('p', { class: 'quiet' }, `${kindTerm(kind).name[language]} · ${plainTime(sentAt, language)}`),
      h('p', { class: 'as-written' }, body[language]),
      link === undefined ? null : h('p', null, linkButton({ text: words.open[language], href: link })),
      form(
        { action: `/me/inbox/${id}/unread`, formKey, inline: true },
        button({ text: words.unread[language], kind: 'quiet' }),
      ),
    ),
  }
}
