import type { Text } from '@sapan/kernel'

/**
 * What can happen to an account, in words for its owner; `{name}` stands for that member of the event's detail.
 * Each room has its own kinds, and `createHistory` gets those of all rooms.
 */
export interface HistoryKind extends Text {
  /** Something its owner should look at: shown with a mark. */
  readonly isWarning?: boolean
}

export type HistoryKinds = Readonly<Record<string, HistoryKind>>

/** What an event says, with its detail filled in. A kind that is not there any more says its name. */
export function historyText(
  kinds: HistoryKinds,
  name: string,
  detail: Readonly<Record<string, string>>,
): Text {
  const kind = kinds[name]
  if (kind === undefined) return { th: name, en: name }
  // `{name}` is `thName` in Thai, where there is one.
  const named = (member: string, language: 'th' | 'en') =>
    detail[`${language}${member.charAt(0).toUpperCase()}${member.slice(1)}`] ?? detail[member] ?? '…'
  // What has no name of its own (a password, recovery codes) stands without quotes.
  const filled = (text: string, language: 'th' | 'en') =>
    text.replace(/\{(\w+)\}/g, (_, member: string) => named(member, language)).replace(/ ?“”/g, '')
  return { th: filled(kind.th, 'th'), en: filled(kind.en, 'en') }
}

/** What happens to ways of signing in and to the account itself. */
export const securityHistory = {
  'account-opened': { th: 'เปิดบัญชี', en: 'The account was opened' },
  'signed-in': { th: 'เข้าสู่ระบบด้วย{thWay} จาก {thDevice}', en: 'Signed in with {enWay}, from {enDevice}' },
  'signed-in-plain': { th: 'เข้าสู่ระบบ จาก {thDevice}', en: 'Signed in, from {enDevice}' },
  'sign-in-failed': {
    th: 'มีผู้พยายามเข้าสู่ระบบไม่สำเร็จ จาก {thDevice}',
    en: 'Somebody tried to sign in and did not succeed, from {enDevice}',
    isWarning: true,
  },
  'device-confirmed': {
    th: 'ยืนยันอุปกรณ์ใหม่ทางอีเมล: {thDevice}',
    en: 'A new device was confirmed by e-mail: {enDevice}',
    isWarning: true,
  },
  'passkey-copied': {
    th: 'ปฏิเสธพาสคีย์ “{name}” เพราะตัวนับย้อนหลัง อาจมีผู้คัดลอกไป',
    en: 'The passkey “{name}” was refused: its counter went back, so it may have been copied',
    isWarning: true,
  },
  'authenticator-added': { th: 'เพิ่ม{thWay} “{name}”', en: 'Added {enWay} “{name}”' },
  'authenticator-renamed': { th: 'เปลี่ยนชื่อ “{before}” เป็น “{name}”', en: 'Renamed “{before}” to “{name}”' },
  'authenticator-removed': { th: 'ลบ{thWay} “{name}”', en: 'Removed {enWay} “{name}”', isWarning: true },
  'password-changed': { th: 'เปลี่ยนรหัสผ่าน', en: 'The password was changed' },
  'recovery-codes-renewed': { th: 'ออกรหัสกู้คืนชุดใหม่', en: 'New recovery codes were made' },
  'recovery-code-used': {
    th: 'ใช้รหัสกู้คืนหนึ่งรหัส เหลือ {left} รหัส',
    en: 'A recovery code was used; {left} are left',
    isWarning: true,
  },
  'recovery-begun': {
    th: 'มีการขอกู้คืนบัญชี จะมีผลหลังเวลาที่กำหนด',
    en: 'Recovery of the account was asked for; it takes effect after a waiting time',
    isWarning: true,
  },
  'recovery-cancelled': { th: 'ยกเลิกการกู้คืนบัญชี', en: 'Recovery of the account was cancelled' },
  'recovery-completed': { th: 'กู้คืนบัญชีสำเร็จ', en: 'The account was recovered', isWarning: true },
  frozen: {
    th: 'ระงับบัญชี ปิดการเข้าใช้ ความยินยอม และการทำการแทนทั้งหมด',
    en: 'The account was frozen: sessions, consents and mandates were stopped',
    isWarning: true,
  },
  unfrozen: { th: 'เปิดใช้บัญชีอีกครั้ง', en: 'The account was opened again' },
  'given-reviewed': {
    th: 'ตรวจสิ่งที่ให้ไว้ก่อนเปิดบัญชี: ใช้ต่อ {kept} รายการ ยกเลิก {withdrawn} รายการ',
    en: 'What was given lately was reviewed: {kept} went on, {withdrawn} withdrawn',
  },
  'email-proved': {
    th: 'ยืนยันอีเมล {address}',
    en: 'The e-mail address {address} was confirmed',
    isWarning: true,
  },
  'email-removed': {
    th: 'ลบอีเมล {address}',
    en: 'The e-mail address {address} was removed',
    isWarning: true,
  },
  'session-ended': { th: 'ปิดการเข้าใช้ของอุปกรณ์เครื่องหนึ่ง', en: 'A session on a device was ended' },
} as const satisfies HistoryKinds

export type SecurityHistoryKind = keyof typeof securityHistory
