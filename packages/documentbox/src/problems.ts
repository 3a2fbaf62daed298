import { defineProblems } from '@sapan/kernel'

/** Problems of the document box and of what is shared from it. */
export const documentboxProblems = defineProblems({
  'document-not-found': {
    status: 404,
    title: { th: 'ไม่พบเอกสารนี้', en: 'There is no such document' },
    next: {
      th: 'กลับไปที่เอกสารของคุณ เอกสารของผู้อื่นเปิดไม่ได้',
      en: 'Go back to your documents. Those of other people cannot be opened.',
    },
    place: { path: '/me/documents', text: { th: 'ดูเอกสารของฉัน', en: 'See my documents' } },
  },
  'document-authority-unknown': {
    status: 503,
    title: {
      th: 'ยังเปิดเอกสารนี้ไม่ได้ เพราะทะเบียนไม่ตอบ',
      en: 'This document cannot be opened yet: a register does not answer',
    },
    next: {
      th: 'ลองใหม่เมื่อทะเบียนใช้งานได้ เอกสารที่ออกให้ตัวคุณเองเปิดได้ตามปกติ',
      en: 'Try again once the register answers. Documents that were issued to yourself open as always.',
    },
    place: { path: '/me/documents', text: { th: 'ดูเอกสารของฉัน', en: 'See my documents' } },
  },
  'document-share-choice-unknown': {
    status: 422,
    title: { th: 'เลือกระยะเวลาแบ่งปันไม่ได้', en: 'This time for sharing cannot be chosen' },
    next: { th: 'เลือกระยะเวลาจากรายการที่แสดง', en: 'Choose one of the times that are shown.' },
  },
  'document-shares-too-many': {
    status: 409,
    title: { th: 'แบ่งปันเอกสารนี้ครบจำนวนแล้ว', en: 'This document is shared too often' },
    next: {
      th: 'ยุติการแบ่งปันที่ไม่ใช้แล้วก่อน แล้วแบ่งปันใหม่',
      en: 'End a share that is not needed any more, then share anew.',
    },
  },
})
