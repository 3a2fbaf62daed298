import type { Text } from '@sapan/kernel'

export const words = {
  heading: { th: 'สิ่งที่บริการรู้เมื่อคุณเข้าสู่ระบบ', en: 'What services know when you sign in' },
  title: { th: 'สิ่งที่ # รู้เมื่อคุณเข้าสู่ระบบ', en: 'What # knows when you sign in' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  purpose: { th: 'เพื่อ', en: 'For' },
  knows: { th: 'ข้อมูลที่ให้รู้', en: 'What it is told' },
  leftOut: { th: 'ข้อมูลที่ไม่ให้รู้', en: 'What you left out' },
  onlyYou: { th: 'รู้เพียงว่าเป็นคุณคนเดิม', en: 'Only that it is you again' },
  givenOn: { th: 'ให้เมื่อ', en: 'Given on' },
  until: { th: 'มีผลถึง', en: 'Until' },
  withdraw: { th: 'ถอน', en: 'Take back' },
  meaning: {
    th: 'มีผลทันที บริการจะไม่ได้ข้อมูลของคุณอีก และต้องขอใหม่เมื่อคุณเข้าใช้ครั้งหน้า ข้อมูลที่ได้ไปแล้วยังอยู่กับหน่วยงาน คุณขอให้ลบได้ตามกฎหมายคุ้มครองข้อมูลส่วนบุคคล',
    en: 'It takes effect at once: the service is told nothing of you any more, and has to ask when you come again. What it already has stays with it; under the data protection act you may ask for it to be erased.',
  },
} as const satisfies Record<string, Text>
