import { counted, type Text } from '@sapan/kernel'
import type { QueueStanding } from '../../queue/store/standing.ts'
import { bad, type Check, type CheckCode, good, warning } from './check.ts'

const hour = 3600

/** Messages and events that do not get on. The commands that help name the gateway, as a home may have several. */
export function checkMessages(
  gateway: string,
  { dead, notSent, notTaken, stuckTopics }: QueueStanding,
): Check[] {
  const deadOnes = `sapan message list --state dead --gateway ${gateway}`
  const queued = `sapan message list --state queued --gateway ${gateway}`
  const untaken = `sapan message list --received --state waiting --gateway ${gateway}`
  const followed = `sapan message followed --gateway ${gateway}`
  return [
    some('dead-letters', dead, {
      none: { th: 'ไม่มีข้อความที่ส่งไม่สำเร็จ', en: 'there are no dead letters' },
      text: {
        th: `มีข้อความที่ส่งไม่สำเร็จ ${dead} ข้อความ รอคนดูแล`,
        en: `${counted(dead, 'dead letter')} ${dead === 1 ? 'waits' : 'wait'} for a person`,
      },
      next: { th: deadOnes, en: deadOnes },
    }),
    waiting('messages-not-sent', notSent, {
      th: `ตรวจว่าติดต่อเกตเวย์ของผู้รับได้: ${queued}`,
      en: `see that the receivers' gateways can be reached: ${queued}`,
    }),
    waiting('messages-not-taken', notTaken, {
      th: `ตรวจระบบของผู้รับ: ${untaken}`,
      en: `see to the systems that they are for: ${untaken}`,
    }),
    some('topics-stuck', stuckTopics, {
      none: { th: 'ข่าวถึงระบบครบ', en: 'events are handed over' },
      text: {
        th: `หัวข้อข่าว ${stuckTopics} หัวข้อส่งให้ระบบไม่ได้`,
        en: `events of ${counted(stuckTopics, 'topic')} could not be handed over`,
      },
      next: { th: followed, en: followed },
    }),
  ]
}

function some(
  code: CheckCode,
  count: number,
  { none, text, next }: { readonly none: Text; readonly text: Text; readonly next: Text },
): Check {
  return count === 0 ? good(code, none) : warning(code, text, next)
}

const who = {
  'messages-not-sent': { th: 'รอส่ง', en: 'to be delivered' },
  'messages-not-taken': { th: 'รอระบบของสมาชิกรับ', en: "to be taken by members' systems" },
}

/** An hour is more than every retry of a system that was down for a moment; after a day somebody must look. */
function waiting(
  code: keyof typeof who,
  { count, oldestSeconds }: QueueStanding['notSent'],
  next: Text,
): Check {
  const hours = Math.floor(oldestSeconds / hour)
  const { th, en } = who[code]
  const age = {
    th: hours === 0 ? '' : ` นานสุด ${hours} ชั่วโมง`,
    en: hours === 0 ? '' : `, the oldest for ${counted(hours, 'hour')}`,
  }
  const text = { th: `${count} ข้อความ${th}${age.th}`, en: `${counted(count, 'message')} ${en}${age.en}` }
  if (hours < 1) return good(code, text)
  return hours < 24 ? warning(code, text, next) : bad(code, text, next)
}
