import { defineProblems } from '@sapan/kernel'

/** Problems of payments and of what the bank tells. */
export const paymentsProblems = defineProblems({
  'payment-not-found': {
    status: 404,
    title: { th: 'ไม่พบรายการชำระเงินนี้', en: 'There is no such payment' },
    next: {
      th: 'กลับไปที่รายการชำระเงินของคุณ รายการของผู้อื่นเปิดไม่ได้',
      en: 'Go back to your payments. Those of other people cannot be opened.',
    },
  },
  'payment-authority-unknown': {
    status: 503,
    title: {
      th: 'ยังเปิดรายการนี้ไม่ได้ เพราะทะเบียนไม่ตอบ',
      en: 'This payment cannot be opened yet: a register does not answer',
    },
    next: {
      th: 'ลองใหม่เมื่อทะเบียนใช้งานได้ รายการของตัวคุณเองเปิดได้ตามปกติ',
      en: 'Try again once the register answers. Payments of your own open as always.',
    },
    place: { path: '/me/payments', text: { th: 'ดูรายการชำระเงินของฉัน', en: 'See my payments' } },
  },
  'payment-not-divisible': {
    status: 409,
    title: { th: 'แบ่งชำระรายการนี้ไม่ได้แล้ว', en: 'This payment cannot be divided any more' },
    next: {
      th: 'ชำระเต็มจำนวน การแบ่งชำระเลือกได้ก่อนชำระครั้งแรกและก่อนครบกำหนดเท่านั้น',
      en: 'Pay the whole amount. Instalments can be chosen only before the first payment and before it is due.',
    },
  },
  'payee-without-account': {
    status: 500,
    title: { th: 'หน่วยงานนี้ยังไม่มีบัญชีรับเงิน', en: 'This agency has no account to be paid to' },
    next: {
      th: 'แจ้งผู้ดูแลระบบให้ลงทะเบียนเลขผู้รับชำระเงินของหน่วยงาน',
      en: 'Tell the operator, who registers the agency’s biller number.',
    },
  },
  'refund-too-large': {
    status: 422,
    title: { th: 'คืนเงินเกินกว่าที่ได้รับไม่ได้', en: 'More cannot go back than came in' },
    next: {
      th: 'ตรวจยอดที่ได้รับและที่คืนไปแล้ว แล้วสั่งคืนไม่เกินยอดคงเหลือ',
      en: 'Look at what came in and what went back already, and order no more than is left.',
    },
  },
  'bank-message-malformed': {
    status: 400,
    title: { th: 'อ่านข้อความจากธนาคารไม่ได้', en: 'The bank’s message cannot be read' },
    next: {
      th: 'ส่งข้อความใหม่ตามรูปแบบที่ตกลงไว้',
      en: 'Send it again in the form that was agreed on.',
    },
  },
  'bank-signature-invalid': {
    status: 401,
    title: { th: 'ลายเซ็นของธนาคารไม่ถูกต้อง', en: 'The bank’s signature is not valid' },
    next: {
      th: 'ลงลายเซ็นด้วยกุญแจที่ธนาคารลงทะเบียนไว้ แล้วส่งใหม่',
      en: 'Sign with the key that the bank has registered and send it again.',
    },
  },
  'bank-message-stale': {
    status: 401,
    title: { th: 'ข้อความจากธนาคารเก่าเกินไป', en: 'The bank’s message is too old' },
    next: {
      th: 'ตั้งเวลาของระบบให้ตรง ลงลายเซ็นใหม่ แล้วส่งอีกครั้ง',
      en: 'Set the clock right, sign the message anew and send it again.',
    },
  },
  'bank-message-replayed': {
    status: 409,
    title: { th: 'ข้อความนี้เคยส่งมาแล้ว', en: 'This very message was sent before' },
    next: {
      th: 'หากไม่ได้รับคำตอบครั้งก่อน ให้ลงลายเซ็นใหม่แล้วส่งรายการเดิมอีกครั้ง รายการจะไม่ซ้ำ',
      en: 'If no answer came the last time, sign the same transaction anew. It is not counted twice.',
    },
  },
  'bank-transaction-contradicted': {
    status: 409,
    title: { th: 'รายการนี้ไม่ตรงกับที่แจ้งไว้ก่อน', en: 'This differs from what was told of the transaction before' },
    next: {
      th: 'ตรวจรายการในระบบธนาคาร เราถือตามที่แจ้งครั้งแรกและเจ้าหน้าที่จะตรวจสอบ',
      en: 'Look at the transaction. What was told first stands, and an officer looks into it.',
    },
  },
  'bank-unreachable': {
    status: 503,
    title: { th: 'ติดต่อธนาคารไม่ได้', en: 'The bank cannot be reached' },
    next: { th: 'รอสักครู่แล้วลองใหม่', en: 'Wait a moment, then try again.' },
  },
  'settlement-not-found': {
    status: 404,
    title: { th: 'ไม่พบรายการที่ต้องจัดการนี้', en: 'There is nothing like this to settle' },
    next: {
      th: 'กลับไปที่หน้ากระทบยอด รายการของหน่วยงานอื่นเปิดไม่ได้ และรายการที่จัดการแล้วไม่แสดงซ้ำ',
      en: 'Go back to the day. What is another agency’s or was settled already is not there.',
    },
  },
  'settlement-reason-missing': {
    status: 422,
    title: { th: 'ยังไม่ได้ระบุเหตุผลหรือยาวเกินไป', en: 'The reason is missing or too long' },
    next: { th: 'ระบุเหตุผลไม่เกิน 2,000 ตัวอักษร', en: 'Give a reason of at most 2,000 letters.' },
  },
  'payments-day-unreadable': {
    status: 400,
    title: { th: 'เปิดวันที่ตามที่อยู่นี้ไม่ได้', en: 'The day cannot be shown from this address' },
    next: { th: 'เลือกวันในหน้ากระทบยอด', en: 'Choose the day on the page of payments.' },
  },
})
