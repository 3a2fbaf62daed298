import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const bornOn = async (account: string, birthDate: string) => {
  const profile = await world.accounts.profileOf(account)
  if (profile === undefined) throw new Error('no profile')
  await inTransaction(world.ground.pool, (client) =>
    world.accounts.saveProfile(client, account, { ...profile, birthDate }),
  )
}

describe('whether parents may act for somebody', () => {
  it.each([
    ['1970-05-01', false],
    ['2020-01-01', true],
    ['1970-00-00', true],
  ])('born on %s: %s', async (birthDate, expected) => {
    const { account } = await world.person()
    await bornOn(account, birthDate)
    expect(await world.mandates.mayBeUnderAge(account)).toBe(expected)
  })

  it('is not denied where the day of birth is not known, and is denied for who has no number of that register', async () => {
    expect(await world.mandates.mayBeUnderAge((await world.person()).account)).toBe(true)
    const visitor = await inTransaction(world.ground.pool, (client) =>
      world.accounts.create(client, { language: 'en' }),
    )
    expect(await world.mandates.mayBeUnderAge(visitor.id)).toBe(false)
  })
})
