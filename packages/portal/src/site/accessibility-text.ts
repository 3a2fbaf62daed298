import type { PortalOperator } from './options.ts'
import type { Reading } from './reading-page.ts'

/** What works for whom, what does not, and how to say so (W3C's model of an accessibility statement). */
export function accessibilityText({ name, email, phone }: PortalOperator): Reading {
  const [th, en] = [email, phone].some((one) => one === undefined)
    ? [`เขียนถึง ${email}`, `Write to ${email}`]
    : [`เขียนถึง ${email} หรือโทร ${phone}`, `Write to ${email}, or call ${phone}`]
  return {
    title: { th: 'คำแถลงการเข้าถึงเว็บไซต์', en: 'Accessibility statement' },
    lead: {
      th: `${name.th} จัดทำบริการนี้ให้ทุกคนใช้ได้ ตามมาตรฐาน WCAG 2.2 ระดับ AA`,
      en: `${name.en} makes this service for everybody to use, by WCAG 2.2 at level AA.`,
    },
    changed: '2026-11-22',
    chapters: [
      {
        id: 'works',
        title: { th: 'สิ่งที่คุณทำได้', en: 'What you can do' },
        paragraphs: [],
        points: [
          { th: 'ใช้งานทุกหน้าด้วยแป้นพิมพ์อย่างเดียว', en: 'Use every page with the keyboard alone.' },
          { th: 'ขยายหน้าจอได้ถึง 400 % โดยไม่ต้องเลื่อนซ้ายขวา', en: 'Zoom to 400 % without scrolling sideways.' },
          {
            th: 'ฟังด้วยโปรแกรมอ่านหน้าจอ ทั้งภาษาไทยและภาษาอังกฤษ',
            en: 'Listen with a screen reader, in Thai and in English.',
          },
          {
            th: 'ใช้งานได้แม้ปิด JavaScript ยกเว้นพาสคีย์และการแจ้งเตือนบนอุปกรณ์ ซึ่งมีวิธีอื่นให้ใช้แทน',
            en: 'Go without JavaScript, except for passkeys and push messages; there is another way for both.',
          },
          {
            th: 'กรอกแบบฟอร์มได้โดยไม่ต้องรีบ หากส่งหลังหมดเวลาเข้าใช้ ระบบเก็บสิ่งที่กรอกไว้ให้ 30 นาที',
            en: 'Take your time: what you send after your session has ended is kept for you for 30 minutes.',
          },
        ],
      },
      {
        id: 'lacks',
        title: { th: 'ข้อจำกัดที่ทราบ', en: 'Known limitations' },
        paragraphs: [
          {
            th: 'เอกสาร PDF ที่หน่วยงานอื่นออกอาจอ่านด้วยโปรแกรมอ่านหน้าจอไม่ได้ ผลการตรวจเอกสารแสดงเป็นข้อความบนหน้าเว็บเสมอ',
            en: 'PDF documents issued by other agencies may not be readable by screen readers. What the checker found is always text on the page.',
          },
        ],
      },
      {
        id: 'tested',
        title: { th: 'วิธีทดสอบ', en: 'How it is tested' },
        paragraphs: [
          {
            th: 'เราทดสอบเองด้วยโปรแกรม axe ที่ความกว้าง 320, 360 และ 1280 พิกเซล ทั้งสองภาษา และด้วยแป้นพิมพ์ ทุกครั้งที่ปรับปรุงระบบ ยังไม่มีหน่วยงานภายนอกมาประเมิน',
            en: 'We test it ourselves whenever the software changes: with axe at 320, 360 and 1280 pixels in both languages, and by keyboard. Nobody from outside has assessed it yet.',
          },
        ],
      },
      {
        id: 'tell',
        title: { th: 'แจ้งปัญหาการใช้งาน', en: 'Tell us what does not work' },
        paragraphs: [
          {
            th: `${th} โดยระบุหน้าที่พบปัญหา และอุปกรณ์หรือโปรแกรมที่ใช้`,
            en: `${en}. Say which page it is, and which device or program you use.`,
          },
        ],
      },
    ],
  }
}
