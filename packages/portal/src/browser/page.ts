import type { Language, Text } from '@sapan/kernel'
import { renderPage } from '@sapan/ui'
import { h } from 'preact'
import { checkForm } from '../pages/check-form.ts'
import { words } from '../pages/words.ts'

/** Nothing may be fetched, sent or opened by this page but the files beside it. */
export const checkerPolicy =
  "default-src 'none'; connect-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'"

const own = {
  lead: {
    th: 'ตัวตรวจนี้ทำงานในเบราว์เซอร์ของคุณ ไฟล์ไม่ถูกส่งออกจากเครื่อง ใช้ได้แม้ไม่ต่อเครือข่าย',
    en: 'This checker runs in your browser. The file does not leave your machine; no network is needed.',
  },
  anchors: { th: 'ใบรับรองรากที่คุณเชื่อถือ (PEM, DER)', en: 'Root certificates that you trust (PEM, DER)' },
  anchorsHint: {
    th: 'ขอได้จากหน่วยงานที่ออกเอกสาร โดยทางที่คุณเชื่อถือ ไม่ใช่ทางเดียวกับเอกสาร',
    en: 'Get them from the issuing agency by a way that you trust, other than the one on which the document came.',
  },
  noScript: {
    th: 'ตัวตรวจนี้ต้องใช้ JavaScript หากปิดไว้ ใช้หน้า /check ของหน่วยงานหรือคำสั่ง sapan document check แทน',
    en: "This checker needs JavaScript. Without it, use an agency's page /check or the command sapan document check.",
  },
} as const satisfies Record<string, Text>

/** The page of the checker in one language: the same frame and form as the portal's, sent nowhere. */
export function checkerPage(language: Language, anchors: string): string {
  const body = h(
    'div',
    null,
    h(
      'div',
      { class: 'column' },
      h('h1', null, words.title[language]),
      h('p', { class: 'lead' }, own.lead[language]),
      h('noscript', null, h('p', { class: 'inset' }, own.noScript[language])),
      checkForm({ language, action: undefined, mostBytes: undefined }),
      h(
        'div',
        { class: 'scan' },
        h('label', { for: 'anchors' }, own.anchors[language]),
        h('p', { class: 'hint', id: 'anchors-hint' }, own.anchorsHint[language]),
        h('input', {
          type: 'file',
          id: 'anchors',
          multiple: true,
          form: 'check',
          'aria-describedby': 'anchors-hint',
        }),
      ),
    ),
    h('div', { id: 'answer', tabIndex: -1, 'aria-live': 'polite' }),
    h('script', {
      type: 'application/x-pem-file',
      id: 'built-in-anchors',
      dangerouslySetInnerHTML: { __html: safePem(anchors) },
    }),
  )
  const html = renderPage({
    language,
    title: words.title[language],
    languages: { th: 'index.html', en: 'en.html' },
    home: language === 'th' ? 'index.html' : 'en.html',
    body,
  })
  const meta = `<meta http-equiv="Content-Security-Policy" content="${checkerPolicy}">`
  return html
    .replace('<head>', `<head>${meta}`)
    .replaceAll('"/assets/', '"')
    .replace(
      '</head>',
      '<link rel="stylesheet" href="check.css"><script defer src="checker.js"></script></head>',
    )
}

/** Only what PEM is made of: it stands in a page as it is. */
function safePem(text: string): string {
  return text.replace(/[^A-Za-z0-9+/=\n -]/g, '')
}
