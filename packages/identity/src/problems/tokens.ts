import { defineProblems } from '@sapan/kernel'

/** What can go wrong where a token to act at agencies is asked for. */
export const tokenProblems = defineProblems({
  'actor-audience-foreign': {
    status: 403,
    title: {
      th: 'ขอโทเคนเพื่อใช้กับระบบของหน่วยงานอื่นไม่ได้',
      en: 'A token cannot be had for the systems of another member',
    },
    next: {
      th: 'ขอโทเคนโดยใช้ audience เป็นรหัสสมาชิกของหน่วยงานคุณเอง หรือไม่ต้องระบุ',
      en: 'name your own member as audience, or leave it out',
    },
  },
  'actor-session-missing': {
    status: 403,
    title: { th: 'การเข้าสู่ระบบนั้นสิ้นสุดแล้ว', en: 'The sign-in behind that token is over' },
    next: {
      th: 'ให้ผู้ใช้เข้าสู่ระบบอีกครั้ง แล้วขอโทเคนใหม่',
      en: 'let the person sign in again, then ask for the token',
    },
  },
  'actor-duty-missing': {
    status: 403,
    title: {
      th: 'ไม่มีหน้าที่นี้ภายใต้การแต่งตั้งที่ระบุในขณะนี้',
      en: 'That duty is not held under that appointment now',
    },
    next: {
      th: 'ให้ผู้ดูแลของหน่วยงานตรวจหน้าที่และช่วงเวลา หรือเลือกการแต่งตั้งอื่น',
      en: "ask the agency's administrator about the duty and its time, or choose another appointment",
    },
  },
})
