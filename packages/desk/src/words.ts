import type { Text } from '@sapan/kernel'

export const words = {
  line: { th: 'โต๊ะทำงานเจ้าหน้าที่', en: "officers' desk" },
  home: { th: 'งานของฉัน', en: 'My work' },
  menu: { th: 'งานตามหน้าที่', en: 'Work by duty' },
  lead: { th: 'งานที่คุณทำได้ตามหน้าที่ในหน่วยงานนี้', en: 'What you can do by your duties in this agency.' },
  nothing: { th: 'คุณยังไม่มีหน้าที่ในหน่วยงานนี้', en: 'You have no duties in this agency yet.' },
  nothingNext: {
    th: 'ขอให้ผู้ดูแลระบบของหน่วยงานมอบหน้าที่ให้คุณ',
    en: "Ask your agency's administrator to give you some.",
  },
  welcome: { th: 'โต๊ะทำงานเจ้าหน้าที่', en: "The officers' desk" },
  welcomeText: {
    th: 'เข้าสู่ระบบด้วยบัญชีของคุณเอง แล้วทำงานตามหน้าที่ที่หน่วยงานมอบให้ ทุกการเปิดดูข้อมูลของประชาชนถูกบันทึก และเจ้าของข้อมูลเห็นได้',
    en: "Sign in with your own account, and work by the duties that your agency gave you. Each look at a person's data is recorded, and that person can see it.",
  },
  signIn: { th: 'เข้าสู่ระบบ', en: 'Sign in' },
  as: { th: 'ทำงานในฐานะ', en: 'You work as' },
  change: { th: 'เปลี่ยนตำแหน่ง', en: 'Change' },
  helping: { th: 'ดูเวลาที่เหลือหรือสิ้นสุด', en: 'See the time left, or end it' },
  appointments: { th: 'ตำแหน่งของคุณ', en: 'Your appointments' },
  appointmentsLead: {
    th: 'เลือกว่าจะทำงานให้หน่วยงานใด ในตำแหน่งใด',
    en: 'Choose for which agency you work, and as what.',
  },
  choose: { th: 'ทำงานในตำแหน่งนี้', en: 'Work as this' },
  none: { th: 'บัญชีนี้ไม่มีการแต่งตั้งที่มีผลอยู่', en: 'This account has no appointment in force.' },
  noneNext: {
    th: 'ขอให้ผู้ดูแลระบบของหน่วยงานเพิ่มคุณเป็นเจ้าหน้าที่',
    en: "Ask your agency's administrator to add you as an officer.",
  },
  keys: { th: 'แป้นลัด', en: 'Keyboard shortcuts' },
  keysLead: {
    th: 'กดแป้นต่อกันเมื่อไม่ได้พิมพ์อยู่ในช่องข้อความ ทุกหน้าใช้ได้โดยไม่มีแป้นลัด',
    en: 'Press them one after the other while no field has the focus. Everything works without them.',
  },
  keysThis: { th: 'แสดงหน้านี้', en: 'Show this page' },
  keysMain: { th: 'ไปที่เนื้อหา', en: 'Go to the content' },
  keysColumn: { th: 'กด', en: 'Press' },
  doesColumn: { th: 'เพื่อ', en: 'To' },
} as const satisfies Record<string, Text>
