import type { Logger, Pool } from '@sapan/kernel'
import type { History } from '../history/history.ts'
import { deviceWords } from '../provider/device-words.ts'
import type { Devices } from './devices.ts'
import type { NameVisit } from './name-sign-in.ts'

export interface FailureGround {
  readonly pool: Pool
  readonly log: Logger
  readonly history: Pick<History, 'record'>
  readonly devices: Pick<Devices, 'isKnown'>
}

/**
 * Writes into an account's history that somebody failed to sign in to it, and from which device. Nobody waits for it: that
 * there is somebody to tell must not be felt.
 */
export function noteFailures(ground: FailureGround): (account: string, visit: NameVisit) => void {
  return (account, visit) => {
    note(ground, account, visit).catch((error: unknown) =>
      ground.log.error({ err: error, uid: visit.uid }, 'a failure was not written down'),
    )
  }
}

async function note(
  { pool, history, devices }: FailureGround,
  account: string,
  { device, userAgent }: NameVisit,
): Promise<void> {
  const { th, en } = deviceWords(userAgent)
  const detail = (await devices.isKnown(account, device))
    ? { thDevice: `${th} (อุปกรณ์ที่คุณเคยใช้)`, enDevice: `${en} (a device that you used before)` }
    : { thDevice: `${th} (ไม่เคยใช้กับบัญชีนี้)`, enDevice: `${en} (never used for this account)` }
  await history.record(pool, { account, kind: 'sign-in-failed', detail })
}
