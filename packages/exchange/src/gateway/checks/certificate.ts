import { counted } from '@sapan/kernel'
import type { KnownCertificate } from '../../directory/view.ts'
import { bad, type Check, good, warning } from './check.ts'

const dayMs = 86_400_000

type Certificate = Pick<KnownCertificate, 'use' | 'holder' | 'notBefore' | 'notAfter'>

/** The newest certificate of each holder and use: it is renewed by itself from two thirds of its life on. */
export function checkCertificates(
  gateway: string,
  certificates: readonly Certificate[],
  now: number,
): Check[] {
  const own = Map.groupBy(certificates, ({ use, holder }) => `${use} ${holder}`)
  return [...own].map(([what, [first, ...others]]) => {
    const newest = others.reduce((a, b) => (b.notAfter > a.notAfter ? b : a), first as Certificate)
    return checkOne(gateway, what, newest, now)
  })
}

function checkOne(gateway: string, what: string, { notBefore, notAfter }: Certificate, now: number): Check {
  const left = notAfter - now
  const days = Math.floor(left / dayMs)
  const next = { th: `sapan cert renew --gateway ${gateway}`, en: `sapan cert renew --gateway ${gateway}` }
  if (left <= 0) {
    return bad('certificate', { th: `${what}: หมดอายุแล้ว`, en: `${what}: it has ended` }, next)
  }
  const text = { th: `${what}: เหลือ ${days} วัน`, en: `${what}: ${counted(days, 'day')} left` }
  if (left >= (notAfter - notBefore) / 4) return good('certificate', text)
  return warning(
    'certificate',
    {
      th: `${text.th} ควรต่ออายุเองไปแล้ว`,
      en: `${text.en}; it should have been renewed by itself before now`,
    },
    next,
  )
}
