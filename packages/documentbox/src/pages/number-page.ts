import type { Language, Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  errorSummary,
  form,
  type SitePage,
  type SiteRequest,
  summaryList,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { NumberedDocument } from '../documentbox.ts'
import { fingerprintRow, issueRows } from './issue-rows.ts'
import type { DocumentPagesOptions } from './options.ts'
import { documentMark, words } from './words.ts'

const own = {
  title: { th: 'ตรวจเอกสารด้วยเลขที่', en: 'Check a document by its number' },
  lead: {
    th: 'หน้านี้บอกว่าเอกสารเลขนี้ยังใช้ได้หรือถูกเพิกถอนแล้ว แต่ไม่บอกว่าเป็นของใคร',
    en: 'This page says whether a document still stands or was taken back, and never whose it is.',
  },
  look: { th: 'ตรวจเลขที่', en: 'Check the number' },
  none: { th: 'ไม่มีเอกสารเลขนี้ในระบบ', en: 'There is no document with this number here' },
  missing: { th: 'พิมพ์เลขที่เอกสาร', en: 'Type the number of the document' },
  noneNext: {
    th: 'พิมพ์ให้ตรงกับที่อยู่บนเอกสารทุกตัว หากยังไม่พบ ให้สอบถามหน่วยงานที่ออกเอกสาร',
    en: 'Type it as it stands on the document. If it is still not found, ask the agency that issued it.',
  },
  file: { th: 'ตรวจลายเซ็นของไฟล์', en: 'Check the signature of a file' },
} as const satisfies Record<string, Text>

/** `/check/number`: for anyone. A number is sent, and stands in no address. */
export async function numberPage<Who, Need>(
  options: DocumentPagesOptions<Who, Need>,
  { language, formKey, form: sent, method }: SiteRequest<Who>,
): Promise<SitePage> {
  const number = (sent.get('number') ?? '').trim().slice(0, 100)
  const found = method === 'POST' && number !== '' ? await options.documentbox.byNumber(number) : undefined
  const title = own.title[language]
  const missing = method === 'POST' && number === '' ? own.missing[language] : undefined
  return {
    kind: 'page',
    title,
    ...(missing === undefined ? {} : { status: 422 }),
    body: [
      errorSummary(missing === undefined ? [] : [{ field: 'number', text: missing }], language),
      h('h1', null, title),
      h('p', null, own.lead[language]),
      found?.length === 0 ? emptyState(own.none[language], h('p', null, own.noneNext[language])) : null,
      found?.map((one) => shown(options, one, language)),
      form(
        { action: '/check/number', formKey },
        textField({
          name: 'number',
          label: words.number[language],
          value: number,
          longest: 100,
          error: missing,
        }),
        button({ text: own.look[language] }),
      ),
      h('p', null, h('a', { href: '/check' }, own.file[language])),
    ],
  }
}

function shown<Who, Need>(
  options: DocumentPagesOptions<Who, Need>,
  one: NumberedDocument,
  language: Language,
): ComponentChild {
  const row = (key: Text, value: ComponentChild) => ({ key: key[language], value })
  return summaryList([
    row(words.state, documentMark(one, options.clock(), language)),
    row(words.document, one.title[language]),
    ...issueRows(options, one, language),
    fingerprintRow(one, language),
  ])
}
