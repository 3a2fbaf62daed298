import type { Text } from '@sapan/kernel'

export const words = {
  continueTitle: { th: 'ยืนยันตัวตนเรียบร้อยแล้ว', en: 'You have proved that it is you' },
  continueText: {
    th: 'ข้อมูลที่คุณกรอกไว้ยังอยู่ครบ กดปุ่มด้านล่างเพื่อส่งต่อ เฉพาะไฟล์ที่แนบต้องเลือกใหม่ในหน้าถัดไป',
    en: 'What you filled in is still here. Press the button below to send it. Only files have to be chosen again, on the next page.',
  },
  continueButton: { th: 'ส่งข้อมูลที่กรอกไว้', en: 'Send what I filled in' },
  outTitle: { th: 'ออกจากระบบแล้ว', en: 'You have signed out' },
  outText: {
    th: 'คุณออกจากระบบบนเบราว์เซอร์นี้แล้ว ทั้งหน้านี้และบริการอื่นที่เข้าสู่ระบบพร้อมกัน',
    en: 'You are signed out in this browser: here, and at other services into which you signed in with this session.',
  },
  outShared: {
    th: 'หากเป็นเครื่องที่ใช้ร่วมกับผู้อื่น ให้ปิดเบราว์เซอร์ด้วย',
    en: 'On a computer that others use too, close the browser as well.',
  },
  home: { th: 'กลับหน้าแรก', en: 'Go to the start page' },
} as const satisfies Record<string, Text>
