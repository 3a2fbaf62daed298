import { bad, type Check, good, warning } from './check.ts'

/** From here on somebody should look, long before messages are refused. */
const noticeable = 2

/** The clock against the center's: messages are refused where they differ by more than `most` seconds. */
export function checkClock(clockSkew: number | null, most: number): Check {
  if (clockSkew === null) {
    return warning(
      'clock',
      { th: 'ยังเทียบเวลากับศูนย์กลางไม่ได้', en: 'the time could not be compared with the center yet' },
      { th: 'ตรวจว่าติดต่อศูนย์กลางได้', en: 'see that the center can be reached' },
    )
  }
  const text = {
    th: `นาฬิกาต่างจากศูนย์กลาง ${clockSkew} วินาที`,
    en: `the clock differs from the center's by ${clockSkew} s`,
  }
  if (Math.abs(clockSkew) <= noticeable) return good('clock', text)
  const next = { th: 'ตั้งนาฬิกาของเครื่องด้วย NTP', en: "set this machine's clock by NTP" }
  return Math.abs(clockSkew) > most ? bad('clock', text, next) : warning('clock', text, next)
}
