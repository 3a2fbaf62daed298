import { plain, seconds, settingsRoute, type WordsOfSettings } from '../parts/settings-page.ts'
import type { OperatorRoute } from '../visitor.ts'

/** What each setting of `center.yaml` means to an operator. */
const settingWords: WordsOfSettings = {
  instance: plain('ชื่อเครือข่าย', 'The country'),
  publicUrl: plain('ที่อยู่ที่สมาชิกใช้', 'Where members reach the center'),
  alsoAt: plain('ที่อยู่ของศูนย์กลางเครื่องอื่น', 'Where further centers over the same database are'),
  validitySeconds: seconds('อายุของสารบบแต่ละฉบับ', 'How long a directory is good'),
  certificateSeconds: seconds('อายุของใบรับรองสมาชิก', 'How long certificates of members are good'),
  tokenSeconds: seconds('อายุของโทเคนเข้าร่วม', 'How long a token to join is good'),
  timestampPolicy: plain('นโยบายของการประทับเวลา', 'Policy of time-stamps'),
  witnesses: plain('พยานรายอื่น', 'Witnesses beside the center'),
  subjectTokens: plain('ผู้ออกโทเคนของประชาชน', 'Who vouches for people who ask about their own data'),
  'alerts.webhook': plain('ที่รับการแจ้งเตือน', 'Where alerts are posted'),
  'alerts.email.to': plain('ผู้รับการแจ้งเตือนทางอีเมล', 'Who gets alerts by e-mail'),
  'alerts.email.from': plain('ผู้ส่งการแจ้งเตือน', 'Sender of alerts'),
  'alerts.email.smtp': plain('ระบบอีเมลที่ส่งการแจ้งเตือน', 'Mail system for alerts'),
  'alerts.email.language': plain('ภาษาของอีเมลแจ้งเตือน', 'Language of alerts by e-mail'),
}

export function settingsRoutes(): OperatorRoute[] {
  return [
    settingsRoute({
      needs: 'look',
      lead: {
        th: 'ค่าที่ศูนย์กลางนี้ใช้อยู่ รวมค่าปริยาย',
        en: 'What the center goes by, also where it was told nothing.',
      },
      how: {
        th: 'แก้ในแฟ้ม center.yaml แล้วเปิดศูนย์กลางใหม่ เกตเวย์ทำงานต่อด้วยสารบบฉบับล่าสุดระหว่างนั้น',
        en: 'They are changed in center.yaml, and taken at the next start. Gateways go on with the newest directory meanwhile.',
      },
      meanings: settingWords,
    }),
  ]
}
