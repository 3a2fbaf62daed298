import type { Language, Text } from '@sapan/kernel'
import {
  backLink,
  button,
  details,
  form,
  linkButton,
  notification,
  plainTime,
  type SitePage,
  type SiteRequest,
  select,
  summaryList,
  table,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { notTheirs } from '../authority.ts'
import { type BoxDocument, type Share, shareHours, type View } from '../documentbox.ts'
import { fingerprintRow, issueRows } from './issue-rows.ts'
import type { DocumentPagesOptions } from './options.ts'
import { documentMark, plainBytes, words } from './words.ts'

const own = {
  download: { th: 'ดาวน์โหลดเอกสาร (PDF)', en: 'Download the document (PDF)' },
  keep: { th: 'เก็บไว้อ่านในเครื่องนี้แม้ไม่มีอินเทอร์เน็ต', en: 'Keep it on this device for reading offline' },
  check: { th: 'ตรวจลายเซ็นของเอกสาร', en: 'Check the signature of a document' },
  evidence: { th: 'ใช้เป็นหลักฐานสำหรับ', en: 'What you can use it for' },
  noEvidence: {
    th: 'ยังไม่มีบริการในระบบนี้ที่ขอเอกสารนี้ แต่ใช้แสดงต่อผู้อื่นได้',
    en: 'No service here asks for this document. You can show it to others.',
  },
  size: { th: 'ขนาด', en: 'Size' },
  forPrograms: { th: 'สำหรับตรวจไฟล์ด้วยโปรแกรม', en: 'For checking the file with a program' },
  by: { th: 'ฉบับใหม่หรือเหตุผล', en: 'Newer document or reason' },
  sharing: { th: 'แสดงให้ผู้อื่นดู', en: 'Show it to others' },
  sharingLead: {
    th: 'สร้างรหัสที่ใช้ได้ตามเวลาที่เลือก แล้วส่งรหัสให้ผู้ตรวจ คุณเห็นว่าใครเปิดดู และยุติเมื่อใดก็ได้',
    en: 'Make a code that works for as long as you choose, and give it to whoever should see the document. You see who opened it, and can end it at any time.',
  },
  typedAt: { th: 'ผู้ตรวจพิมพ์รหัสที่หน้า', en: 'They type the code on the page' },
  onlyLooking: {
    th: 'อำนาจทำการแทนที่คุณมีให้ดูเอกสารนี้ได้ แต่แบ่งปันให้ผู้อื่นไม่ได้',
    en: 'Your mandate lets you see this document, not share it with others.',
  },
  sharedPage: { th: 'ดูเอกสารที่มีผู้แบ่งปันให้', en: 'See a document that was shared with you' },
  hours: { th: 'ใช้ได้นาน', en: 'For how long' },
  share: { th: 'สร้างรหัสแบ่งปัน', en: 'Make a code' },
  code: { th: 'รหัส', en: 'Code' },
  till: { th: 'ใช้ได้ถึง', en: 'Valid until' },
  end: { th: 'ยุติการแบ่งปัน', en: 'End the share' },
  noMandate: {
    th: 'เปิดดูไม่ได้ เพราะผู้ที่สร้างรหัสไม่มีอำนาจทำการแทนแล้ว สร้างรหัสใหม่หากยังต้องใช้',
    en: 'It opens nothing: whoever made it no longer acts for the owner. Make a new one if it is still needed.',
  },
  silent: {
    th: 'ยังเปิดดูไม่ได้ เพราะทะเบียนที่บอกว่าใครทำการแทนได้ไม่ตอบ ใช้ได้อีกเมื่อทะเบียนตอบ',
    en: 'It opens nothing while the register that says who may act does not answer. It works again once that does.',
  },
  action: { th: 'ทำรายการ', en: 'Action' },
  made: { th: 'สร้างรหัสแล้ว', en: 'Your code is ready' },
  views: { th: 'ใครเปิดดูเอกสารนี้', en: 'Who looked at this document' },
  you: { th: 'คุณ', en: 'You' },
  when: { th: 'เมื่อ', en: 'When' },
  who: { th: 'ใคร', en: 'Who' },
  what: { th: 'ทำอะไร', en: 'What' },
  claimed: { th: 'ระบุตนเองว่า', en: 'said to be' },
} as const satisfies Record<string, Text>

const hourNames: Readonly<Record<number, Text>> = {
  1: { th: '1 ชั่วโมง', en: '1 hour' },
  24: { th: '1 วัน', en: '1 day' },
  168: { th: '7 วัน', en: '7 days' },
  720: { th: '30 วัน', en: '30 days' },
}

const viewNames: Readonly<Record<View['what'], Text>> = {
  seen: { th: 'เปิดดูรายละเอียด', en: 'Looked at the details' },
  file: { th: 'ดาวน์โหลด', en: 'Downloaded it' },
  shared: { th: 'สร้างรหัสแบ่งปัน', en: 'Made a code' },
  'share-ended': { th: 'ยุติการแบ่งปัน', en: 'Ended a share' },
}

/** `/me/documents/:document`. Throws `document-not-found`. */
export async function documentPage<Who, Need>(
  options: DocumentPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SitePage> {
  const { documentbox, accountOf, reachOf, clock } = options
  const { who, language, parameters, query } = request
  const [account, id] = [accountOf(who), parameters.document ?? '']
  const reach = await reachOf?.(who)
  const document = await documentbox.read(account, id, reach)
  if (document === undefined) throw await notTheirs(documentbox, account)
  const [shares, views = []] = await Promise.all([
    documentbox.shares(account, id, reach),
    documentbox.views(account, id, reach),
  ])
  const title = document.title[language]
  return {
    kind: 'page',
    title,
    body: [
      backLink('/me/documents', language, words.documents[language]),
      query.has('shared') && shares ? justMade(shares, language) : null,
      h('h1', null, title),
      factsOf(options, document, clock(), language),
      h('p', null, linkButton({ text: own.download[language], href: `/me/documents/${id}/file` })),
      h('p', null, h('a', { href: `/me/documents/${id}/kept` }, own.keep[language])),
      h('p', null, h('a', { href: '/check' }, own.check[language])),
      details({ summary: own.forPrograms[language] }, summaryList([fingerprintRow(document, language)])),
      evidenceOf(options, document, language),
      shares === undefined
        ? h('p', { id: 'sharing', class: 'quiet' }, own.onlyLooking[language])
        : sharing(document, shares, request),
      looks(views, language),
    ],
  }
}

function factsOf<Who, Need>(
  options: DocumentPagesOptions<Who, Need>,
  document: BoxDocument,
  at: number,
  language: Language,
): ComponentChild {
  const { ended } = document
  const row = (key: Text, value: ComponentChild) => ({ key: key[language], value })
  return summaryList([
    row(words.state, documentMark(document, at, language)),
    ...(ended?.by === undefined ? [] : [row(own.by, ended.by)]),
    ...issueRows(options, document, language),
    row(own.size, plainBytes(document.bytes)),
  ])
}

/** The code that was made last, on top: it is what the owner came for. */
function justMade(shares: readonly Share[], language: Language): ComponentChild {
  const newest = shares.reduce<Share | undefined>(
    (last, one) => (last === undefined || one.createdAt > last.createdAt ? one : last),
    undefined,
  )
  const body =
    newest &&
    h(
      'p',
      null,
      `${own.code[language]} `,
      h('strong', null, newest.code),
      ` · ${own.till[language]} ${plainTime(newest.expiresAt, language)}`,
    )
  return notification({ kind: 'success', title: own.made[language], body, isNew: true })
}

function evidenceOf<Who, Need>(
  { evidenceFor }: DocumentPagesOptions<Who, Need>,
  { kind }: BoxDocument,
  language: Language,
): ComponentChild {
  const services = evidenceFor?.(kind) ?? []
  return h(
    'section',
    null,
    h('h2', null, own.evidence[language]),
    services.length === 0
      ? h('p', null, own.noEvidence[language])
      : h(
          'ul',
          null,
          services.map(({ title, path, when }) =>
            h(
              'li',
              null,
              when === undefined ? null : `${when[language]}: `,
              h('a', { href: path }, title[language]),
            ),
          ),
        ),
  )
}

function sharing<Who>(
  { id }: BoxDocument,
  shares: readonly Share[],
  { language, formKey }: SiteRequest<Who>,
): ComponentChild {
  const choices = shareHours.map((hours) => ({
    value: String(hours),
    text: hourNames[hours]?.[language] ?? String(hours),
  }))
  const columns = [own.code, own.till, own.action]
  const ending = (share: Share) =>
    form(
      { action: `/me/documents/${id}/shares/${share.id}/end`, formKey, inline: true },
      button({ text: own.end[language], kind: 'secondary', label: `${own.end[language]}: ${share.code}` }),
    )
  return h(
    'section',
    { id: 'sharing' },
    h('h2', null, own.sharing[language]),
    h('p', null, own.sharingLead[language]),
    h('p', null, `${own.typedAt[language]} `, h('a', { href: '/shared' }, own.sharedPage[language])),
    shares.length === 0
      ? null
      : table({
          caption: own.sharing[language],
          isCaptionHidden: true,
          columns: columns.map((text) => ({ title: text[language] })),
          rows: shares.map((share) => [
            [
              h('strong', null, share.code),
              share.withoutMandate ? h('p', { class: 'quiet' }, own.noMandate[language]) : null,
              share.silent ? h('p', { class: 'quiet' }, own.silent[language]) : null,
            ],
            plainTime(share.expiresAt, language),
            ending(share),
          ]),
        }),
    form(
      { action: `/me/documents/${id}/shares`, formKey },
      select({ name: 'hours', label: own.hours[language], choices, value: '24' }),
      button({ text: own.share[language], kind: 'secondary' }),
    ),
  )
}

function looks(views: readonly View[], language: Language): ComponentChild {
  const columns = [own.when, own.who, own.what]
  return details(
    { summary: `${own.views[language]} (${views.length})` },
    table({
      caption: own.views[language],
      isCaptionHidden: true,
      columns: columns.map((text) => ({ title: text[language] })),
      rows: views.map(({ at, what, opener }) => [
        plainTime(at, language),
        opener === undefined ? own.you[language] : [`${own.claimed[language]} `, h('bdi', null, opener)],
        viewNames[what][language],
      ]),
    }),
  )
}
