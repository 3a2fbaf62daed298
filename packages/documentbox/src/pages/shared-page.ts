import type { Language, Text } from '@sapan/kernel'
import {
  button,
  errorSummary,
  type FieldProblem,
  form,
  type SiteAnswer,
  type SitePage,
  type SiteRequest,
  summaryList,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import type { BoxDocument } from '../documentbox.ts'
import { typedShareCode } from '../sharing/code.ts'
import { issueRows } from './issue-rows.ts'
import type { DocumentPagesOptions } from './options.ts'
import { documentMark, words } from './words.ts'

const own = {
  title: { th: 'ดูเอกสารที่มีผู้แบ่งปันให้', en: 'See a document that was shared with you' },
  lead: {
    th: 'พิมพ์รหัสที่เจ้าของเอกสารให้คุณ เจ้าของเห็นว่าใครเปิดดูและเมื่อใด',
    en: 'Type the code that the owner gave you. The owner sees who opened it and when.',
  },
  code: { th: 'รหัส 16 ตัว', en: 'Code of 16 letters and digits' },
  codeHint: { th: 'เช่น K7QF-2M9X-ATPD-03WZ', en: 'Such as K7QF-2M9X-ATPD-03WZ' },
  codeMissing: { th: 'พิมพ์รหัส 16 ตัวที่เจ้าของเอกสารให้คุณ', en: 'Type the code that the owner gave you.' },
  codeWrong: {
    th: 'ไม่มีรหัสนี้ หรือหมดเวลาแล้ว ขอรหัสใหม่จากเจ้าของเอกสาร',
    en: 'There is no such code, or its time is over. Ask the owner for a new one.',
  },
  opener: { th: 'คุณคือใคร', en: 'Who you are' },
  openerHint: { th: 'ชื่อหรือหน่วยงาน เจ้าของเอกสารจะเห็น', en: 'Your name or organisation; the owner sees it' },
  openerMissing: {
    th: 'ระบุชื่อหรือหน่วยงานของคุณ ไม่เกิน 100 ตัวอักษร',
    en: 'Give your name or organisation, with at most 100 letters.',
  },
  open: { th: 'ดูเอกสาร', en: 'See the document' },
  download: { th: 'ดาวน์โหลดเอกสาร (PDF)', en: 'Download the document (PDF)' },
  check: {
    th: 'ตรวจลายเซ็นของไฟล์ที่ดาวน์โหลดได้ที่หน้าตรวจเอกสาร',
    en: 'Check the signature of the file on the page for checking documents',
  },
} as const satisfies Record<string, Text>

/** `GET /shared`. For anyone; nothing of a share stands in an address. */
export function sharedForm<Who>(
  { language, formKey, form: sent }: SiteRequest<Who>,
  problems: readonly FieldProblem[] = [],
): SitePage {
  const title = own.title[language]
  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text
  return {
    kind: 'page',
    title,
    ...(problems.length > 0 && { status: 422 }),
    body: [
      errorSummary(problems, language),
      h('h1', null, title),
      h('p', null, own.lead[language]),
      form(
        { action: '/shared', formKey },
        textField({
          name: 'code',
          label: own.code[language],
          hint: own.codeHint[language],
          value: sent.get('code') ?? '',
          error: errorOf('code'),
          autocomplete: 'off',
          width: 20,
          longest: 40,
        }),
        textField({
          name: 'opener',
          label: own.opener[language],
          hint: own.openerHint[language],
          value: sent.get('opener') ?? '',
          error: errorOf('opener'),
          autocomplete: 'name',
          longest: 100,
        }),
        button({ text: own.open[language] }),
      ),
    ],
  }
}

/** `POST /shared` shows the document, `POST /shared/file` gives it. */
export async function openShared<Who, Need>(
  options: DocumentPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const { documentbox } = options
  const { form: sent, language, path } = request
  const typed = (sent.get('code') ?? '').trim()
  const code = typedShareCode(typed)
  const opener = (sent.get('opener') ?? '').trim()
  const isNamed = opener !== '' && opener.length <= 100
  const codeWrong = { field: 'code', text: own.codeWrong[language] }
  const problems = [
    ...(typed === '' ? [{ field: 'code', text: own.codeMissing[language] }] : []),
    ...(typed !== '' && code === undefined ? [codeWrong] : []),
    ...(isNamed ? [] : [{ field: 'opener', text: own.openerMissing[language] }]),
  ]
  if (code === undefined || problems.length > 0) return sharedForm(request, problems)
  if (path === '/shared/file') {
    const found = await documentbox.sharedContent(code, opener)
    if (found === undefined) return sharedForm(request, [codeWrong])
    const name = `${found.document.number}.pdf`
    return { kind: 'file', contentType: 'application/pdf', name, body: found.content }
  }
  const document = await documentbox.openShare(code, opener)
  return document === undefined
    ? sharedForm(request, [codeWrong])
    : sharedPage(options, request, document, { code, opener })
}

function sharedPage<Who, Need>(
  options: DocumentPagesOptions<Who, Need>,
  { language, formKey }: SiteRequest<Who>,
  document: BoxDocument,
  sent: Readonly<Record<string, string>>,
): SitePage {
  const title = document.title[language]
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      summaryList([
        { key: words.state[language], value: documentMark(document, options.clock(), language) },
        ...issueRows(options, document, language),
      ]),
      form(
        { action: '/shared/file', formKey },
        Object.entries(sent).map(([name, value]) => h('input', { type: 'hidden', name, value })),
        button({ text: own.download[language] }),
      ),
      checkLine(language),
    ],
  }
}

function checkLine(language: Language) {
  return h('p', null, h('a', { href: '/check' }, own.check[language]))
}
