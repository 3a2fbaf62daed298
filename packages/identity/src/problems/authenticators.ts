import { defineProblems } from '@sapan/kernel'

/** What can go wrong with signing in, and with the things that people sign in with. */
export const authenticatorProblems = defineProblems({
  'sign-in-refused': {
    status: 401,
    title: { th: 'เข้าสู่ระบบไม่ได้ด้วยข้อมูลนี้', en: 'These details do not sign you in' },
    next: {
      th: 'ตรวจสิ่งที่กรอกแล้วลองใหม่ หรือใช้พาสคีย์ หรือกู้คืนบัญชี',
      en: 'Check what you entered and try again, use a passkey, or recover your account.',
    },
  },
  'sign-in-wait': {
    status: 429,
    title: { th: 'มีการลองเข้าสู่ระบบผิดหลายครั้ง', en: 'Too many attempts did not succeed' },
    next: {
      th: 'รอตามเวลาที่แจ้งแล้วลองใหม่ หรือเข้าสู่ระบบด้วยพาสคีย์หรือจากอุปกรณ์ที่เคยใช้ได้ทันที',
      en: 'Wait as long as it says and try again. A passkey, or a device that you used before, works at once.',
    },
  },
  'passkey-refused': {
    status: 401,
    title: { th: 'ใช้พาสคีย์นี้ไม่ได้', en: 'This passkey was not accepted' },
    next: {
      th: 'ลองอีกครั้งในหน้านี้ และตรวจว่าที่อยู่เว็บไซต์ถูกต้อง หรือใช้วิธีอื่น',
      en: 'Try once more on this page, check that the address of the website is right, or use another way.',
    },
  },
  'passkey-copied': {
    status: 401,
    title: { th: 'พาสคีย์นี้อาจถูกคัดลอก', en: 'This passkey may have been copied' },
    next: {
      th: 'เข้าสู่ระบบด้วยวิธีอื่น แล้วลบพาสคีย์นี้ หากไม่ใช่คุณให้กด “นี่ไม่ใช่ฉัน”',
      en: 'Sign in another way and remove this passkey. If it was not you, press “This was not me”.',
    },
  },
  'ceremony-over': {
    status: 409,
    title: { th: 'ขั้นตอนนี้หมดเวลาหรือใช้ไปแล้ว', en: 'This step has expired or was used already' },
    next: { th: 'เริ่มขั้นตอนนี้ใหม่อีกครั้ง', en: 'Begin this step again.' },
  },
  'code-wrong': {
    status: 422,
    title: { th: 'รหัสไม่ถูกต้องหรือใช้ไปแล้ว', en: 'The code is wrong or was used already' },
    next: {
      th: 'รอรหัสถัดไปในแอปแล้วกรอกใหม่ และตรวจว่าเวลาในเครื่องถูกต้อง',
      en: 'Wait for the next code in your app and enter that one. Check that the clock of your device is right.',
    },
  },
  'device-code-wrong': {
    status: 422,
    title: { th: 'รหัสไม่ถูกต้องหรือหมดอายุแล้ว', en: 'The code is wrong or has expired' },
    next: {
      th: 'ดูรหัสในอีเมลฉบับล่าสุดแล้วกรอกใหม่ หรือกลับไปขอรหัสใหม่',
      en: 'Look for the code in the latest letter and type it again, or go back and ask for a new one.',
    },
  },
  'password-weak': {
    status: 422,
    title: { th: 'รหัสผ่านนี้เดาง่ายเกินไป', en: 'This password is too easy to guess' },
    next: {
      th: 'ใช้ข้อความอย่างน้อย 12 ตัวอักษรที่ผู้อื่นเดาไม่ได้ เช่น คำหลายคำที่ไม่เกี่ยวกัน',
      en: 'Use at least 12 letters that others would not guess, such as several words that have nothing to do with each other.',
    },
  },
  'password-alone': {
    status: 409,
    title: { th: 'รหัสผ่านต้องใช้คู่กับวิธีอื่น', en: 'A password needs a second factor' },
    next: {
      th: 'เพิ่มแอปรหัสผ่านครั้งเดียวก่อน แล้วจึงตั้งรหัสผ่าน',
      en: 'Add a code app first, then set the password.',
    },
  },
  'name-invalid': {
    status: 422,
    title: { th: 'ชื่อนี้ใช้ไม่ได้', en: 'This name cannot be used' },
    next: { th: 'ตั้งชื่อ 1 ถึง 60 ตัวอักษร', en: 'Give a name of 1 to 60 letters.' },
  },
  'authenticator-not-found': {
    status: 404,
    title: { th: 'ไม่พบวิธีเข้าสู่ระบบนี้', en: 'There is no such way of signing in' },
    next: { th: 'ดูรายการในหน้าความปลอดภัยของคุณ', en: 'See the list on your security page.' },
  },
  'authenticator-last': {
    status: 409,
    title: { th: 'นี่เป็นทางเข้าสุดท้ายของคุณ', en: 'This is your last way in' },
    next: { th: 'เพิ่มวิธีอื่นก่อน แล้วจึงลบวิธีนี้', en: 'Add another way first, then remove this one.' },
  },
  'authenticator-needed': {
    status: 409,
    title: {
      th: 'หน้าที่ของคุณต้องใช้วิธีเข้าสู่ระบบที่มั่นคงกว่าที่จะเหลือ',
      en: 'What you are trusted with needs a surer way of signing in than would be left',
    },
    next: {
      th: 'เพิ่มพาสคีย์อีกอันก่อน แล้วจึงลบวิธีนี้',
      en: 'Add another passkey first, then remove this one.',
    },
  },
  'authenticator-limit': {
    status: 409,
    title: { th: 'มีวิธีเข้าสู่ระบบชนิดนี้ครบจำนวนแล้ว', en: 'You have as many of this kind as there may be' },
    next: { th: 'ลบวิธีที่ไม่ใช้แล้วก่อน', en: 'Remove one that you no longer use.' },
  },
  'authenticator-registered': {
    status: 409,
    title: { th: 'พาสคีย์นี้เพิ่มไว้แล้ว', en: 'This passkey is registered already' },
    next: { th: 'ใช้พาสคีย์นี้เข้าสู่ระบบได้เลย หรือใช้อุปกรณ์อื่น', en: 'Sign in with it, or use another device.' },
  },
  'outside-account-less-sure': {
    status: 409,
    title: {
      th: 'เลขของคุณมีบัญชีอยู่แล้ว แต่บัญชีนั้นพิสูจน์ตัวตนไว้ในระดับที่ต่ำกว่า',
      en: 'Your number has an account already, which was proved less surely',
    },
    next: {
      th: 'เข้าสู่ระบบด้วยวิธีของบัญชีนั้นแล้วพิสูจน์ตัวตนเพิ่ม หากบัญชีนั้นไม่ใช่ของคุณ เลือกกู้คืนบัญชี',
      en: 'Sign in to it in its own way and prove who you are there. If you did not open it, recover it.',
    },
  },
})
