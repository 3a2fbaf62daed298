import { defineProblems } from '@sapan/kernel'

const again = {
  th: 'เปิดเรื่องนี้อีกครั้งเพื่อดูสถานะล่าสุด แล้วทำรายการใหม่หากยังจำเป็น',
  en: 'Open the case again to see how it stands, and repeat what you did if it is still needed.',
}

/** Problems of cases. What somebody may not see is not there: `case-not-found`. */
export const caseProblems = defineProblems({
  'case-not-found': {
    status: 404,
    title: { th: 'ไม่พบเรื่องนี้', en: 'There is no such case' },
    next: {
      th: 'กลับไปที่รายการเรื่อง ตรวจเลขรับ หากเรื่องไม่ใช่ของคุณหรือของหน้าที่คุณ ระบบจะไม่แสดง',
      en: 'Go back to the list and check the receipt number. A case that is not yours, or not of your duty, is not shown.',
    },
  },
  'case-concern-unknown': {
    status: 503,
    title: {
      th: 'ยังเปิดเรื่องนี้ไม่ได้ เพราะทะเบียนไม่ตอบ',
      en: 'This case cannot be opened yet: a register does not answer',
    },
    next: {
      th: 'ลองใหม่เมื่อทะเบียนใช้งานได้ ระหว่างนี้ทำเรื่องอื่นได้ตามปกติ หากเรื่องใกล้ครบกำหนด แจ้งหัวหน้าหน่วยของคุณ',
      en: 'Try again once the register answers, and go on with other cases meanwhile. If the deadline is near, tell the head of your unit.',
    },
  },
  'case-changed': {
    status: 409,
    title: { th: 'มีผู้อื่นทำเรื่องนี้ไปแล้วระหว่างที่คุณเปิดดู', en: 'Somebody else changed this case meanwhile' },
    next: again,
  },
  'case-transition-not-allowed': {
    status: 409,
    title: { th: 'ทำรายการนี้ไม่ได้ในสถานะปัจจุบันของเรื่อง', en: 'The case is not in a state for this' },
    next: again,
  },
  'case-not-yours': {
    status: 403,
    title: { th: 'เรื่องนี้มีเจ้าหน้าที่ผู้อื่นรับไว้', en: 'Another officer has taken this case' },
    next: {
      th: 'มอบเรื่องให้ตนเองก่อน แล้วจึงทำรายการนี้',
      en: 'Assign the case to yourself first, then do this.',
    },
  },
  'case-duty-missing': {
    status: 403,
    title: { th: 'ขั้นตอนนี้เป็นของเจ้าหน้าที่หน้าที่อื่น', en: 'This step belongs to another duty' },
    next: {
      th: 'รอให้เจ้าหน้าที่ที่มีหน้าที่ในขั้นตอนนี้ดำเนินการ',
      en: 'Leave the case to the officers whose duty this step is.',
    },
  },
  'case-other-officer-needed': {
    status: 403,
    title: { th: 'ขั้นตอนนี้ต้องเป็นเจ้าหน้าที่คนอื่น', en: 'Another officer has to do this step' },
    next: {
      th: 'คุณทำขั้นตอนอื่นของเรื่องนี้ไปแล้ว ให้เจ้าหน้าที่คนอื่นที่มีหน้าที่เดียวกันทำขั้นตอนนี้',
      en: 'You did another step of this case already. Leave this one to a colleague with the same duty.',
    },
  },
  'case-colleague-unsuitable': {
    status: 422,
    title: { th: 'มอบเรื่องนี้ให้เจ้าหน้าที่ผู้นี้ไม่ได้', en: 'The case cannot be given to this officer' },
    next: {
      th: 'เลือกเจ้าหน้าที่ในหน่วยงานเดียวกันที่มีหน้าที่ในขั้นตอนนี้และไม่มีส่วนเกี่ยวข้องกับเรื่อง',
      en: 'Choose an officer of the same agency who has the duty of this step and no part in the case.',
    },
  },
  'case-words-missing': {
    status: 422,
    title: { th: 'ข้อความยังไม่ครบหรือยาวเกินไป', en: 'The text is missing or too long' },
    next: {
      th: 'กรอกข้อความทุกช่องที่จำเป็น ช่องละไม่เกิน 10,000 ตัวอักษร',
      en: 'Fill in every field that is needed, with at most 10,000 letters each.',
    },
  },
  'case-reasons-missing': {
    status: 422,
    title: { th: 'คำสั่งนี้ต้องมีเหตุผล', en: 'This decision needs its reasons' },
    next: {
      th: 'เลือกเหตุผลอย่างน้อยหนึ่งข้อ และเขียนข้อเท็จจริงกับข้อพิจารณาของแต่ละข้อ',
      en: 'Choose at least one reason, and write the facts and considerations of each.',
    },
  },
  'case-decision-differs': {
    status: 409,
    title: { th: 'คำสั่งไม่ตรงกับของเจ้าหน้าที่คนก่อน', en: 'The decision differs from that of the officer before' },
    next: {
      th: 'หากเห็นต่าง ให้ส่งเรื่องกลับพร้อมเหตุผล ทุกคนต้องมีคำสั่งตรงกัน',
      en: 'All who decide have to decide the same. Where you do not agree, send the case back and say why.',
    },
  },
  'case-appeal-too-late': {
    status: 409,
    title: { th: 'พ้นกำหนดอุทธรณ์แล้ว', en: 'The time to appeal is over' },
    next: {
      th: 'ดูช่องทางอื่นในหนังสือแจ้งคำสั่ง เช่น ฟ้องคดีต่อศาลปกครอง',
      en: 'The letter with the decision names other ways, such as the administrative court.',
    },
  },
  'case-list-unreadable': {
    status: 400,
    title: { th: 'เปิดรายการเรื่องตามที่อยู่นี้ไม่ได้', en: 'The list of cases cannot be shown from this address' },
    next: {
      th: 'กลับไปที่รายการหน้าแรก แล้วเลือกตัวกรองใหม่',
      en: 'Go back to the first page of the list and choose the filters again.',
    },
  },
})
