import type { PortalOperator } from './options.ts'
import type { Reading } from './reading-page.ts'

/** What works for whom, what does not, and how to say so (W3C's model of an accessibility statement). */
export function accessibilityText({ name, email, phone }: PortalOperator): Reading {
  const [th, en] = [email, phone].some((one) => one === undefined)
    ? [`เขียนถึง ${email}`, `Write to ${email}`]
    : [`เขียนถึง ${email} หรือโทร ${phone}`, `Write to ${email}, or call ${phone}`]
  return {
    title: { th: 'คำแถลงการเข้าถึง', en: 'Accessibility statement' },
    lead: {
      th: `${name.th}ต้องการให้ทุกคนใช้หน้านี้ได้ ตามมาตรฐาน WCAG 2.2 ระดับ AA`,
      en: `${name.en} wants everybody to be able to use these pages, by WCAG 2.2 at level AA.`,
    },
    changed: '2026-11-21',
    chapters: [
      {
        id: 'works',
        title: { th: 'สิ่งที่คุณทำได้', en: 'What you can do' },
        paragraphs: [],
        points: [
          { th: 'ใช้ทุกหน้าด้วยแป้นพิมพ์อย่างเดียว', en: 'Use every page with the keyboard alone.' },
          { th: 'ขยายได้ถึง 400 % โดยไม่ต้องเลื่อนซ้ายขวา', en: 'Zoom to 400 % without scrolling sideways.' },
          {
            th: 'ฟังด้วยโปรแกรมอ่านหน้าจอ ทั้งภาษาไทยและภาษาอังกฤษ',
            en: 'Listen with a screen reader, in Thai and in English.',
          },
          {
            th: 'ใช้โดยไม่มี JavaScript ยกเว้นพาสคีย์และการแจ้งเตือน ซึ่งมีทางอื่นให้',
            en: 'Go without JavaScript, but for passkeys and push messages; there is another way for both.',
          },
          {
            th: 'ใช้เวลาเท่าที่ต้องการ แบบฟอร์มที่ส่งระหว่างหมดเวลาจะถูกเก็บไว้ให้ 30 นาที',
            en: 'Take your time: a form that is sent after your sign-in got old is kept for 30 minutes.',
          },
        ],
      },
      {
        id: 'lacks',
        title: { th: 'สิ่งที่ยังไม่สมบูรณ์', en: 'What is lacking' },
        paragraphs: [
          {
            th: 'เอกสาร PDF ที่หน่วยงานอื่นออกอาจไม่มีโครงสร้างสำหรับโปรแกรมอ่านหน้าจอ เราแสดงผลตรวจเป็นข้อความบนหน้าเว็บเสมอ',
            en: 'PDF documents that others issued may have no structure for screen readers. What the checker found is always text on the page.',
          },
        ],
      },
      {
        id: 'tested',
        title: { th: 'เราตรวจอย่างไร', en: 'How it is tested' },
        paragraphs: [
          {
            th: 'ทุกหน้าผ่านการตรวจด้วย axe ที่ความกว้าง 360 และ 1280 พิกเซล ทั้งสองภาษา ทุกครั้งที่แก้ไขโปรแกรม',
            en: 'Each page is tested with axe at 360 and 1280 pixels, in both languages, whenever the software changes.',
          },
        ],
      },
      {
        id: 'tell',
        title: { th: 'พบปัญหา บอกเรา', en: 'Tell us what does not work' },
        paragraphs: [
          { th: `${th} บอกว่าหน้าใดและใช้เครื่องมืออะไร`, en: `${en}. Say which page it is, and what you use.` },
        ],
      },
    ],
  }
}
