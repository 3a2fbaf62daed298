import { type Check, good, warning } from '../checks/check.ts'
import { kindOfChannel } from './channel.ts'
import type { Alert } from './store.ts'
import type { AlertSubject } from './subject.ts'

/** After so many attempts, some minutes, it is no hiccup. */
const most = 3

/** Whether the operator can be told: a channel that takes nothing is told of on the others. */
export function checkAlerts(
  alerts: readonly Pick<Alert, 'channels'>[],
  subject: AlertSubject,
): Check<'alerts'> {
  const failing = alerts.flatMap(({ channels }) =>
    Object.entries(channels).filter(([, { attempts }]) => attempts >= most),
  )
  const kinds = [...new Set(failing.map(([name]) => kindOfChannel(name)))].join(', ')
  if (kinds === '') {
    return good('alerts', { th: 'ไม่มีการแจ้งเตือนที่ส่งไม่ได้', en: 'no alert waits to be taken' })
  }
  const test =
    'gateway' in subject ? `sapan alert test --gateway ${subject.gateway}` : 'sapan alert test --center'
  return warning(
    'alerts',
    { th: `ช่องทางแจ้งเตือนไม่รับ: ${kinds}`, en: `alerts are not taken by: ${kinds}` },
    { th: test, en: test },
  )
}
