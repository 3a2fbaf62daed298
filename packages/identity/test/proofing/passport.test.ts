import { randomUUID } from 'node:crypto'
import { sandboxTraveller } from '@sapan/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveByPassport } from '../../src/proofing/passport/passport.ts'
import { createReproofing } from '../../src/proofing/reproof.ts'
import { type ProofingTest, proofingTest } from './proofing-ground.ts'

let t: ProofingTest

beforeAll(async () => {
  t = await proofingTest()
})
afterAll(() => t.stop())

const prove = (account: string, lines = sandboxTraveller().mrz, act: string = randomUUID()) =>
  proveByPassport(t.ground, { account, act }, lines.join('\n'))

describe('a foreigner who entered with their passport', () => {
  let account: string
  let number: string

  it('gets a foreigner number and a level, with both exchanges in the evidence', async () => {
    account = (await t.newAccount()).id
    const evidence = await prove(account)
    expect(evidence).toMatchObject({ method: 'passport', levelAfter: '1.3' })
    expect(evidence.exchanges).toHaveLength(2)
    const identifiers = await t.ground.accounts.identifiersOf(account)
    number = identifiers.find(({ scheme }) => scheme === 'foreigner-number')?.value ?? ''
    expect(number).toMatch(/^9\d{12}$/)
    expect(identifiers).toContainEqual(
      expect.objectContaining({ scheme: 'passport', value: sandboxTraveller().passport, proved: true }),
    )
    const profile = await t.ground.accounts.profileOf(account)
    expect(profile).toMatchObject({ nationality: 'GBR', familyName: { en: sandboxTraveller().name.family } })
  })

  it('keeps the number at the next time', async () => {
    await prove(account)
    expect(await t.ground.accounts.findByIdentifier('foreigner-number', number)).toMatchObject({
      id: account,
    })
  })

  it('is told to recover their account when they open another', async () => {
    await expect(prove((await t.newAccount()).id)).rejects.toMatchObject({ code: 'proofing-number-in-use' })
    const found = await createReproofing(t.ground).byPassport('address', sandboxTraveller().mrz.join('\n'))
    expect(found).toMatchObject({ account: { id: account }, method: 'passport' })
  })

  it('cannot make another traveller’s account of theirs', async () => {
    await expect(prove(account, sandboxTraveller('one-name').mrz)).rejects.toMatchObject({
      code: 'proofing-other-person',
    })
  })

  it('is known by a year of birth where the passport has no more', async () => {
    const { id } = await t.newAccount()
    const traveller = sandboxTraveller('birth-year-only')
    await prove(id, traveller.mrz)
    expect((await t.ground.accounts.profileOf(id))?.birthDate).toBe(traveller.birthDate)
  })
})

describe('when the Bureau cannot be asked', () => {
  it('it is named, nothing is half made, and a number that was given before is found again', async () => {
    const { id } = await t.newAccount()
    let answers = 0
    t.afterAnswer = async () => {
      if (++answers === 2) throw new Error('the way back broke')
    }
    await expect(prove(id, sandboxTraveller('one-name').mrz)).rejects.toMatchObject({
      code: 'proofing-register-unavailable',
      detail: { en: expect.stringContaining('Immigration Bureau') },
    })
    t.afterAnswer = undefined
    expect(await t.ground.accounts.identifiersOf(id)).toEqual([])
    expect((await t.ground.accounts.find(id))?.ial).toBe('1.1')
    await prove(id, sandboxTraveller('one-name').mrz)
    expect(await t.ground.accounts.identifiersOf(id)).toHaveLength(2)
  })
})
