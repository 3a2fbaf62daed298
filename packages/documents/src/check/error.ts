import type { Text } from '@sapan/kernel'

const texts = {
  unreadable: { th: 'อ่านไฟล์นี้ไม่ได้', en: 'The file cannot be read' },
  unknown: { th: 'ไม่ใช่ไฟล์ชนิดที่ตรวจได้', en: 'The file is not of a kind that can be checked' },
  encrypted: { th: 'ไฟล์เข้ารหัสไว้ ต้องใช้รหัสผ่าน', en: 'The file is encrypted and needs its password' },
  'wrong-password': { th: 'รหัสผ่านไม่ถูกต้อง', en: 'The password is wrong' },
  'too-complex': {
    th: 'ไฟล์ซับซ้อนเกินขอบเขตที่ตรวจได้',
    en: 'The file is too complex to be checked within the limits',
  },
} as const satisfies Record<string, Text>

export type CheckErrorCode = keyof typeof texts

/** The file is none about which a report could say anything. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
  readonly code: CheckErrorCode
  readonly text: Text

  constructor(code: CheckErrorCode, detail?: string) {
    super(detail ? `${texts[code].en}: ${detail}` : texts[code].en)
    this.code = code
    this.text = texts[code]
  }
}
