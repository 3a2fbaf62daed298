import type { Text } from '@sapan/kernel'

/** What an officer reads where they confirm on a device of their own. */
export const words = {
  title: { th: 'ยืนยันการลงนาม', en: 'Confirm the signature' },
  about: {
    th: 'คุณกำลังลงนามเอกสารนี้ที่โต๊ะทำงาน ตรวจเลข ชื่อ และค่าแฮชให้ตรงกับหน้าจอนั้น ถ้าไม่ใช่ ให้ปฏิเสธ',
    en: 'You are signing this at the desk. See that number, name and digest are those on that screen. If not, refuse.',
  },
  number: { th: 'เลขที่ต้องตรงกัน', en: 'Must be the same on both screens' },
  till: { th: 'ตอบได้ถึง', en: 'Until' },
  prove: { th: 'ยืนยันตัวตนเพื่อลงนาม', en: 'Prove yourself to sign' },
  yes: { th: 'ใช่ ลงนามเอกสารนี้', en: 'Yes, sign this document' },
  no: { th: 'ไม่ใช่ ปฏิเสธ', en: 'No, refuse' },
} as const satisfies Record<string, Text>
