import type { Text } from '@sapan/kernel'
import { backLink, emptyState, linkButton, type SitePage, type SiteRequest } from '@sapan/ui'
import { h } from 'preact'
import { notTheirs } from '../authority.ts'
import type { DocumentPagesOptions } from './options.ts'

const own = {
  title: { th: 'เก็บเอกสารไว้ในเครื่องนี้', en: 'Kept on this device' },
  kept: {
    th: 'เครื่องนี้เก็บเอกสารไว้แล้ว เปิดหน้านี้ได้แม้ไม่มีอินเทอร์เน็ต และจะลบเองเมื่อคุณออกจากระบบ',
    en: 'This device keeps the document now. You can open this page without the internet. It goes when you sign out.',
  },
  cannot: {
    th: 'หากเบราว์เซอร์นี้เก็บหน้าไว้ไม่ได้ ให้ดาวน์โหลดเอกสารแทน',
    en: 'If this browser cannot keep pages, download the document instead.',
  },
  open: { th: 'เปิดเอกสาร (PDF)', en: 'Open the document (PDF)' },
  remove: { th: 'ลบออกจากเครื่องนี้', en: 'Remove it from this device' },
  gone: { th: 'ลบเอกสารออกจากเครื่องนี้แล้ว', en: 'It is not on this device any more' },
  goneNext: {
    th: 'เอกสารยังอยู่ในกล่องเอกสารของคุณ เปิดได้เมื่อมีอินเทอร์เน็ต',
    en: 'It is still among your documents and opens when you are online.',
  },
} as const satisfies Record<string, Text>

/** `/me/documents/:document/kept`: the service worker keeps this page and the file. Throws `document-not-found`. */
export async function keptPage<Who, Need>(
  { documentbox, accountOf, reachOf }: DocumentPagesOptions<Who, Need>,
  { who, language, parameters, path }: SiteRequest<Who>,
): Promise<SitePage> {
  const id = parameters.document ?? ''
  const document = await documentbox.read(accountOf(who), id, await reachOf?.(who))
  if (document === undefined) throw await notTheirs(documentbox, accountOf(who))
  const back = backLink(`/me/documents/${id}`, language, document.title[language])
  if (path.endsWith('/not-kept')) {
    const title = own.gone[language]
    return { kind: 'page', title, body: [back, h('h1', null, title), emptyState(own.goneNext[language])] }
  }
  const title = own.title[language]
  return {
    kind: 'page',
    title,
    body: [
      back,
      h('h1', null, title),
      h('p', null, h('strong', null, document.title[language]), ` · ${document.number}`),
      h('p', null, own.kept[language]),
      h('p', null, linkButton({ text: own.open[language], href: `/me/documents/${id}/file` })),
      h('p', { class: 'quiet' }, own.cannot[language]),
      h('p', null, h('a', { href: `/me/documents/${id}/not-kept` }, own.remove[language])),
    ],
  }
}
