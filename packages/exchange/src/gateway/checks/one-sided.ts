import { counted } from '@sapan/kernel'
import { type Check, good, warning } from './check.ts'

/** Exchanges that a crash left one-sided are settled within minutes, where the other gateway answers. */
export function checkOneSided(unsettled: readonly { readonly peer: string }[]): Check {
  if (unsettled.length === 0) {
    return good('one-sided', { th: 'ทุกการแลกเปลี่ยนมีหลักฐานครบ', en: 'every exchange is settled' })
  }
  const peers = [...new Set(unsettled.map(({ peer }) => peer))].slice(0, 3).join(', ')
  return warning(
    'one-sided',
    {
      th: `${unsettled.length} การแลกเปลี่ยนกับ ${peers} ยังไม่ได้ข้อยุติเกินหนึ่งชั่วโมง`,
      en: `${counted(unsettled.length, 'exchange')} with ${peers} not settled for more than an hour`,
    },
    {
      th: 'ตรวจว่าติดต่อเกตเวย์ของฝ่ายนั้นได้ ระบบจะปรับให้ตรงกันเอง',
      en: 'see that the gateway of that side can be reached; it is settled by itself then',
    },
  )
}
