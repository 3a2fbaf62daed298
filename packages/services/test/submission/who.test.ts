import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ServicesGround } from '../../src/ground.ts'
import { actsFor, partyOf } from '../../src/submission/who.ts'

const now = Date.parse('2026-11-23T09:00:00+07:00')
const hour = 3_600_000
const company = '0105561234567'
const register = { th: 'ทะเบียนบริษัท', en: 'The company register' }

/** A visitor who chose to act for a company, by a mandate that stands as given; the company register may be silent. */
function acting(stands: { from?: number; till?: number; suspended?: boolean }, isSilent = false) {
  const mandate = randomUUID()
  const one = {
    ...{ id: mandate, source: 'company', content: { number: company }, from: now - hour, suspended: false },
    ...stands,
  }
  const silent = isSilent ? [{ source: 'company', name: register }] : []
  const mandates = { interests: async () => ({ held: [one], silent }) }
  const rooms = { mandates } as object as ServicesGround['rooms']
  return {
    ground: { rooms, hashKey: Buffer.alloc(32, 1), clock: () => now },
    who: { account: randomUUID(), acting: { mandate, name: 'บริษัท เรือทอง จำกัด' } },
  }
}

const party = { scheme: 'juristic-id', id: company }

describe('for whom a visitor acts', () => {
  it('is whom the mandate is about that they chose, while it is in force', async () => {
    const { ground, who } = acting({})
    expect(await actsFor(ground, who)).toEqual({ party })
    expect(await partyOf(ground, who)).toEqual(party)
  })

  it('is nobody else where the mandate is suspended, has not begun, or is over', async () => {
    for (const stands of [{ suspended: true }, { from: now + hour }, { till: now }])
      for (const isSilent of [false, true]) {
        const { ground, who } = acting(stands, isSilent)
        expect(await actsFor(ground, who)).toBeUndefined()
        expect(await partyOf(ground, who)).toBeUndefined()
      }
  })

  it('is named, but not acted for, while the register that would say so is silent', async () => {
    const { ground, who } = acting({}, true)
    expect(await actsFor(ground, who)).toEqual({ party, silent: register })
    expect(await partyOf(ground, who)).toBeUndefined()
  })
})
