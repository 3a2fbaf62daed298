import { randomUUID } from 'node:crypto'
import { sandboxLaserCode } from '@sapan/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { proveByPopulationRegister } from '../../src/proofing/population-register.ts'
import { createReproofing } from '../../src/proofing/reproof.ts'
import { sayName } from '../../src/proofing/self-asserted.ts'
import { evidenceOfAccount } from '../../src/proofing/store/evidence.ts'
import { DEAD, HOSTILE, OLD, OTHER, type ProofingTest, proofingTest, SOMEONE } from './proofing-ground.ts'

let t: ProofingTest

beforeAll(async () => {
  t = await proofingTest()
})
afterAll(() => t.stop())
beforeEach(async () => {
  t.down.clear()
  t.afterAnswer = undefined
  await t.ground.pool.query('delete from identity.proofing_attempt')
  await t.ground.pool.query('delete from identity.identifier')
  // The register lets a number be checked six times a minute.
  t.test.pass(61_000)
})

const born: Record<string, string> = {
  [SOMEONE]: '1984-02-29',
  [OTHER]: '1986-05-05',
  [DEAD]: '1950-05-05',
  [OLD]: '1941',
}
const card = (
  nationalId: string,
  change: { cardCode?: string; birthDates?: [string, ...string[]] } = {},
) => ({
  nationalId,
  cardCode: sandboxLaserCode(nationalId),
  birthDates: [born[nationalId] ?? '1990-01-01'] as [string, ...string[]],
  ...change,
})
const prove = (account: string, answers = card(SOMEONE), act: string = randomUUID()) =>
  proveByPopulationRegister(t.ground, { account, act }, answers)
const wrong = (nationalId = SOMEONE) => card(nationalId, { cardCode: 'SX0-0000000-00' })
const levelOf = async (id: string) => (await t.ground.accounts.find(id))?.ial

describe('a card that the population register confirms', () => {
  it('raises the level, keeps number and names, and leaves evidence with the exchange’s number', async () => {
    const { id } = await t.newAccount()
    const evidence = await prove(id)
    expect(evidence).toMatchObject({ method: 'population-register', levelBefore: '1.1', levelAfter: '1.3' })
    expect(evidence.exchanges).toEqual([expect.stringMatching(/^exchange-\d+$/)])
    expect(await levelOf(id)).toBe('1.3')
    expect(await t.ground.accounts.findByIdentifier('national-id', SOMEONE)).toMatchObject({ id })
    expect(await t.ground.accounts.profileOf(id)).toMatchObject({
      givenName: { th: 'จิรดนัย' },
      birthDate: '1984-02-29',
      source: 'TH/GOV/DOPA',
    })
    expect(t.asked.at(-1)).toMatchObject({ service: 'TH/GOV/DOPA/population/identity-v1', path: '/checks' })
  })

  it('leaves one evidence however often and at once the same act is sent', async () => {
    const { id } = await t.newAccount()
    const act = randomUUID()
    const all = await Promise.all([1, 2, 3].map(() => prove(id, card(SOMEONE), act)))
    expect(new Set(all.map((one) => one.id)).size).toBe(1)
    const asked = t.asked.length
    expect((await prove(id, card(SOMEONE), act)).id).toBe(all[0]?.id)
    expect(t.asked).toHaveLength(asked)
    expect(await evidenceOfAccount(t.ground.pool, id)).toHaveLength(1)
  })

  it('never lowers a level that another way has given, nor writes over what that way found', async () => {
    const { id } = await t.newAccount()
    await prove(id)
    const evidence = await sayName(
      t.ground,
      { account: id, act: randomUUID() },
      { givenName: 'X', familyName: '' },
    )
    expect(evidence).toMatchObject({ levelBefore: '1.3', levelAfter: '1.3' })
    expect(await levelOf(id)).toBe('1.3')
    expect((await t.ground.accounts.profileOf(id))?.givenName.th).toBe('จิรดนัย')
  })

  it('keeps hostile names of the register exactly, and nothing personal outside seals', async () => {
    const { id } = await t.newAccount()
    await prove(id, card(OTHER))
    expect(await t.ground.accounts.profileOf(id)).toMatchObject({
      givenName: { th: HOSTILE.given },
      familyName: { th: HOSTILE.family },
    })
    const rows = await t.ground.pool.query(
      'select e::text from identity.proofing_evidence e where account_id = $1',
      [id],
    )
    expect(JSON.stringify(rows.rows)).not.toContain(OTHER)
  })

  it('knows who is registered with a year alone', async () => {
    const { id } = await t.newAccount()
    await prove(id, card(OLD))
    expect((await t.ground.accounts.profileOf(id))?.birthDate).toBe('1941')
  })

  it('tries both days that an old Thai date can mean, as one attempt', async () => {
    const { id } = await t.newAccount()
    const both = card(SOMEONE, { birthDates: ['1983-02-28', '1984-02-29'] })
    expect((await prove(id, both)).exchanges).toHaveLength(2)
  })
})

describe('a card that is not confirmed', () => {
  it('changes nothing, and the same is said whichever part was wrong', async () => {
    const { id } = await t.newAccount()
    for (const answers of [wrong(), card(SOMEONE, { birthDates: ['1984-02-28'] }), wrong('1234567890121')])
      await expect(prove(id, answers)).rejects.toMatchObject({ code: 'proofing-no-match', detail: undefined })
    expect(await levelOf(id)).toBe('1.1')
    expect(await evidenceOfAccount(t.ground.pool, id)).toEqual([])
  })

  it('is refused when it was cancelled because its holder has died', async () => {
    const { id } = await t.newAccount()
    await expect(prove(id, card(DEAD))).rejects.toMatchObject({ code: 'proofing-document-not-valid' })
    expect(await t.ground.accounts.findByIdentifier('national-id', DEAD)).toBeUndefined()
  })

  it('is refused for a number that has an account, which is offered to be recovered without saying whose', async () => {
    const [mine, another] = [await t.newAccount(), await t.newAccount()]
    await prove(another.id)
    const problem = await prove(mine.id).catch((error: unknown) => error)
    expect(problem).toMatchObject({ code: 'proofing-number-in-use', extensions: {} })
    expect(String(problem)).not.toContain(another.id)
    expect(await levelOf(mine.id)).toBe('1.1')
  })

  it('cannot make one person’s account another’s', async () => {
    const { id } = await t.newAccount()
    await prove(id)
    await expect(prove(id, card(OTHER))).rejects.toMatchObject({ code: 'proofing-other-person' })
    expect(await t.ground.accounts.findByIdentifier('national-id', SOMEONE)).toMatchObject({ id })
  })

  it('raises nothing in a frozen account', async () => {
    const { id } = await t.newAccount()
    await t.ground.pool.query(`update identity.account set state = 'frozen' where id = $1`, [id])
    await expect(prove(id)).rejects.toMatchObject({ code: 'account-frozen' })
    expect(await evidenceOfAccount(t.ground.pool, id)).toEqual([])
  })
})

describe('attempts', () => {
  /** Past what the register itself allows in a minute. */
  const guess = async (account: string, nationalId = SOMEONE) => {
    t.test.pass(11_000)
    return await prove(account, wrong(nationalId)).catch((error: { code: string }) => error.code)
  }

  it('of one account end after five wrong ones, until the first is a day old', async () => {
    const { id } = await t.newAccount()
    for (let i = 0; i < 5; i++) expect(await guess(id)).toBe('proofing-no-match')
    const problem = await prove(id).catch((error: unknown) => error)
    expect(problem).toMatchObject({
      code: 'proofing-too-many-attempts',
      extensions: { retryAt: expect.stringMatching(/^2026-11-2/) },
    })
    t.test.pass(24 * 3_600_000)
    expect((await prove(id)).levelAfter).toBe('1.3')
  })

  it('at once are not more than the number', async () => {
    const { id } = await t.newAccount()
    const numbers = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? SOMEONE : OTHER))
    const codes = await Promise.all(
      numbers.map((number) => prove(id, wrong(number)).catch((error: { code: string }) => error.code)),
    )
    expect(codes.filter((code) => code === 'proofing-no-match')).toHaveLength(5)
  })

  it('of others about a number do not keep its owner out, while those who were wrong about it wait', async () => {
    const guessers = await Promise.all([1, 2, 3].map(() => t.newAccount()))
    for (let i = 0; i < 10; i++) await guess(guessers[i % 3]?.id ?? '')
    expect(await guess(guessers[0]?.id ?? '')).toBe('proofing-too-many-attempts')
    const owner = await t.newAccount()
    t.test.pass(61_000)
    expect((await prove(owner.id)).levelAfter).toBe('1.3')
  })

  it('that the register did not answer are not counted; those that broke off are', async () => {
    const { id } = await t.newAccount()
    t.down.add('TH/GOV/DOPA/population/identity-v1')
    for (let i = 0; i < 7; i++)
      await expect(prove(id)).rejects.toMatchObject({ code: 'proofing-register-unavailable' })
    t.down.clear()
    await t.ground.pool.query(`update identity.proofing_attempt set outcome = 'asked' where asker = $1`, [id])
    await expect(prove(id)).rejects.toMatchObject({ code: 'proofing-too-many-attempts' })
  })
})

describe('a register that is down', () => {
  it('is named, and nothing is half made', async () => {
    const { id } = await t.newAccount()
    t.down.add('TH/GOV/DOPA/population/identity-v1')
    await expect(prove(id)).rejects.toMatchObject({
      code: 'proofing-register-unavailable',
      detail: { en: expect.stringContaining('population register') },
    })
    t.down.clear()
    expect(await evidenceOfAccount(t.ground.pool, id)).toEqual([])
    expect((await prove(id)).levelBefore).toBe('1.1')
  })

  it('or that slows down is no wrong answer', async () => {
    const { id } = await t.newAccount()
    for (let i = 0; i < 7; i++)
      await t.ground.ask({
        service: 'TH/GOV/DOPA/population/identity-v1',
        method: 'POST',
        path: '/checks',
        purpose: 'identity-proofing',
        body: { nationalId: SOMEONE, cardCode: 'SX0-0000000-00', birthDate: '1984' },
      })
    await expect(prove(id)).rejects.toMatchObject({ code: 'proofing-register-unavailable' })
  })

  it('after it has answered, with the account gone in between, leaves nothing', async () => {
    const { id } = await t.newAccount()
    t.afterAnswer = async () => {
      await t.ground.pool.query(`update identity.account set state = 'closed' where id = $1`, [id])
    }
    await expect(prove(id)).rejects.toMatchObject({ code: 'account-closed' })
    expect(await t.ground.accounts.findByIdentifier('national-id', SOMEONE)).toBeUndefined()
  })
})

describe('proofing anew, for who cannot sign in', () => {
  it('finds the account that the person proved before, and changes nothing', async () => {
    const { id } = await t.newAccount()
    await prove(id)
    const found = await createReproofing(t.ground).byCard('address-1', card(SOMEONE))
    expect(found).toMatchObject({ account: { id }, method: 'population-register', ial: '1.3' })
    expect(await evidenceOfAccount(t.ground.pool, id)).toHaveLength(1)
  })

  it('finds nobody for who has no account, and limits attempts by who asks about whom', async () => {
    const reproofing = createReproofing(t.ground)
    expect((await reproofing.byCard('address-2', card(OTHER))).account).toBeUndefined()
    for (let i = 0; i < 5; i++)
      await expect(reproofing.byCard('address-3', wrong(SOMEONE))).rejects.toMatchObject({
        code: 'proofing-no-match',
      })
    t.test.pass(61_000)
    await expect(reproofing.byCard('address-3', card(OTHER))).resolves.toMatchObject({ ial: '1.3' })
    await expect(reproofing.byCard('address-3', card(SOMEONE))).rejects.toMatchObject({
      code: 'proofing-too-many-attempts',
    })
  })
})
