import type { Membership } from '@sapan/exchange'
import { describe, expect, it } from 'vitest'
import { checkJoined } from '../src/run/check-joined.ts'

describe('a gateway that joined', () => {
  const membership: Membership = {
    instance: 'TH',
    center: 'https://center.example',
    rootFingerprint: '',
    root: '',
    gateway: 'TH/GOV/DLT/gateway-1',
    peer: 'https://gateway.dlt.example',
    chain: [],
    tls: [],
    members: [{ id: 'TH/GOV/DLT', signing: [] }],
  }
  const said = { id: 'TH/GOV/DLT/gateway-1' }

  it('runs under the name that its certificates have', () => {
    expect(() => checkJoined(said, membership, 'gateway.yaml')).not.toThrow()
  })

  it.each([['another name', { id: 'TH/GOV/DLT/gateway-9' }, /id is TH\/GOV\/DLT\/gateway-9, but/]])(
    'does not run under %s',
    (_what, other, words) => {
      expect(() => checkJoined(other, membership, 'gateway.yaml')).toThrow(words)
    },
  )
})
