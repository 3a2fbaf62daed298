import { defineProblems } from '@sapan/kernel'

/** Problems of forms that are being filled in. */
export const draftProblems = defineProblems({
  'draft-not-found': {
    status: 404,
    title: { th: 'ไม่พบแบบฟอร์มที่กรอกค้างไว้นี้', en: 'There is no such application in progress' },
    next: {
      th: 'เปิดรายการที่กรอกค้างไว้จากหน้าบริการ หากกรอกแทนผู้อื่น ให้เลือกทำการแทนผู้นั้นก่อน',
      en: 'Open it from the service’s page. If it is for somebody else, choose first to act for them.',
    },
  },
  'draft-changed': {
    status: 409,
    title: {
      th: 'แบบฟอร์มนี้มีการแก้ไขจากหน้าต่างหรืออุปกรณ์อื่น',
      en: 'It was changed in another window or on another device',
    },
    next: {
      th: 'กลับไปที่แบบฟอร์ม ตรวจข้อมูลล่าสุด แล้วทำรายการนี้อีกครั้ง',
      en: 'Go back to the form, look at how it stands now, and do this again.',
    },
  },
  'draft-over': {
    status: 409,
    title: { th: 'แก้ไขแบบฟอร์มนี้ไม่ได้แล้ว', en: 'This application can no longer be changed' },
    next: {
      th: 'หากยื่นแล้ว ดูได้ที่เรื่องที่ฉันยื่น หากลบไปแล้ว กู้คืนได้จากหน้าบริการภายใน 30 วัน',
      en: 'If it was handed in, see it under your applications. If it was removed, it can be restored from the service’s page within 30 days.',
    },
  },
  'draft-too-large': {
    status: 413,
    title: { th: 'แบบฟอร์มนี้มีข้อมูลหรือไฟล์มากเกินไป', en: 'There is too much in this application' },
    next: {
      th: 'ลบไฟล์หรือรายการที่ไม่จำเป็น หรือใช้ไฟล์ที่เล็กลง แล้วลองอีกครั้ง',
      en: 'Remove files or entries that are not needed, or use smaller files, and try again.',
    },
  },
  'drafts-too-many': {
    status: 409,
    title: { th: 'คุณมีแบบฟอร์มที่กรอกค้างไว้มากเกินไป', en: 'You have too many applications in progress' },
    next: {
      th: 'ทำรายการที่ค้างไว้ให้เสร็จ หรือลบรายการที่ไม่ใช้ แล้วเริ่มใหม่',
      en: 'Finish those that you have, or remove some, and start again.',
    },
    place: { path: '/me/applications', text: { th: 'ดูเรื่องที่กรอกค้างไว้', en: 'See what you have begun' } },
  },
  'service-needs-mandate': {
    status: 403,
    title: { th: 'บริการนี้ต้องทำแทนผู้อื่นที่คุณมีอำนาจ', en: 'This service is used on behalf of somebody else' },
    next: {
      th: 'เลือกทำการแทนที่หน้าทำการแทน แล้วเปิดบริการนี้อีกครั้ง',
      en: 'Choose for whom you act on the page of mandates, and open the service again.',
    },
    place: { path: '/me/mandates/act', text: { th: 'เลือกว่าจะทำการแทนผู้ใด', en: 'Choose for whom you act' } },
  },
  'service-mandate-unsuitable': {
    status: 403,
    title: { th: 'อำนาจทำการแทนนี้ใช้กับบริการนี้ไม่ได้', en: 'This mandate does not cover the service' },
    next: {
      th: 'หยุดทำการแทนเพื่อใช้บริการในนามตนเอง หรือเลือกทำการแทนผู้อื่นที่มอบอำนาจเรื่องนี้ไว้',
      en: 'Stop acting for them to use it for yourself, or act for somebody who gave you authority for it.',
    },
    place: { path: '/me/mandates/act', text: { th: 'เลือกว่าจะทำการแทนผู้ใด', en: 'Choose for whom you act' } },
  },
  'applicant-number-missing': {
    status: 403,
    title: { th: 'ยังไม่มีเลขประจำตัวที่พิสูจน์แล้ว', en: 'No number of yours has been proved yet' },
    next: {
      th: 'พิสูจน์ตัวตนด้วยบัตรประชาชนหรือหนังสือเดินทางก่อน แล้วเริ่มใหม่',
      en: 'Prove first who you are, with an identity card or a passport, and start again.',
    },
    place: { path: '/me/proofing', text: { th: 'พิสูจน์ตัวตน', en: 'Prove who you are' } },
  },
})
