import { defineProblems, Problem, type ProblemOptions } from '@sapan/kernel'

/** Problems of handing in, of carrying out and of one's applications. */
export const submissionProblems = defineProblems({
  'application-incomplete': {
    status: 422,
    title: { th: 'ยังยื่นไม่ได้ เพราะข้อมูลยังไม่ครบ', en: 'It cannot be handed in yet: something is missing' },
    next: {
      th: 'กลับไปหน้าตรวจคำตอบ แล้วแก้แต่ละข้อที่แสดง ข้อมูลที่กรอกไว้ยังอยู่',
      en: 'Go back to your answers and mend what is listed there. What you filled in is kept.',
    },
  },
  'application-refused': {
    status: 422,
    title: { th: 'ยื่นเรื่องนี้ไม่ได้ตามเงื่อนไขของบริการ', en: 'The conditions of this service are not met' },
    next: {
      th: 'อ่านเหตุผลและกฎหมายที่แสดง หากข้อมูลในทะเบียนไม่ถูกต้อง แจ้งได้จากหน้าข้อมูลของแบบ',
      en: 'Read the reason and the law. If a register is wrong about you, say so on the page of its data.',
    },
  },
  'application-once': {
    status: 409,
    title: { th: 'ยื่นเรื่องนี้ไว้แล้ว', en: 'This was applied for already' },
    next: {
      th: 'เปิดเรื่องเดิมจากรายการเรื่องที่ยื่น หากผู้อื่นยื่นแทนไว้ ให้สอบถามผู้นั้นหรือหน่วยงาน หากเรื่องเดิมถูกถอน ยื่นใหม่ได้',
      en: 'Open the earlier one from the list of applications. Where somebody else handed it in, ask them or the agency. Once it is withdrawn, it can be applied for anew.',
    },
    place: { path: '/me/applications', text: { th: 'ดูเรื่องที่ฉันยื่น', en: 'See my applications' } },
  },
  'application-outdated': {
    status: 409,
    title: { th: 'แบบของบริการนี้เปลี่ยนไปแล้ว', en: 'The form of this service has changed meanwhile' },
    next: {
      th: 'เปิดแบบอีกครั้ง คำตอบที่ยังใช้ได้ถูกย้ายไปแบบใหม่แล้ว แล้วตอบเฉพาะข้อที่ถามเพิ่ม',
      en: 'Open it again. Answers that still fit have been taken over; answer only what is asked anew.',
    },
  },
  'application-facts-changed': {
    status: 409,
    title: { th: 'ข้อมูลในทะเบียนเปลี่ยนไปแล้ว', en: 'A register says something else now' },
    next: {
      th: 'ดูข้อมูลล่าสุดที่ทะเบียนแจ้ง ตรวจคำตอบ แล้วยื่นอีกครั้ง',
      en: 'Look at what the register says now, check your answers, then hand it in again.',
    },
  },
  'application-joint': {
    status: 409,
    title: { th: 'เรื่องนี้ต้องมีผู้มีอำนาจยืนยันร่วมกันก่อน', en: 'Others have to confirm this with you first' },
    next: {
      th: 'เราได้แจ้งผู้มีอำนาจคนอื่นแล้ว เมื่อยืนยันครบ กลับมายื่นอีกครั้งจากหน้าเดิม',
      en: 'The others have been told. When all have confirmed, hand it in again from the same page.',
    },
  },
  'application-authority-unknown': {
    status: 503,
    title: {
      th: 'ยังเปิดเรื่องนี้ไม่ได้ เพราะทะเบียนไม่ตอบ',
      en: 'This application cannot be opened yet: a register does not answer',
    },
    next: {
      th: 'ลองใหม่เมื่อทะเบียนใช้งานได้ เรื่องที่คุณยื่นเองเปิดได้ตามปกติ',
      en: 'Try again once the register answers. What you handed in yourself opens as always.',
    },
    place: { path: '/me/applications', text: { th: 'ดูเรื่องที่ฉันยื่น', en: 'See my applications' } },
  },
  'application-not-found': {
    status: 404,
    title: { th: 'ไม่พบเรื่องนี้', en: 'There is no such application' },
    next: {
      th: 'ดูรายการเรื่องที่ยื่นของคุณ เรื่องของผู้อื่นเปิดไม่ได้',
      en: 'Look at the list of your applications. Those of other people cannot be opened.',
    },
    place: { path: '/me/applications', text: { th: 'ดูเรื่องที่ฉันยื่น', en: 'See my applications' } },
  },
  'output-not-made': {
    status: 409,
    title: { th: 'ออกเอกสารของเรื่องนี้ไม่ได้', en: 'A document of this case cannot be made' },
    next: {
      th: 'อ่านเหตุผล แล้วแก้ผลการพิจารณาหรือแจ้งผู้ดูแลบริการ',
      en: 'Read why, then mend the decision, or tell whoever keeps the service.',
    },
  },
  'output-signature-foreign': {
    status: 409,
    title: { th: 'เอกสารที่ลงนามไม่ใช่ฉบับที่เตรียมไว้', en: 'The signed document is not the one that was prepared' },
    next: {
      th: 'เปิดเรื่องอีกครั้ง แล้วลงนามในเอกสารฉบับล่าสุด',
      en: 'Open the case again and sign its latest document.',
    },
  },
})

export type SubmissionProblemCode = keyof typeof submissionProblems

export function submissionProblem(code: SubmissionProblemCode, options?: ProblemOptions): Problem {
  return new Problem(submissionProblems[code], options)
}
