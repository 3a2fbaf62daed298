import { defineProblems } from '@sapan/kernel'

/** What can go wrong where one person acts for another. */
export const mandateProblems = defineProblems({
  'mandate-not-found': {
    status: 404,
    title: { th: 'ไม่พบอำนาจทำการแทนนี้', en: 'There is no such mandate' },
    next: {
      th: 'เปิดรายการทำการแทนของคุณ แล้วเลือกจากรายการ',
      en: 'Open the list of your mandates, and choose from it.',
    },
  },
  'mandate-ended': {
    status: 403,
    title: { th: 'อำนาจทำการแทนนี้สิ้นสุดแล้ว', en: 'This mandate has ended' },
    next: {
      th: 'เรื่องที่ทำไปก่อนหน้านี้ยังมีผล หากต้องทำต่อ ให้ขออำนาจใหม่ หรือทำในนามของคุณเอง',
      en: 'What was done before still holds. To go on, ask for a new mandate, or act for yourself.',
    },
  },
  'mandate-not-begun': {
    status: 403,
    title: { th: 'ยังไม่ถึงวันเริ่มทำการแทน', en: 'This mandate has not begun yet' },
    next: { th: 'รอให้ถึงวันเริ่มที่แสดงในรายการ', en: 'Wait for the day that the list of mandates shows.' },
  },
  'mandate-suspended': {
    status: 403,
    title: { th: 'อำนาจทำการแทนนี้ถูกระงับชั่วคราว', en: 'This mandate is suspended' },
    next: {
      th: 'ฝ่ายหนึ่งระงับบัญชีของตนไว้ อำนาจจะกลับมาเมื่อเจ้าของบัญชียืนยันตัวตนใหม่',
      en: 'One of the two has frozen their account. The mandate comes back once they have proved who they are.',
    },
  },
  'mandate-scope-outside': {
    status: 403,
    title: { th: 'เรื่องนี้อยู่นอกอำนาจที่ได้รับ', en: 'The mandate does not cover this' },
    next: {
      th: 'ดูว่าได้รับอำนาจเรื่องใดบ้าง หรือขออำนาจสำหรับเรื่องนี้จากเจ้าตัว',
      en: 'See what the mandate covers, or ask the person for one that covers this.',
    },
  },
  'mandate-limit-exceeded': {
    status: 403,
    title: { th: 'เกินขอบเขตที่ผู้ให้อำนาจกำหนด', en: 'This is beyond a limit of the mandate' },
    next: {
      th: 'ทำภายในจำนวนเงินและหน่วยงานที่กำหนดไว้ หรือขอให้ผู้ให้อำนาจให้ใหม่',
      en: 'Stay within its amount and its agencies, or ask the person for another mandate.',
    },
  },
  'mandate-needs-joint': {
    status: 403,
    title: { th: 'เรื่องนี้ต้องทำร่วมกับผู้อื่น', en: 'You cannot do this alone' },
    next: {
      th: 'เตรียมเรื่องไว้ แล้วให้ผู้มีอำนาจคนอื่นยืนยันจากบัญชีของตน',
      en: 'Prepare it as a joint act, and have the others confirm it from their own accounts.',
    },
  },
  'mandate-seal-needed': {
    status: 422,
    title: { th: 'เรื่องนี้ต้องประทับตราของบริษัท', en: "This needs the company's seal" },
    next: {
      th: 'ยืนยันว่าประทับตราของบริษัทกับเรื่องนี้ แล้วส่งอีกครั้ง',
      en: 'Declare that the seal is put to it, and send it again.',
    },
  },
  'mandate-register-silent': {
    status: 503,
    title: { th: 'ตรวจอำนาจกับทะเบียนไม่ได้ในขณะนี้', en: 'The register cannot be asked right now' },
    next: {
      th: 'ลองใหม่ในอีกสักครู่ ระหว่างนี้ทำในนามของคุณเองหรือใช้อำนาจอื่นได้ตามปกติ',
      en: 'Try again in a while. You can act for yourself and under your other mandates meanwhile.',
    },
  },
  'mandate-number-invalid': {
    status: 422,
    title: { th: 'เลขประจำตัวไม่ถูกต้อง', en: 'The number is not right' },
    next: {
      th: 'ตรวจเลข 13 หลักกับบัตร แล้วกรอกใหม่',
      en: 'Compare the 13 digits with the card, and type them again.',
    },
  },
  'mandate-terms-invalid': {
    status: 422,
    title: { th: 'รายละเอียดการให้อำนาจไม่ครบหรือไม่ถูกต้อง', en: 'The terms of the mandate are not right' },
    next: { th: 'แก้ตามที่ระบุ แล้วส่งอีกครั้ง', en: 'Correct what is named, and send it again.' },
  },
  'mandate-self': {
    status: 422,
    title: { th: 'ให้อำนาจตัวเองไม่ได้', en: 'You cannot give yourself a mandate' },
    next: { th: 'กรอกเลขของผู้ที่จะทำการแทนคุณ', en: 'Enter the number of somebody else.' },
  },
  'mandate-not-passed-on': {
    status: 403,
    title: { th: 'ให้อำนาจต่อแทนผู้อื่นไม่ได้', en: 'A mandate cannot be passed on' },
    next: {
      th: 'กลับมาใช้งานในนามของคุณเองก่อน เฉพาะเจ้าตัวเท่านั้นที่ให้อำนาจได้',
      en: 'Go back to acting for yourself. Only the person concerned can give a mandate.',
    },
  },
  'mandate-account-closed': {
    status: 409,
    title: { th: 'บัญชีของอีกฝ่ายใช้ไม่ได้ในขณะนี้', en: "The other person's account cannot be used now" },
    next: {
      th: 'ติดต่ออีกฝ่ายโดยตรง แล้วเริ่มใหม่เมื่อบัญชีใช้ได้',
      en: 'Speak with them, and begin again when their account is open.',
    },
  },
  'mandate-from-register': {
    status: 409,
    title: { th: 'อำนาจนี้มาจากทะเบียน ยกเลิกที่นี่ไม่ได้', en: 'This mandate comes from a register' },
    next: {
      th: 'แก้ข้อมูลที่หน่วยงานเจ้าของทะเบียน อำนาจจะเปลี่ยนตามทันที',
      en: 'Have the register corrected by its agency: the mandate changes with it at once.',
    },
  },
  'mandate-offer-not-found': {
    status: 404,
    title: { th: 'ไม่พบข้อเสนอหรือคำขอนี้', en: 'There is no such offer or request' },
    next: {
      th: 'เปิดรายการทำการแทนของคุณใหม่ อาจมีการตอบหรือหมดอายุไปแล้ว',
      en: 'Open the list of your mandates again. It may be answered or over.',
    },
  },
  'mandate-offer-over': {
    status: 409,
    title: { th: 'ข้อเสนอหรือคำขอนี้สิ้นสุดแล้ว', en: 'This offer or request is over' },
    next: {
      th: 'ขอให้อีกฝ่ายส่งใหม่หากยังต้องการ',
      en: 'Ask the other person to send a new one if it is still wanted.',
    },
  },
  'mandate-code-wrong': {
    status: 422,
    title: { th: 'รหัสเชิญไม่ถูกต้องหรือใช้ไม่ได้แล้ว', en: 'The invitation code is wrong or over' },
    next: {
      th: 'ตรวจรหัสกับผู้ที่ให้คุณมา รหัสใช้ได้ครั้งเดียว',
      en: 'Check the code with whoever gave it to you. It works once.',
    },
  },
  'mandate-too-many': {
    status: 429,
    title: { th: 'ทำรายการบ่อยเกินไป', en: 'Too many tries' },
    next: {
      th: 'รอให้พ้นช่วงเวลาที่กำหนด แล้วลองใหม่',
      en: 'Wait a while, then try again.',
    },
  },
  'mandate-child-not-found': {
    status: 422,
    title: { th: 'ทะเบียนไม่พบบุตรของคุณตามเลขนี้', en: 'The register has no child of yours by this number' },
    next: {
      th: 'ตรวจเลขประจำตัวของบุตร ถ้าถูกต้องแล้ว ติดต่อสำนักทะเบียนเพื่อแก้ข้อมูลบิดามารดา',
      en: 'Check the number. If it is right, ask the registration office to correct who the parents are.',
    },
  },
  'mandate-proof-stale': {
    status: 403,
    title: { th: 'ต้องยืนยันตัวตนอีกครั้งก่อน', en: 'Prove that it is you once more' },
    next: {
      th: 'ยืนยันตัวตนด้วยพาสคีย์หรือวิธีที่คุณใช้ แล้วทำรายการนี้อีกครั้ง',
      en: 'Sign in again with your passkey or other means, then do this again.',
    },
  },
  'joint-act-not-found': {
    status: 404,
    title: { th: 'ไม่พบเรื่องที่ต้องทำร่วมกันนี้', en: 'There is no such joint act' },
    next: { th: 'เปิดรายการเรื่องที่รอคุณยืนยัน', en: 'Open the list of acts that wait for you.' },
  },
  'joint-act-over': {
    status: 409,
    title: { th: 'เรื่องนี้สิ้นสุดแล้ว', en: 'This joint act is over' },
    next: {
      th: 'ดูผลในรายการ หากยังต้องทำ ให้เตรียมเรื่องใหม่',
      en: 'See in the list how it ended. If it is still to be done, prepare it anew.',
    },
  },
  'joint-act-void': {
    status: 409,
    title: { th: 'เรื่องนี้เป็นอันใช้ไม่ได้', en: 'This joint act is void' },
    next: {
      th: 'ผู้ที่ยืนยันคนหนึ่งไม่มีอำนาจตามทะเบียนแล้ว ให้ผู้มีอำนาจปัจจุบันเตรียมเรื่องใหม่',
      en: 'The register no longer has one of those who confirmed it. Have those in office prepare it anew.',
    },
  },
  'joint-act-changed': {
    status: 409,
    title: { th: 'เรื่องที่ขอทำไม่ตรงกับที่ยืนยันไว้', en: 'This is not what was confirmed' },
    next: {
      th: 'ส่งเรื่องตามที่ยืนยันไว้ทุกตัวอักษร หรือเตรียมเรื่องใหม่ให้ยืนยัน',
      en: 'Carry out exactly what was confirmed, or have the new act confirmed.',
    },
  },
  'joint-act-session-used': {
    status: 409,
    title: { th: 'การเข้าใช้ครั้งนี้ยืนยันเรื่องนี้ไปแล้ว', en: 'This sign-in has confirmed the act already' },
    next: {
      th: 'แต่ละคนต้องเข้าใช้ด้วยตนเองแยกกัน ออกจากระบบแล้วเข้าใหม่ด้วยบัญชีของผู้ยืนยัน',
      en: 'Each person signs in on their own. Sign out, and have the other sign in.',
    },
  },
})
