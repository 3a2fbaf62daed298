import type { ClockStanding } from '../clock-watch.ts'
import { bad, type Check, good, warning } from './check.ts'

/** From here on somebody should look, long before messages are refused. */
const noticeable = 2

/** The clock against the center's and those of other gateways. */
export function checkClock({ center, peers, off }: ClockStanding): Check {
  if (center === null && peers === null) {
    return warning(
      'clock',
      { th: 'ยังเทียบเวลากับศูนย์กลางไม่ได้', en: 'the time could not be compared with the center yet' },
      { th: 'ตรวจว่าติดต่อศูนย์กลางได้', en: 'see that the center can be reached' },
    )
  }
  const text = {
    th: `นาฬิกาต่างจาก${said(center, peers, 'ศูนย์กลาง', 'เกตเวย์อื่น', 'วินาที')}`,
    en: `the clock differs from ${said(center, peers, "the center's by", "other gateways' by", 's')}`,
  }
  if (off === 'center') {
    const next = {
      th: 'แจ้งผู้ดูแลศูนย์กลาง: นาฬิกาของเกตเวย์อื่นตรงกับเครื่องนี้',
      en: "tell the center's operator: the clocks of other gateways agree with this one",
    }
    return warning('clock', text, next)
  }
  const next = { th: 'ตั้งนาฬิกาของเครื่องด้วย NTP', en: "set this machine's clock by NTP" }
  if (off === 'ours') return bad('clock', text, next)
  const isNear = [center, peers].every((skew) => Math.abs(skew ?? 0) <= noticeable)
  return isNear ? good('clock', text) : warning('clock', text, next)
}

function said(center: number | null, peers: number | null, toCenter: string, toPeers: string, unit: string) {
  const parts = [
    ...(center === null ? [] : [`${toCenter} ${center} ${unit}`]),
    ...(peers === null ? [] : [`${toPeers} ${peers} ${unit}`]),
  ]
  return parts.join(', ')
}
