import { bad, type Check, good, warning } from './check.ts'

interface Published {
  readonly version: number
  readonly issuedAt: number
  readonly validUntil: number
}

/** It is signed anew before half of its life is over; gateways warn from its end on. */
export function checkPublished(newest: Published | undefined, now: number): Check {
  const next = {
    th: 'ดูบันทึกของศูนย์กลาง: the directory could not be looked after',
    en: "look into the center's log: the directory could not be looked after",
  }
  if (newest === undefined) {
    return bad('directory', { th: 'ยังไม่เคยเผยแพร่สารบบ', en: 'no directory was ever published' }, next)
  }
  const { version, issuedAt, validUntil } = newest
  const left = Math.round((validUntil - now) / 1000)
  const text = {
    th: `สารบบรุ่น ${version} ใช้ได้อีก ${left} วินาที`,
    en: `directory version ${version}, good for another ${left} s`,
  }
  if (left <= 0) {
    const ended = {
      th: `สารบบรุ่น ${version} หมดอายุแล้ว`,
      en: `directory version ${version} is past its time`,
    }
    return bad('directory', ended, next)
  }
  if (issuedAt > now) {
    const ahead = {
      th: `สารบบรุ่น ${version} ลงเวลาในอนาคต`,
      en: `directory version ${version} is of the future`,
    }
    return warning('directory', ahead, { th: 'ตั้งนาฬิกาด้วย NTP', en: 'set the clock by NTP' })
  }
  return validUntil - now >= (validUntil - issuedAt) / 4
    ? good('directory', text)
    : warning('directory', text, next)
}
