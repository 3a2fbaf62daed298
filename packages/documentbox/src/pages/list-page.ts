import type { Language, Text } from '@sapan/kernel'
import { emptyState, notification, plainDate, type SitePage, type SiteRequest, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { DocumentPagesOptions } from './options.ts'
import { documentMark, words } from './words.ts'

const own = {
  lead: {
    th: 'เอกสารที่หน่วยงานออกให้คุณ ลงลายเซ็นดิจิทัลแล้ว ใช้แทนฉบับกระดาษได้',
    en: 'Documents that agencies have issued to you. They are signed and stand in for paper.',
  },
  none: { th: 'ยังไม่มีเอกสาร', en: 'There are no documents yet' },
  noneNext: {
    th: 'เมื่อหน่วยงานพิจารณาเรื่องของคุณเสร็จ เอกสารจะมาอยู่ที่นี่',
    en: 'When an agency has decided what you applied for, the document is put here.',
  },
  services: { th: 'ดูบริการที่ยื่นได้', en: 'See what you can apply for' },
  silent: { th: 'ไม่ตอบในขณะนี้', en: 'not answering right now' },
  silentBody: {
    th: 'เอกสารของผู้ที่คุณทำการแทนจึงอาจแสดงไม่ครบ เอกสารที่ออกให้ตัวคุณเองครบถ้วน ลองเปิดหน้านี้ใหม่ในอีกสักครู่',
    en: 'So documents of those for whom you act may be missing here. Your own are all there. Open this page again in a while.',
  },
} as const satisfies Record<string, Text>

/** `/me/documents`. It is kept by the device for reading offline. */
export async function listPage<Who, Need>(
  { documentbox, clock, accountOf, reachOf, memberName }: DocumentPagesOptions<Who, Need>,
  { who, language }: SiteRequest<Who>,
): Promise<SitePage> {
  const account = accountOf(who)
  const documents = await documentbox.list(account, await reachOf?.(who))
  const silent = await documentbox.silentOf(account)
  const title = words.documents[language]
  const columns = [words.document, words.issuer, words.issued, words.state]
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      h('p', { class: 'column' }, own.lead[language]),
      silent.length === 0 ? null : silentNotice(silent, language),
      documents.length === 0
        ? emptyState(
            own.none[language],
            h('p', null, own.noneNext[language]),
            h('p', null, h('a', { href: '/services' }, own.services[language])),
          )
        : table({
            caption: title,
            isCaptionHidden: true,
            columns: columns.map((text) => ({ title: text[language] })),
            rows: documents.map((one) => [
              [
                h('a', { href: `/me/documents/${one.id}` }, one.title[language]),
                h('p', { class: 'quiet' }, one.number),
              ],
              memberName(one.issuer)?.[language] ?? one.issuer,
              plainDate(one.issuedAt, language),
              documentMark(one, clock(), language),
            ]),
          }),
    ],
  }
}

function silentNotice(silent: readonly Text[], language: Language): ComponentChild {
  const [and, between] = language === 'th' ? [' และ', ''] : [' and ', ': ']
  const names = silent.map((name) => name[language]).join(and)
  return notification({
    kind: 'warning',
    title: `${names}${between}${own.silent[language]}`,
    body: h('p', null, own.silentBody[language]),
  })
}
