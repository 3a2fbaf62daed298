import { counted, type Text } from '@sapan/kernel'
import { type Check, good, warning } from './check.ts'

/** The last try to renew a certificate, where it was in vain. */
export interface RenewalFailure {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly reason: Text
}

/** Long before a certificate ends: a renewal that fails is tried again with each look, and says why. */
export function checkRenewal(gateway: string, failure: RenewalFailure | null, now: number): Check {
  if (failure === null) {
    return good('renewal', { th: 'ไม่มีการต่ออายุที่ล้มเหลว', en: 'no renewal of a certificate failed' })
  }
  const minutes = Math.max(0, Math.floor((now - failure.at) / 60_000))
  const next = `sapan cert renew --gateway ${gateway}`
  return warning(
    'renewal',
    {
      th: `ต่ออายุใบรับรองไม่สำเร็จเมื่อ ${minutes} นาทีก่อน: ${failure.reason.th}`,
      en: `a certificate could not be renewed ${counted(minutes, 'minute')} ago: ${failure.reason.en}`,
    },
    {
      th: `ตรวจว่าติดต่อศูนย์กลางได้ แล้ว ${next}`,
      en: `see that the center can be reached, then ${next}`,
    },
  )
}
