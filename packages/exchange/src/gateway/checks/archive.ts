import { counted } from '@sapan/kernel'
import type { ArchiveStanding } from '../../evidence/archive/standing.ts'
import type { ArchivingFailure } from '../archiving.ts'
import { bad, type Check, good, warning } from './check.ts'

const dayMs = 86_400_000

/** Nothing is lost while the archive is away: contents stay in the database, and those in the archive are not told. */
export function checkArchive(
  gateway: string,
  { place, segments, records, bytes, behind }: ArchiveStanding,
  failure: ArchivingFailure | null,
): Check {
  const now = `sapan evidence archive --gateway ${gateway}`
  const mebibytes = Math.ceil(bytes / 2 ** 20)
  if (place === null) {
    return bad(
      'archive',
      {
        th: `ข้อความ ${records} รายการอยู่ในคลัง แต่ไฟล์ตั้งค่าไม่มี evidence.archive`,
        en: `${counted(records, 'message')} lie in an archive, and the configuration has no evidence.archive`,
      },
      {
        th: 'ใส่ evidence.archive เดิมกลับใน gateway.yaml แล้วเปิดเกตเวย์ใหม่',
        en: 'put the evidence.archive that there was back into gateway.yaml, and start the gateway again',
      },
    )
  }
  const text = {
    th: `คลัง ${place}: ${records} ข้อความใน ${segments} ไฟล์ ${mebibytes} MiB`,
    en: `archive ${place}: ${counted(records, 'message')} in ${counted(segments, 'file')}, ${mebibytes} MiB`,
  }
  if (failure !== null) {
    return warning(
      'archive',
      {
        th: `${text.th} รอบล่าสุดไม่สำเร็จ: ${failure.reason.th}`,
        en: `${text.en}; the last round failed: ${failure.reason.en}`,
      },
      {
        th: `ตรวจว่าเกตเวย์เข้าถึงและเขียนคลังได้ แล้วสั่ง ${now}`,
        en: `see that the gateway reaches the archive and may write to it, then: ${now}`,
      },
    )
  }
  if (behind < dayMs) return good('archive', text)
  const late = Math.floor(behind / dayMs)
  return warning(
    'archive',
    { th: `${text.th} ช้ากว่ากำหนด ${late} วัน`, en: `${text.en}, ${counted(late, 'day')} late` },
    {
      th: `เปิดเกตเวย์ไว้จนครบ หรือสั่ง ${now}`,
      en: `let the gateway run until it is done, or: ${now}`,
    },
  )
}
