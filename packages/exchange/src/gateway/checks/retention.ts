import { counted } from '@sapan/kernel'
import type { RetentionStanding } from '../../evidence/retention.ts'
import { type Check, good, warning } from './check.ts'

const dayMs = 86_400_000

/** A rule of retention that is a day behind is not carried out as the law has it. */
export function checkRetention({ rule, erased, behind }: RetentionStanding): Check {
  const { days, service, purpose, law } = rule
  const about = [service, purpose, law].filter((one) => one !== undefined).join(', ')
  const text = {
    th: `เก็บเนื้อความ ${about || 'ทั้งหมด'} ${days} วัน ลบแล้ว ${erased} ข้อความ`,
    en: `content of ${about || 'everything'} is kept for ${counted(days, 'day')}: ${counted(erased, 'message')} erased`,
  }
  if (behind < dayMs) return good('retention', text)
  const late = Math.floor(behind / dayMs)
  return warning(
    'retention',
    { th: `${text.th} ช้ากว่ากำหนด ${late} วัน`, en: `${text.en}, ${counted(late, 'day')} late` },
    {
      th: 'เปิดเกตเวย์ไว้จนลบครบ หากไม่ลดลงให้ดูบันทึกของเกตเวย์',
      en: 'let the gateway run until it is done; look into its log where it does not get less',
    },
  )
}
