import { defineProblems } from '@sapan/kernel'

/** What a visitor of any site can meet before a page's own handler sees the request. */
export const siteProblems = defineProblems({
  'page-unknown': {
    status: 404,
    title: { th: 'ไม่พบหน้านี้', en: 'There is no such page' },
    next: {
      th: 'ตรวจที่อยู่อีกครั้ง หรือกลับไปที่หน้าแรก',
      en: 'Check the address, or go back to the start page.',
    },
  },
  'site-busy': {
    status: 503,
    title: { th: 'ตอนนี้ระบบรับผู้ใช้เพิ่มไม่ได้ชั่วคราว', en: 'The site cannot let more people in at the moment' },
    next: {
      th: 'ข้อมูลที่บันทึกไว้และเรื่องที่ได้เลขรับแล้วไม่หาย ไม่มีการจองคิว ใครกลับมาเมื่อมีที่ว่างก็เข้าได้',
      en: 'Nothing that was saved is lost, nor anything with a receipt number. There is no line to keep a place in: whoever comes when there is room is let in.',
    },
  },
  'page-method-unsupported': {
    status: 405,
    title: { th: 'ใช้วิธีเรียกนี้กับหน้านี้ไม่ได้', en: 'This page does not take that method' },
    next: {
      th: 'เปิดหน้าจากลิงก์ หรือส่งแบบฟอร์มจากหน้าของเรา',
      en: 'Open the page from a link, or send the form on it.',
    },
  },
  'form-too-large': {
    status: 413,
    title: { th: 'ข้อมูลที่ส่งมาใหญ่เกินไป', en: 'What was sent is too large' },
    next: {
      th: 'ย่อข้อความให้สั้นลง หรือเลือกไฟล์ที่เล็กลง แล้วส่งใหม่',
      en: 'Shorten the text or choose a smaller file, then send it again.',
    },
  },
  'form-type-unsupported': {
    status: 415,
    title: { th: 'ไม่รับข้อมูลที่ส่งมาในรูปแบบนี้', en: 'Data is not taken in this form' },
    next: {
      th: 'ส่งจากแบบฟอร์มบนหน้าเว็บ โปรแกรมให้ส่งแบบ application/x-www-form-urlencoded',
      en: 'Send it from the form on the page; a program sends application/x-www-form-urlencoded.',
    },
  },
  'form-malformed': {
    status: 400,
    title: { th: 'แบบฟอร์มมาไม่ครบหรืออ่านไม่ได้', en: 'The form did not arrive whole or cannot be read' },
    next: { th: 'กลับไปที่หน้าเดิมแล้วส่งใหม่', en: 'Go back to the page and send it again.' },
  },
  'form-expired': {
    status: 403,
    title: { th: 'แบบฟอร์มนี้หมดอายุแล้ว', en: 'This form has expired' },
    next: {
      th: 'โหลดหน้าใหม่แล้วส่งอีกครั้ง เบราว์เซอร์ต้องยอมรับคุกกี้ของเว็บนี้',
      en: 'Load the page again and send it once more. Your browser has to accept cookies of this site.',
    },
  },
  'form-from-elsewhere': {
    status: 403,
    title: { th: 'แบบฟอร์มนี้ไม่ได้ส่งมาจากหน้าของเรา', en: 'This form was not sent from our pages' },
    next: {
      th: 'อย่าทำต่อจากเว็บที่พาคุณมา เปิดหน้าของเราโดยตรงแล้วทำรายการใหม่',
      en: 'Do not go on from the site that brought you here. Open our page directly and start again.',
    },
  },
  'page-fault': {
    status: 500,
    title: { th: 'ระบบของเราทำงานผิดพลาด', en: 'Something went wrong on our side' },
    next: {
      th: 'ลองใหม่อีกครั้ง หากยังเป็นอยู่ ให้แจ้งผู้ดูแลระบบพร้อมหมายเลขเหตุการณ์',
      en: 'Try again. If it stays so, tell the operator the number of this incident.',
    },
  },
})
