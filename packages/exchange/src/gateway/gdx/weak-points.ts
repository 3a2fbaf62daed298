import type { Text } from '@sapan/kernel'

/** What GDX's interface does not protect by its design, whoever serves it: told to operators wherever its callers are listed. */
export const gdxWeakPoints: readonly Text[] = [
  {
    th: 'รหัสลับและเลขประจำตัวประชาชนอยู่ใน URL จึงอาจค้างอยู่ในบันทึกของพร็อกซีและระบบของผู้เรียก',
    en: 'The secret and citizen ids stand in URLs, and may stay in logs of proxies and of the caller',
  },
  {
    th: 'ใครได้โทเคนกับ Consumer-Key ไป ก็เรียกแทนระบบนั้นได้จนกว่าโทเคนจะหมดอายุ',
    en: 'Whoever gets token and Consumer-Key calls as that system until the token ends',
  },
  {
    th: 'ผู้เรียกไม่ได้ลงลายมือชื่อ หลักฐานจึงพิสูจน์ได้ถึงเกตเวย์ ไม่ถึงระบบของผู้เรียก',
    en: 'The caller signs nothing: evidence proves what the gateway asked, not that the system asked it',
  },
  {
    th: 'AgentID เป็นเพียงคำบอกของผู้เรียก ไม่ได้พิสูจน์ว่าใครเป็นผู้กระทำ',
    en: 'AgentID is what the caller says, and no proof of who acted',
  },
]

/** How a caller leaves the GDX edge, step by step. */
export const wayOffGdx: readonly Text[] = [
  {
    th: 'ให้ข้อมูลยืนยันตัวตนของระบบเอง (sapan credential add)',
    en: 'Give the system a credential of its own (sapan credential add)',
  },
  {
    th: 'ให้ระบบเรียกเส้นทาง /r1/… ที่ตอบที่อยู่เดิมอยู่แล้ว พร้อม X-Road-Client',
    en: 'Let it call the path /r1/… by which the legacy address is answered, with X-Road-Client',
  },
  {
    th: 'เมื่อ “ใช้ล่าสุด” หยุดนิ่ง ให้เอาออกด้วย sapan gdx remove',
    en: 'When its last use stands still, take it out with sapan gdx remove',
  },
]
