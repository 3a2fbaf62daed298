import type { PortalOperator } from './options.ts'
import type { Reading } from './reading-page.ts'

/** What people ask first. */
export function helpText({ email, phone }: PortalOperator): Reading {
  const [th, en] =
    phone === undefined
      ? [`เขียนถึง ${email}`, `Write to ${email}.`]
      : [`โทร ${phone} หรือเขียนถึง ${email}`, `Call ${phone}, or write to ${email}.`]
  return {
    title: { th: 'ความช่วยเหลือ', en: 'Help' },
    lead: { th: 'เรื่องที่ถามกันบ่อย และจะถามคนได้ที่ไหน', en: 'What people ask most, and where to ask a person.' },
    changed: '2026-11-21',
    chapters: [
      {
        id: 'sign-in',
        title: { th: 'ลงชื่อเข้าใช้ไม่ได้', en: 'I cannot sign in' },
        paragraphs: [
          {
            th: 'หากเปลี่ยนหรือทำโทรศัพท์หาย ใช้วิธีอื่นที่คุณเคยเพิ่มไว้ หรือรหัสกู้คืน หากไม่มีเลย เลือก "กู้คืนบัญชี" ที่หน้าลงชื่อเข้าใช้ หรือไปที่ที่ว่าการอำเภอพร้อมบัตรประชาชน ประวัติและการมอบอำนาจของคุณยังอยู่ครบ',
            en: 'If you changed or lost your phone, use another way that you added, or a recovery code. If you have none, choose "Recover my account" on the sign-in page, or go to a district office with your identity card. Your history and mandates stay.',
          },
        ],
      },
      {
        id: 'not-me',
        title: { th: 'มีคนอื่นใช้บัญชีของฉัน', en: 'Somebody else uses my account' },
        paragraphs: [
          {
            th: 'ไปที่ หน้าของฉัน > ความปลอดภัย แล้วกด "ไม่ใช่ฉัน" การลงชื่อเข้าใช้ทุกแห่ง ความยินยอม และการมอบอำนาจจะหยุดทันที',
            en: 'Go to My page > Security and press "This wasn\'t me". All sign-ins, consents and mandates stop at once.',
          },
        ],
      },
      {
        id: 'looked',
        title: { th: 'มีหน่วยงานเปิดดูข้อมูลที่ฉันไม่เข้าใจ', en: 'An agency looked at my data and I do not know why' },
        paragraphs: [
          {
            th: 'ที่ ใครดูข้อมูลของฉัน กด "ถามเรื่องนี้" หน่วยงานนั้นต้องตอบภายในเวลาที่แสดง',
            en: 'Under Who looked at my data, press "Ask about this access". That agency has to answer within the time shown.',
          },
        ],
      },
      {
        id: 'another',
        title: { th: 'ทำแทนพ่อแม่ ลูก หรือบริษัท', en: 'Acting for a parent, a child or a company' },
        paragraphs: [
          {
            th: 'อย่าใช้รหัสหรือโทรศัพท์ของผู้อื่น ไปที่ หน้าของฉัน > การมอบอำนาจ เพื่อขอหรือรับมอบอำนาจ',
            en: "Never use another's phone or codes. Under My page > Mandates you ask for a mandate, or accept one.",
          },
        ],
      },
      {
        id: 'ask',
        title: { th: 'ถามคน', en: 'Ask a person' },
        paragraphs: [
          { th, en },
          {
            th: 'เราไม่เคยโทรหาคุณเพื่อขอรหัส และไม่เคยส่งลิงก์ให้กรอกรหัสผ่าน',
            en: 'We never call you for a code, and never send a link to type a password.',
          },
        ],
      },
    ],
  }
}
