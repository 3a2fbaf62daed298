import type { Language, Text } from '@sapan/kernel'
import { backLink, errorSummary, type FieldProblem, type SitePage } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { SignIn } from '../provider/interactions.ts'

interface Around {
  readonly back: string
  readonly wrong?: FieldProblem | '' | undefined
  /** The field's label is the heading. */
  readonly hasHeading?: boolean
}

/** A page of opening an account with a password, in its frame. */
export function openingPage(
  language: Language,
  { uid, client }: SignIn,
  { back, wrong, hasHeading = false }: Around,
  body: ComponentChildren,
): SitePage {
  const title = openingWords.title[language]
  const problems = wrong ? [wrong] : []
  return {
    kind: 'page',
    title,
    status: problems.length === 0 ? 200 : 422,
    formTargets: [client.origin],
    body: h(
      'div',
      { class: 'column' },
      backLink(`/sign-in/${uid}/${back}`, language),
      errorSummary(problems, language),
      hasHeading ? null : h('h1', null, title),
      body,
    ),
  }
}

/** What these pages say. */
export const openingWords = {
  title: { th: 'เปิดบัญชีด้วยรหัสผ่านและแอปรหัส', en: 'Open an account with a password and a code app' },
  why: {
    th: 'ใช้เมื่ออุปกรณ์ของคุณใช้พาสคีย์ไม่ได้ รหัสผ่านใช้คู่กับแอปรหัสเสมอ อีเมลเป็นชื่อสำหรับเข้าสู่ระบบ',
    en: 'For devices without passkeys. The password always goes with a code app; your e-mail address is the name to sign in with.',
  },
  address: { th: 'อีเมลของคุณ', en: 'Your e-mail address' },
  addressHint: { th: 'เราส่งรหัส 6 หลักไปที่อีเมลนี้ก่อน', en: 'We first send six digits there.' },
  send: { th: 'ส่งรหัสไปที่อีเมลนี้', en: 'Send a code there' },
  app: { th: '1. แอปรหัส', en: '1. Code app' },
  scan: {
    th: 'เปิดแอปรหัสในโทรศัพท์ สแกนภาพนี้ หรือพิมพ์คีย์ แล้วกรอกรหัสที่แอปแสดง',
    en: 'Open a code app on your telephone, scan this or type the key, and enter the code that it shows.',
  },
  key: { th: 'คีย์', en: 'Key' },
  code: { th: 'รหัส 6 หลักจากแอป', en: 'The 6 digits in the app' },
  appName: { th: 'ตั้งชื่อแอปนี้', en: 'A name for this app' },
  myApp: { th: 'แอปรหัสของฉัน', en: 'My code app' },
  passwordTitle: { th: '2. รหัสผ่าน', en: '2. Password' },
  password: { th: 'รหัสผ่านใหม่', en: 'New password' },
  passwordHint: {
    th: 'อย่างน้อย 12 ตัวอักษร ใช้หลายคำที่ไม่เกี่ยวกันก็ได้',
    en: 'At least 12 letters; several words that have nothing to do with each other are good.',
  },
  open: { th: 'เปิดบัญชี', en: 'Open the account' },
} as const satisfies Record<string, Text>
