import type { Text } from '@sapan/kernel'

/** What the pages of signing in say. */
export const words = {
  title: { th: 'เข้าสู่ระบบ', en: 'Sign in' },
  to: { th: 'เพื่อใช้ {client}', en: 'to use {client}' },
  again: { th: 'ยืนยันว่าเป็นคุณ', en: 'Confirm that it is you' },
  againWhy: {
    th: 'เรื่องนี้สำคัญ จึงต้องยืนยันตัวคุณอีกครั้ง',
    en: 'This matters, so we ask you to confirm once more that it is you.',
  },
  surer: {
    th: 'บริการนี้ต้องใช้วิธีเข้าสู่ระบบที่มั่นคงกว่านี้: {level}',
    en: 'This service needs a surer way of signing in: {level}.',
  },
  passkey: { th: 'เข้าสู่ระบบด้วยพาสคีย์', en: 'Sign in with a passkey' },
  passkeyHint: {
    th: 'ใช้ลายนิ้วมือ ใบหน้า หรือ PIN ของอุปกรณ์ ไม่ต้องจำรหัสผ่าน',
    en: 'With the fingerprint, face or PIN of your device. Nothing to remember.',
  },
  otherWays: { th: 'วิธีอื่น', en: 'Other ways' },
  password: { th: 'ใช้รหัสผ่านและแอปรหัส', en: 'Use a password and a code app' },
  create: { th: 'เปิดบัญชีใหม่', en: 'Open an account' },
  lost: { th: 'เข้าสู่ระบบไม่ได้ กู้คืนบัญชี', en: 'I cannot sign in: recover my account' },
  cancel: { th: 'ไม่เข้าสู่ระบบ', en: 'Do not sign in' },
  name: { th: 'อีเมลหรือเลขประจำตัว 13 หลัก', en: 'Email address or 13-digit number' },
  passwordField: { th: 'รหัสผ่าน', en: 'Password' },
  next: { th: 'ไปขั้นต่อไป', en: 'Go on' },
  totp: { th: 'รหัส 6 หลักจากแอปของคุณ', en: 'The 6 digits in your code app' },
  useRecoveryCode: { th: 'ไม่มีแอป ใช้รหัสกู้คืน', en: 'No app at hand: use a recovery code' },
  recoveryCode: { th: 'รหัสกู้คืน', en: 'Recovery code' },
  recoveryHint: {
    th: 'ตัวอักษรและตัวเลข 24 ตัว ใช้ได้ครั้งเดียว',
    en: '24 letters and digits. Each code works once.',
  },
  enter: { th: 'เข้าสู่ระบบ', en: 'Sign in' },
  refused: {
    th: 'ข้อมูลนี้เข้าสู่ระบบไม่ได้ ตรวจชื่อ รหัสผ่าน และรหัส แล้วลองใหม่',
    en: 'These details do not sign you in. Check the name, the password and the code, and try again.',
  },
  wait: {
    th: 'มีการลองผิดหลายครั้ง รออีก {seconds} วินาที หรือใช้พาสคีย์ได้ทันที',
    en: 'Too many attempts did not succeed. Wait {seconds|second|seconds}, or use a passkey now.',
  },
  over: {
    th: 'ขั้นตอนก่อนหน้าหมดเวลา เริ่มใหม่ที่นี่',
    en: 'The step before has expired. Begin again here.',
  },
  passkeyRefused: {
    th: 'ใช้พาสคีย์นี้ไม่ได้ ลองอีกครั้ง หรือใช้วิธีอื่น',
    en: 'This passkey was not accepted. Try again, or use another way.',
  },
  passkeyCopied: {
    th: 'ปฏิเสธพาสคีย์นี้เพราะอาจถูกคัดลอก ใช้วิธีอื่นแล้วลบพาสคีย์นี้',
    en: 'This passkey was refused because it may have been copied. Use another way, and remove it.',
  },
  createTitle: { th: 'เปิดบัญชีด้วยพาสคีย์', en: 'Open an account with a passkey' },
  createHint: {
    th: 'หนึ่งคนมีหนึ่งบัญชี ใช้ได้กับทุกหน่วยงาน หากเคยมีบัญชีแล้วให้เข้าสู่ระบบด้วยบัญชีเดิม',
    en: 'One person has one account, for all agencies. If you have one already, sign in with that.',
  },
  createWithPassword: {
    th: 'อุปกรณ์นี้ใช้พาสคีย์ไม่ได้ เปิดบัญชีด้วยรหัสผ่านและแอปรหัส',
    en: 'This device has no passkeys: use a password and a code app',
  },
  confirmDevice: {
    th: 'ไม่รอ ยืนยันอุปกรณ์นี้ทางอีเมล',
    en: 'Do not wait: confirm this device by e-mail',
  },
  createButton: { th: 'สร้างพาสคีย์และเปิดบัญชี', en: 'Make a passkey and open the account' },
  deviceName: { th: 'ตั้งชื่ออุปกรณ์นี้', en: 'A name for this device' },
  deviceHint: { th: 'เช่น โทรศัพท์ของฉัน', en: 'Such as “my phone”' },
  device: { th: 'อุปกรณ์ของฉัน', en: 'My device' },
  codesTitle: { th: 'เก็บรหัสกู้คืนของคุณ', en: 'Keep your recovery codes' },
  codesHint: {
    th: 'แต่ละรหัสใช้ได้ครั้งเดียว แทนแอปรหัสเมื่อไม่มีอุปกรณ์ พิมพ์หรือจดเก็บไว้ในที่ปลอดภัย หน้านี้แสดงครั้งเดียว',
    en: 'Each works once, in place of your code app. Print them or write them down, and keep them safe: they are shown only now.',
  },
  kept: { th: 'เก็บรหัสแล้ว เข้าสู่ระบบ', en: 'I have kept them: sign in' },
  frozenTitle: { th: 'บัญชีของคุณถูกระงับไว้', en: 'Your account is frozen' },
  frozenHint: {
    th: 'คุณหรือผู้ที่เข้าสู่บัญชีของคุณกด “นี่ไม่ใช่ฉัน” เปิดใช้อีกครั้งด้วยพาสคีย์ที่มีมานานพอ หรือพิสูจน์ตัวตนที่ที่ว่าการอำเภอหรือสำนักงานเขต',
    en: 'You, or somebody in your account, pressed “This was not me”. Open it with a passkey that you have had long enough, or prove who you are at a district office.',
  },
  unfreeze: { th: 'เปิดใช้บัญชีด้วยพาสคีย์', en: 'Open my account with a passkey' },
  recover: { th: 'กู้คืนบัญชี', en: 'Recover my account' },
  recoverHint: {
    th: 'พิสูจน์ว่าเป็นคุณ แล้วเพิ่มพาสคีย์ใหม่ พาสคีย์ใหม่ใช้ได้หลังเวลารอ ระหว่างนั้นเจ้าของบัญชีคัดค้านได้ ประวัติและการทำการแทนยังอยู่',
    en: 'Prove that it is you and add a new passkey. It works after a waiting time, in which the owner of the account can object. History and mandates stay.',
  },
  recoverOther: {
    th: 'ต้องพิสูจน์ให้มั่นใจเท่ากับที่บัญชีเคยพิสูจน์ไว้ หากบัตรไม่พอหรือไม่มีบัตร ใช้วิธีอื่นข้างล่าง หรือไปที่ที่ว่าการอำเภอหรือสำนักงานเขต เจ้าหน้าที่ช่วยเพิ่มพาสคีย์ได้',
    en: 'The proof must be as sure as what your account rests on. If your card is not enough, or you have none, use another way below, or go to a district office, where an officer adds a passkey with you.',
  },
  recoverNumber: { th: 'เลขประจำตัวประชาชน 13 หลัก', en: 'National number, 13 digits' },
  recoverNumberWrong: { th: 'ตรวจเลข 13 หลักแล้วกรอกใหม่', en: 'Check the 13 digits and enter them again.' },
  recoverCode: { th: 'รหัสหลังบัตร', en: 'Code on the back of the card' },
  recoverCodeWrong: {
    th: 'กรอกรหัสหลังบัตรให้ครบตามตัวอย่าง',
    en: 'Enter the whole code, as in the example.',
  },
  recoverBorn: { th: 'วันเกิด', en: 'Date of birth' },
  recoverAsk: { th: 'ตรวจกับทะเบียนราษฎร', en: 'Ask the population register' },
  recoverFound: {
    th: 'พิสูจน์แล้วว่าเป็นคุณ เพิ่มพาสคีย์ในอุปกรณ์ที่คุณถืออยู่',
    en: 'You have proved that it is you. Now add a passkey on the device in your hand.',
  },
  recoverKeep: {
    th: 'เก็บวิธีเข้าสู่ระบบเดิมไว้ด้วย (ไม่เลือกหากของเดิมหายหรือถูกขโมย)',
    en: 'Keep my former ways of signing in (not if they were lost or stolen)',
  },
  recoverAdd: { th: 'เพิ่มพาสคีย์และเริ่มกู้คืน', en: 'Add a passkey and begin the recovery' },
  recoverBegun: { th: 'เริ่มกู้คืนบัญชีแล้ว', en: 'The recovery has begun' },
  recoverNext: {
    th: 'พาสคีย์ใหม่ใช้ได้ตั้งแต่ {time} เราแจ้งทุกช่องทางของบัญชีแล้ว หากเจ้าของคัดค้าน การกู้คืนจะถูกยกเลิก',
    en: 'Your new passkey works from {time}. We have told every channel of the account; if its owner objects, the recovery is cancelled.',
  },
  frozenRecover: {
    th: 'ไม่มีพาสคีย์นั้นแล้ว กู้คืนบัญชีด้วยการพิสูจน์ตัวตน',
    en: 'I do not have such a passkey: recover my account',
  },
  recoverCard: { th: 'ใช้บัตรประจำตัวประชาชน', en: 'With my national ID card' },
  recoverPassport: { th: 'ใช้หนังสือเดินทางต่างประเทศ', en: 'With a foreign passport' },
  recoverLines: {
    th: 'แถบตัวอักษรท้ายหน้ารูปของหนังสือเดินทาง',
    en: 'The lines at the foot of the passport’s picture page',
  },
  recoverLinesHint: {
    th: 'คัดลอกทุกบรรทัดให้ครบ รวมเครื่องหมาย <',
    en: 'Copy each line in full, the < signs too.',
  },
  recoverAskBureau: { th: 'ตรวจกับสำนักงานตรวจคนเข้าเมือง', en: 'Ask the Immigration Bureau' },
  recoverWith: { th: 'พิสูจน์ตัวตนด้วย {provider}', en: 'Prove who I am with {provider}' },
  waitingTitle: { th: 'มีผู้ขอกู้คืนบัญชีของคุณ', en: 'Somebody asked to recover your account' },
  waitingHint: {
    th: 'เริ่มเมื่อ {begun} หากไม่มีใครยกเลิก พาสคีย์ใหม่จะใช้เข้าบัญชีของคุณได้ตั้งแต่ {time}',
    en: 'It was begun on {begun}. Unless it is cancelled, a new passkey can enter your account from {time}.',
  },
  waitingCancel: { th: 'ไม่ใช่ฉัน ยกเลิกการกู้คืน', en: 'It was not me: cancel it' },
  waitingKeep: { th: 'ฉันขอเอง ให้กู้คืนต่อไป', en: 'It was me: let it go on' },
  outsideOther: {
    th: '{provider} บอกว่าเป็นอีกคนหนึ่ง ไม่ใช่เจ้าของบัญชีที่เข้าอยู่ ใช้วิธีของบัญชีนี้',
    en: '{provider} told us of somebody else than who is signed in. Use a way of this account.',
  },
  with: { th: 'เข้าสู่ระบบด้วย {provider}', en: 'Sign in with {provider}' },
} as const satisfies Record<string, Text>
