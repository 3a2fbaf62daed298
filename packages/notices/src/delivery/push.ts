import { kindTerm } from '../kinds.ts'
import { type Device, devicePlace } from '../push/device.ts'
import { openJson } from '../store/sealing.ts'
import type { DeliveryGround } from './deliver.ts'
import type { Outcome, Taken } from './outbox.ts'

/** A message for a screen that anybody may see is of no use after a day. */
const longestLife = 86_400_000

/** Hands one message to the push service of a device, and forgets a device that is gone. Throws where it is worth another try. */
export async function deliverPush(ground: DeliveryGround, taken: Taken): Promise<Outcome> {
  const { pool, clock, sealer } = ground
  if (taken.account === null || taken.kind === null) return { state: 'skipped', why: 'no account' }
  if (clock() - taken.created_at.getTime() > longestLife) return { state: 'skipped', why: 'too late' }
  const { rows } = await pool.query<{ content_sealed: Buffer }>(
    'select content_sealed from notices.device where id = $1 and account = $2',
    [taken.device_id, taken.account],
  )
  const recipient = await ground.addressOf(taken.account)
  if (rows[0] === undefined || recipient === undefined || taken.device_id === null) {
    return { state: 'skipped', why: 'no device' }
  }
  const device = openJson<Device>(sealer, rows[0].content_sealed, devicePlace(taken.device_id))
  const { language } = recipient
  const outcome = await ground.push.send(device, {
    kind: taken.kind,
    title: { th: 'คุณมีข้อความใหม่ที่สะพาน', en: 'You have a message at Sapan' }[language],
    body: kindTerm(taken.kind).name[language],
    language,
    path: `/me/inbox/${taken.message_id}`,
    tag: taken.message_id ?? '',
  })
  if (outcome === 'sent') return { state: 'sent' }
  if (outcome === 'gone') await pool.query('delete from notices.device where id = $1', [taken.device_id])
  return { state: 'skipped', why: outcome }
}
