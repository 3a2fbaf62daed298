import type { GatewaySettings } from '../settings.ts'
import { type Check, good, warning } from './check.ts'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Who stands between others and the edge comes from this machine, and would speak for these subsystems. */
export function checkOpenEdge({
  id,
  edgeOrigin,
  withoutCredential,
}: Pick<GatewaySettings, 'id' | 'edgeOrigin' | 'withoutCredential'>): Check {
  const local = URL.canParse(edgeOrigin) && loopback.test(new URL(edgeOrigin).hostname)
  if (local || withoutCredential.length === 0) {
    return good('open-edge', {
      th: 'ไม่มีเครื่องอื่นเรียกได้โดยไม่ต้องมีข้อมูลยืนยันตัวตน',
      en: 'no other machine calls without a credential',
    })
  }
  const make = `sapan credential add NAME --for ${withoutCredential[0]} --gateway ${id}`
  const those = withoutCredential.join(', ')
  return warning(
    'open-edge',
    {
      th: `เรียกได้จากเครื่องอื่นที่ ${edgeOrigin} แต่ ${those} ไม่ต้องมีข้อมูลยืนยันตัวตนเมื่อเรียกจากเครื่องนี้`,
      en: `other machines reach ${edgeOrigin}, and ${those} need no credential from this one`,
    },
    {
      th: `ลบ withoutCredential เมื่อแต่ละระบบมีข้อมูลยืนยันตัวตนแล้ว: ${make}`,
      en: `remove withoutCredential once each of them has a credential: ${make}`,
    },
  )
}
