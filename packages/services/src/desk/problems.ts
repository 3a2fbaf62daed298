import { defineProblems } from '@sapan/kernel'

export const deskCaseProblems = defineProblems({
  'case-definition-missing': {
    status: 503,
    title: {
      th: 'ไม่มีนิยามบริการฉบับที่คำขอนี้ใช้',
      en: 'The version of the service under which this was handed in is not here',
    },
    next: {
      th: 'ผู้ดูแลระบบนำนิยามฉบับนั้นกลับเข้าโฟลเดอร์ แล้วเริ่มใหม่ คำขอไม่เสียหาย',
      en: 'The operator puts that version back into its folder and starts again; the case is not harmed.',
    },
  },
  'case-file-not-found': {
    status: 404,
    title: { th: 'ไม่มีไฟล์นี้ในคำขอ', en: 'There is no such file in the case' },
    next: { th: 'เปิดไฟล์จากหน้าคำขอ', en: 'Open files from the page of the case.' },
  },
  'case-signing-missing': {
    status: 503,
    title: { th: 'ระบบนี้ลงนามเอกสารไม่ได้', en: 'Nothing can be signed here' },
    next: {
      th: 'ผู้ดูแลระบบกำหนด documents ใน identity.yaml แล้วเริ่มใหม่',
      en: 'The operator sets documents in identity.yaml and starts again.',
    },
  },
  'case-outcome-unknown': {
    status: 404,
    title: { th: 'บริการนี้ไม่มีผลเช่นนี้', en: 'The service has no such outcome' },
    next: { th: 'เลือกผลจากหน้าคำขอ', en: 'Choose an outcome on the page of the case.' },
  },
})
