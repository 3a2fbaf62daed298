import { describe, expect, it } from 'vitest'
import { recipientsOf } from '../../src/submission/recipients.ts'
import { type BoatOffice, boatOffice, mali, people } from './office.ts'

const { mali: agent, somchai: giver } = people
const name = { th: 'สมชาย', en: 'Somchai' }
const from = Date.parse('2026-01-01T00:00:00+07:00')

/** What the agent holds of the giver, as identity tells it. */
function holding(office: BoatOffice, over: { endedAt?: number; suspended?: boolean }, again?: object) {
  const mandate = {
    ...{ id: 'given', source: 'person', giver: giver.account, holder: agent.account, from, suspended: false },
    ...{ name, scopes: [], content: {}, ...over },
  }
  const held = [mandate, ...(again === undefined ? [] : [{ ...mandate, endedAt: undefined, ...again }])]
  const mandates = {
    own: async () => mandate,
    of: async () => [],
    interests: async (account: string) => ({ held: account === agent.account ? held : [], silent: [] }),
    mayBeUnderAge: async () => false,
    act: async () => ({ mandate: 'given' }),
  }
  Object.assign(office.ground.rooms, { mandates })
}

async function told(office: BoatOffice, id: string): Promise<readonly string[]> {
  const found = await office.cases.byId(office.ground.pool, id)
  return found === undefined ? [] : await recipientsOf(office.ground, found)
}

describe('who is told of a case', () => {
  it('is whose it is; for another they, and who handed it in as long as they act for them', async () => {
    await using office = await boatOffice({ applicant: { as: ['self', 'person'], scope: 'apply' } })
    holding(office, {})
    const party = { scheme: 'national-id', id: giver.number } as const
    const applicant = { account: agent.account, kind: 'person', ...party, name, mandate: 'given' } as const
    const id = await office.submit(await office.draft({ applicant }), mali(office.at))
    expect(await told(office, id)).toEqual([agent.account, giver.account])
    for (const over of [{ endedAt: office.at }, { suspended: true }]) {
      holding(office, over)
      expect(await told(office, id)).toEqual([giver.account])
    }
    // A mandate that was given anew is one.
    holding(office, { endedAt: office.at }, { id: 'again' })
    expect(await told(office, id)).toEqual([agent.account, giver.account])
    const own = await office.submit(await office.draft(), mali(office.at))
    expect(await told(office, own)).toEqual([agent.account])
  })
})
