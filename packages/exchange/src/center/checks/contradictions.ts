import { counted } from '@sapan/kernel'
import { bad, type Check, good } from './check.ts'

/** A log that showed its witness two pasts was changed, or came out of a backup without being recovered. */
export function checkContradictions(count: number): Check {
  if (count === 0) {
    return good('contradictions', {
      th: 'พยานไม่พบบันทึกที่ขัดกัน',
      en: 'the witness has met no contradiction',
    })
  }
  return bad(
    'contradictions',
    {
      th: `พยานพบบันทึกที่ขัดกัน ${count} ครั้ง`,
      en: `the witness has met ${counted(count, 'contradiction')}`,
    },
    {
      th: 'ดูรายการที่หน้าแรกของผู้ดูแลศูนย์กลาง แล้วสอบถามสมาชิกเจ้าของบันทึก',
      en: "see them on the first of the center's pages, then ask the member whose log it is",
    },
  )
}
