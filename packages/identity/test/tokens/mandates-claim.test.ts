import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mandatesClaim } from '../../src/provider/mandates-claim.ts'
import { type Person, World } from '../mandates/world.ts'

let world: World
let told: ReturnType<typeof mandatesClaim>
beforeAll(async () => {
  world = await World.open()
  told = mandatesClaim(world.mandates)
})
afterAll(() => world.close())

async function given(giver: Person, holder: Person, agencies?: string[]): Promise<string> {
  const till = world.now + 86_400_000
  const limits = agencies ? { agencies } : {}
  const terms = { scopes: ['apply'], limits, from: world.now, till }
  const { id } = await world.mandates.proposals.propose(giver, {
    direction: 'give',
    to: { number: holder.number },
    terms,
  })
  return (await world.mandates.proposals.answer(holder, id, {})) ?? ''
}

describe('what a client is told of for whom a person may act', () => {
  test('is each mandate with the kinds of act, and how they may be done', async () => {
    const [director, other] = [await world.person(), await world.person()]
    const number = world.company([director, other], { kind: 'any', count: 2, seal: false })
    const [mandate] = await told(director.account, 'TH/GOV/RD')
    expect(mandate).toMatchObject({ source: 'company', number })
    expect(mandate?.scopes.some(({ how }) => how === 'jointly')).toBe(true)
  })

  test('leaves out a mandate that is for other agencies', async () => {
    const [giver, holder] = [await world.person(), await world.person()]
    const id = await given(giver, holder, ['TH/GOV/RD'])
    expect(await told(holder.account, 'TH/GOV/RD')).toMatchObject([
      { id, source: 'person', scopes: [{ code: 'apply', how: 'alone' }] },
    ])
    expect(await told(holder.account, 'TH/GOV/DOPA')).toEqual([])
    expect(await told(holder.account, undefined)).toEqual([])
  })

  test('is told no more once it was taken back, and never to the giver', async () => {
    const [giver, holder] = [await world.person(), await world.person()]
    const id = await given(giver, holder)
    expect(await told(giver.account, 'TH/GOV/RD')).toEqual([])
    expect(await told(holder.account, 'TH/GOV/RD')).toHaveLength(1)
    await world.mandates.withdraw(giver, id)
    expect(await told(holder.account, 'TH/GOV/RD')).toEqual([])
  })

  test('tells no number of a person', async () => {
    const [giver, holder] = [await world.person(), await world.person()]
    await given(giver, holder)
    expect(JSON.stringify(await told(holder.account, 'TH/GOV/RD'))).not.toContain(giver.number)
  })
})
