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
