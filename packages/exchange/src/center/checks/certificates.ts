import { counted } from '@sapan/kernel'
import type { CertificateRow } from '../store/certificates.ts'
import { bad, type Check, good, warning } from './check.ts'

const day = 86_400_000
/** A third of a year to bring the offline root. */
export const issuerWarning = 120 * day
/** As many as anybody reads. */
const mostNamed = 5

/** The issuer's certificate is renewed with the offline root, by hand. */
export function checkIssuer(endsAt: number, now: number): Check {
  const days = Math.floor((endsAt - now) / day)
  const command = 'sapan center renew-issuer --config center.yaml'
  const next = {
    th: `นำกุญแจรากกลับเข้า keys/offline แล้วสั่ง ${command}`,
    en: `bring the root back into keys/offline, then: ${command}`,
  }
  if (days < 0) {
    return bad(
      'issuer',
      { th: 'ผู้ออกใบรับรองหมดอายุ: ออกใบรับรองไม่ได้', en: 'the issuer has ended: nothing can be certified' },
      next,
    )
  }
  const text = {
    th: `ผู้ออกใบรับรองเหลือ ${days} วัน`,
    en: `the issuer has ${counted(days, 'day')} left`,
  }
  return endsAt - now < issuerWarning ? warning('issuer', text, next) : good('issuer', text)
}

/** One of the center's own: it is renewed by itself from two thirds of its life on. */
export function checkOwnCertificate(
  use: string,
  { issuedAt, notAfter }: Pick<CertificateRow, 'issuedAt' | 'notAfter'>,
  now: number,
): Check {
  const days = Math.floor((notAfter - now) / day)
  const next = { th: 'ดูบันทึกของศูนย์กลาง แล้วเปิดใหม่', en: "look into the center's log, then start it again" }
  if (days < 0) return bad('certificate', { th: `${use}: หมดอายุแล้ว`, en: `${use}: it has ended` }, next)
  const text = { th: `${use}: เหลือ ${days} วัน`, en: `${use}: ${counted(days, 'day')} left` }
  if (!isLate({ issuedAt, notAfter }, now)) return good('certificate', text)
  return warning(
    'certificate',
    {
      th: `${text.th} ควรต่ออายุเองไปแล้ว`,
      en: `${text.en}; it should have been renewed by itself before now`,
    },
    next,
  )
}

type Held = Pick<CertificateRow, 'use' | 'holder' | 'issuedAt' | 'notAfter'>

/**
 * Gateways renew theirs at two thirds of their life. Who did not by three quarters is silent, or cannot reach the center:
 * the newest of each holder and use tells. Of one that ended nothing is said: who left is not looked after.
 */
export function checkMemberCertificates(inForce: readonly Held[], now: number): Check {
  const all = [...Map.groupBy(inForce, ({ use, holder }) => `${use} ${holder}`)].map(([what, held]) => ({
    what,
    ...held.reduce((a, b) => (b.notAfter > a.notAfter ? b : a)),
  }))
  const late = all.filter((newest) => isLate(newest, now)).sort((a, b) => a.notAfter - b.notAfter)
  if (late.length === 0) {
    return good('member-certificates', {
      th: `ใบรับรองของสมาชิก ${all.length} ใบต่ออายุตามเวลา`,
      en: `${counted(all.length, 'certificate')} of members: renewed in time`,
    })
  }
  const named = late
    .slice(0, mostNamed)
    .map(({ what, notAfter }) => ({ what, days: Math.floor((notAfter - now) / day) }))
  const left = late.length - named.length
  return warning(
    'member-certificates',
    {
      th: `ไม่ได้ต่ออายุตามเวลา: ${named.map(({ what, days }) => `${what} (เหลือ ${days} วัน)`).join(', ')}${left > 0 ? ` และอีก ${left}` : ''}`,
      en: `not renewed in time: ${named.map(({ what, days }) => `${what} (${counted(days, 'day')} left)`).join(', ')}${left > 0 ? ` and ${left} more` : ''}`,
    },
    {
      th: 'แจ้งผู้ดูแลเกตเวย์: ตรวจว่าติดต่อศูนย์กลางได้ แล้วสั่ง sapan cert renew',
      en: 'tell who runs them: see that the center can be reached, then: sapan cert renew',
    },
  )
}

function isLate({ issuedAt, notAfter }: Pick<CertificateRow, 'issuedAt' | 'notAfter'>, now: number): boolean {
  return notAfter - now < (notAfter - issuedAt) / 4
}
