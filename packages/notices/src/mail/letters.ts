import type { Language, Text } from '@sapan/kernel'
import { kindTerm, type NoticeKind } from '../kinds.ts'
import type { CodeContent } from '../verification/letter.ts'
import type { Letter } from './mailer.ts'

type Written = Pick<Letter, 'language' | 'subject' | 'text' | 'html'>

const words = {
  subject: { th: 'คุณมีข้อความใหม่ที่สะพาน', en: 'You have a message at Sapan' },
  about: { th: 'เรื่อง', en: 'About' },
  open: { th: 'เปิดอ่านได้ที่', en: 'Read it at' },
  care: {
    th: 'ข้อความจะแสดงหลังจากคุณเข้าสู่ระบบเท่านั้น สะพานไม่เคยขอรหัสผ่านหรือเลขประจำตัวทางอีเมล',
    en: 'It is shown after you sign in. Sapan never asks for a password or a number by e-mail.',
  },
  change: { th: 'เลือกว่าจะรับอีเมลเรื่องใดได้ที่', en: 'Choose what you get by e-mail at' },
  codeSubject: { th: 'รหัสยืนยันอีเมลของสะพาน', en: 'Your code to confirm this address at Sapan' },
  code: { th: 'รหัสยืนยันของคุณคือ', en: 'Your code is' },
  codeWhere: { th: 'กรอกรหัสในหน้าที่คุณขอรหัสไว้ หรือที่', en: 'Type it in the page where you asked for it, or at' },
  codeEnds: { th: 'รหัสใช้ได้ 15 นาที', en: 'It can be used for 15 minutes.' },
  codeCare: {
    th: 'หากคุณไม่ได้ขอรหัส ไม่ต้องทำอะไร อย่าบอกรหัสนี้แก่ผู้ใด',
    en: 'If you did not ask for it, do nothing. Never tell anyone this code.',
  },
  deviceSubject: {
    th: 'รหัสสำหรับเข้าสู่ระบบสะพานจากอุปกรณ์ใหม่',
    en: 'Your code to sign in to Sapan on a new device',
  },
  device: {
    th: 'มีผู้ขอเข้าสู่ระบบด้วยบัญชีของคุณจากอุปกรณ์ที่ไม่เคยใช้ รหัสนี้ยืนยันว่าเป็นอุปกรณ์ของคุณ และยังต้องใช้รหัสผ่านด้วย',
    en: 'Somebody wants to sign in to your account on a device that was never used for it. The code shows that the device is yours; the password is needed as well.',
  },
  formerSubject: {
    th: 'บัญชีสะพานไม่ใช้อีเมลนี้แล้ว',
    en: 'A Sapan account does not use this address any more',
  },
  former: {
    th: 'มีการเปลี่ยนหรือลบอีเมลนี้ออกจากบัญชีสะพาน จากนี้ข้อความจะไม่ส่งมาที่นี่',
    en: 'The address was changed or removed. Nothing more is sent here.',
  },
  formerCare: {
    th: 'หากไม่ใช่คุณ เข้าสู่ระบบแล้วกด “นี่ไม่ใช่ฉัน” ในหน้าความปลอดภัยทันที ที่',
    en: 'If it was not you, sign in and press “This was not me” on your security page at once, at',
  },
} as const satisfies Record<string, Text>

/** "You have a message", and where: nothing of what it says. Addresses are whole ones of the portal. */
export function noticeLetter(
  kind: NoticeKind,
  language: Language,
  { message, settings }: { readonly message: string; readonly settings: string },
): Written {
  const about = kindTerm(kind).name[language]
  return written(language, `${words.subject[language]}: ${about}`, [
    { text: words.subject[language] },
    { text: `${words.about[language]}: ${about}` },
    { text: words.open[language], link: message },
    { text: words.care[language] },
    { text: words.change[language], link: settings },
  ])
}

/** A letter with a code. The page's address has no secret in it: the code has to be typed. */
export function codeLetter(
  { code, language, purpose }: Pick<CodeContent, 'code' | 'language' | 'purpose'>,
  page: string | undefined,
): Written {
  const subject = purpose === 'device' ? words.deviceSubject : words.codeSubject
  return written(language, subject[language], [
    ...(purpose === 'device' ? [{ text: words.device[language] }] : []),
    { text: `${words.code[language]} ${code}` },
    { text: words.codeEnds[language] },
    ...(page === undefined ? [] : [{ text: words.codeWhere[language], link: page }]),
    { text: words.codeCare[language] },
  ])
}

/** To an address that its account gave up: whoever did that may not have been its owner. */
export function formerLetter(language: Language, portal: string): Written {
  return written(language, words.formerSubject[language], [
    { text: words.former[language] },
    { text: words.formerCare[language], link: `${portal}/me/security` },
  ])
}

interface Line {
  readonly text: string
  readonly link?: string
}

function written(language: Language, subject: string, lines: readonly Line[]): Written {
  const text = lines.map(({ text, link }) => (link === undefined ? text : `${text}\n${link}`)).join('\n\n')
  const html = lines.map(paragraph).join('')
  return {
    language,
    subject,
    text: `${text}\n`,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>${html}</body></html>`,
  }
}

function paragraph({ text, link }: Line): string {
  const after = link === undefined ? '' : `<br><a href="${escaped(link)}">${escaped(link)}</a>`
  return `<p>${escaped(text)}${after}</p>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
