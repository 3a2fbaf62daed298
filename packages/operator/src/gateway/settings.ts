import { settingsRoute } from '../parts/settings-page.ts'
import type { OperatorRoute } from '../visitor.ts'
import { settingWords } from './setting-words.ts'

export function settingsRoutes(): OperatorRoute[] {
  return [
    settingsRoute({
      needs: 'whole',
      lead: {
        th: 'ค่าที่เกตเวย์นี้ใช้อยู่ รวมค่าปริยาย',
        en: 'What the gateway goes by, also where it was told nothing.',
      },
      how: {
        th: 'แก้ในแฟ้ม gateway.yaml แล้วเปิดเกตเวย์ใหม่ เมื่อมีเกตเวย์หลายเครื่องบนฐานข้อมูลเดียวกัน เปิดใหม่ทีละเครื่องโดยไม่หยุดบริการ',
        en: 'They are changed in gateway.yaml, and taken at the next start. Of several gateways on one database one after the other is started again, and nobody waits.',
      },
      meanings: settingWords,
    }),
  ]
}
