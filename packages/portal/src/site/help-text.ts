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
    lead: { th: 'คำถามที่พบบ่อย และช่องทางติดต่อเจ้าหน้าที่', en: 'What people ask most, and where to ask a person.' },
    changed: '2026-11-22',
    chapters: [
      {
        id: 'sign-in',
        title: { th: 'เข้าสู่ระบบไม่ได้', en: 'I cannot sign in' },
        paragraphs: [
          {
            th: 'หากเปลี่ยนโทรศัพท์หรือทำหาย ให้ใช้วิธีเข้าสู่ระบบอื่นที่คุณเพิ่มไว้ หรือรหัสกู้คืน',
            en: 'If you changed or lost your phone, use another way that you added, or a recovery code.',
          },
          {
            th: 'หากไม่มีวิธีอื่น เลือก “เข้าสู่ระบบไม่ได้ กู้คืนบัญชี” ที่หน้าเข้าสู่ระบบ หรือนำบัตรประชาชนไปที่ว่าการอำเภอหรือสำนักงานเขต ประวัติและอำนาจทำการแทนของคุณยังอยู่ครบ',
            en: 'If you have none, choose “I cannot sign in: recover my account” on the sign-in page, or take your identity card to a district office. Your history and mandates stay.',
          },
        ],
      },
      {
        id: 'not-me',
        title: { th: 'มีคนอื่นใช้บัญชีของฉัน', en: 'Somebody else uses my account' },
        paragraphs: [
          {
            th: 'ไปที่ หน้าของฉัน > ความปลอดภัย แล้วกด “นี่ไม่ใช่ฉัน” การเข้าใช้ทุกแห่ง ความยินยอม และการทำการแทนจะหยุดทันที',
            en: 'Go to My page > Security and press “This was not me”. All sessions, consents and mandates stop at once.',
          },
        ],
      },
      {
        id: 'looked',
        title: {
          th: 'ไม่เข้าใจว่าทำไมหน่วยงานดูข้อมูลของฉัน',
          en: 'An agency looked at my data and I do not know why',
        },
        paragraphs: [
          {
            th: 'ไปที่ หน้าของฉัน > ใครดูข้อมูลของฉัน เลือกรายการนั้น แล้วกด “ถามเรื่องการดูครั้งนี้” หน่วยงานต้องตอบภายในเวลาที่แสดง',
            en: 'Go to My page > Who looked at my data, open that look, and press “Ask about this access”. The agency has to answer within the time shown.',
          },
        ],
      },
      {
        id: 'another',
        title: { th: 'ทำเรื่องแทนพ่อแม่ ลูก หรือบริษัท', en: 'Acting for a parent, a child or a company' },
        paragraphs: [
          {
            th: 'อย่าใช้รหัสหรือโทรศัพท์ของผู้อื่น ไปที่ หน้าของฉัน > ทำการแทน ถ้าทะเบียนระบุว่าคุณเป็นกรรมการบริษัทหรือบิดามารดา รายการจะขึ้นเอง นอกนั้นขออำนาจจากเจ้าตัวได้ที่หน้าเดียวกัน',
            en: "Never use another's phone or codes. Go to My page > Acting for others: companies that you direct and your children are there by themselves, and anybody else you can ask on the same page.",
          },
        ],
      },
      {
        id: 'ask',
        title: { th: 'ติดต่อเจ้าหน้าที่', en: 'Ask a person' },
        paragraphs: [
          { th, en },
          {
            th: 'เราไม่โทรหาคุณเพื่อขอรหัส และไม่ส่งลิงก์ให้กรอกรหัสผ่าน หากมีผู้อ้างเช่นนั้น อย่าให้รหัส',
            en: 'We never call you for a code, and never send a link to type a password. Whoever does is not us: give them nothing.',
          },
        ],
      },
    ],
  }
}
