import type { Text } from '@sapan/kernel'
import { inset, type SitePage } from '@sapan/ui'
import { h } from 'preact'
import { operatorPage } from '../parts/page.ts'
import { settingList } from '../parts/setting-list.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { settingWords } from './setting-words.ts'

const words = {
  title: { th: 'การตั้งค่า', en: 'Settings' },
  lead: {
    th: 'ค่าที่เกตเวย์นี้ใช้อยู่ รวมค่าปริยาย',
    en: 'What the gateway goes by, also where it was told nothing.',
  },
  how: {
    th: 'แก้ในแฟ้ม gateway.yaml แล้วเปิดเกตเวย์ใหม่ เมื่อมีเกตเวย์หลายเครื่องบนฐานข้อมูลเดียวกัน เปิดใหม่ทีละเครื่องโดยไม่หยุดบริการ',
    en: 'They are changed in gateway.yaml, and taken at the next start. Of several gateways on one database one after the other is started again, and nobody waits.',
  },
} as const satisfies Record<string, Text>

export function settingsRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator/settings', needs: 'whole', handle: settingsPage }]
}

async function settingsPage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { settings } = await operatorOf(request).door.get<{ settings: object }>('/v1/settings')
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    inset(h('p', null, words.how[language])),
    settingList(settings, settingWords, language),
  )
}
