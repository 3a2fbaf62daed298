import { describe, expect, it } from 'vitest'
import { checkLog } from '../src/doctor/gateway.ts'

describe('the doctor looks at a log', () => {
  const step = { grade: 'done', size: 4, since: null, reason: null }
  const log = { member: 'TH/GOV/RD', size: 4, unsequenced: 0, checkpoint: step, witnesses: [], stamp: step }

  it('that goes on by itself', () => {
    expect(checkLog('RD', { ...log, recoverNeeded: null })).toMatchObject({ outcome: 'good' })
  })

  it('that stopped after a restore, and says how it goes on', () => {
    const recoverNeeded = { th: 'ถูกกู้จากสำเนาเก่า', en: 'it was restored from an older copy' }
    expect(checkLog('RD', { ...log, recoverNeeded })).toMatchObject({
      outcome: 'bad',
      text: { en: 'the log of TH/GOV/RD stopped: it was restored from an older copy' },
      next: { en: 'sapan gateway recover --member TH/GOV/RD' },
    })
  })
})
