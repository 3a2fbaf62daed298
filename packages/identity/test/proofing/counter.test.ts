import { inTransaction } from '@sapan/kernel'
import { sandboxTraveller } from '@sapan/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHistory } from '../../src/history/history.ts'
import { type Counter, createCounter } from '../../src/proofing/counter/counter.ts'
import { proofingHistory } from '../../src/proofing/history-kinds.ts'
import { proveByPassport } from '../../src/proofing/passport/passport.ts'
import { evidenceOfAccount } from '../../src/proofing/store/evidence.ts'
import { DEAD, OTHER, type ProofingTest, proofingTest, SOMEONE } from './proofing-ground.ts'

let t: ProofingTest
let counter: Counter
let officer: { account: string; appointment: string }
/** Until when the officer has the duty. */
let dutyTill = Number.POSITIVE_INFINITY

const check = {
  evidences: [
    { kind: 'national-id-card', number: '1-2345' },
    { kind: 'house-registration', number: '' },
  ],
  faceCompared: true,
}

beforeAll(async () => {
  t = await proofingTest()
  officer = { account: (await t.newAccount()).id, appointment: 'appointment-1' }
  counter = createCounter(t.ground, {
    appointmentsOf: async (account, at) =>
      account === officer.account && at < dutyTill
        ? [
            { id: 'appointment-0', agency: 'TH/GOV/RD', duties: [] },
            { id: 'appointment-1', agency: 'TH/GOV/DOPA', duties: ['registrar'] },
          ]
        : [],
  })
})
afterAll(() => t.stop())
beforeEach(async () => {
  dutyTill = Number.POSITIVE_INFINITY
  await t.ground.pool.query('delete from identity.identifier')
  await t.ground.pool.query('delete from identity.proofing_attempt')
})

const proofed = async (number = SOMEONE) => {
  const { id } = await counter.open(officer, number)
  return { visit: id, evidence: await counter.proof(officer, id, check, 'th') }
}

describe('proofing at a counter', () => {
  it('opens an account at the highest level for who has none; evidence names the officer’s appointment', async () => {
    const { evidence } = await proofed()
    expect(evidence).toMatchObject({
      method: 'in-person',
      levelBefore: '1.1',
      levelAfter: '3',
      officer: { account: officer.account, appointment: 'appointment-1', agency: 'TH/GOV/DOPA' },
    })
    const account = await t.ground.accounts.findByIdentifier('national-id', SOMEONE)
    expect(account).toMatchObject({ id: evidence.account, ial: '3', name: { th: 'จิรดนัย ภักดีจันทร์' } })
    const history = createHistory(t.test, proofingHistory)
    expect(await history.list(evidence.account, { limit: 5 })).toMatchObject([
      { kind: 'identity-proved-in-person' },
    ])
  })

  it('raises the account that the person has, and done twice leaves one evidence', async () => {
    const mine = await t.newAccount()
    await inTransaction(t.ground.pool, (client) =>
      t.ground.accounts.prove(client, mine.id, { scheme: 'national-id', value: SOMEONE }),
    )
    const { visit, evidence } = await proofed('3-3653-41504-61-7')
    expect(evidence.account).toBe(mine.id)
    expect((await counter.proof(officer, visit, check, 'th')).id).toBe(evidence.id)
    expect(await evidenceOfAccount(t.ground.pool, mine.id)).toHaveLength(1)
  })

  it('done twice at once opens one account', async () => {
    const { id } = await counter.open(officer, OTHER)
    const both = await Promise.all([1, 2].map(() => counter.proof(officer, id, check, 'th')))
    expect(new Set(both.map(({ account }) => account)).size).toBe(1)
  })

  it('takes foreigners by their number', async () => {
    const foreigner = await t.newAccount()
    await proveByPassport(t.ground, { account: foreigner.id, act: 'a' }, sandboxTraveller().mrz.join('\n'))
    const identifiers = await t.ground.accounts.identifiersOf(foreigner.id)
    const number = identifiers.find(({ scheme }) => scheme === 'foreigner-number')?.value ?? ''
    const passport = {
      ...check,
      evidences: [
        { kind: 'passport', number: 'SMT' },
        { kind: 'driving-licence', number: '1' },
      ],
    }
    const { id } = await counter.open(officer, number)
    expect(await counter.proof(officer, id, passport, 'en')).toMatchObject({
      account: foreigner.id,
      levelAfter: '3',
    })
  })

  it.each([
    ['one piece of evidence', { ...check, evidences: check.evidences.slice(0, 1) }],
    ['the same twice', { ...check, evidences: [check.evidences[0], check.evidences[0]] }],
    ['none with a picture first', { ...check, evidences: [...check.evidences].reverse() }],
    [
      'one that the country does not know',
      { ...check, evidences: [check.evidences[0], { kind: 'letter', number: '' }] },
    ],
    ['a face that was not compared', { ...check, faceCompared: false }],
  ])('is refused with %s, and no account comes to be', async (_, wrong) => {
    const { id } = await counter.open(officer, SOMEONE)
    await expect(counter.proof(officer, id, wrong as typeof check, 'th')).rejects.toMatchObject({
      code: 'counter-check-incomplete',
    })
    expect(await t.ground.accounts.findByIdentifier('national-id', SOMEONE)).toBeUndefined()
  })

  it('says who is dead, whom nobody knows, and that a register is down', async () => {
    await expect(counter.open(officer, DEAD)).rejects.toMatchObject({ code: 'proofing-person-dead' })
    await expect(counter.open(officer, '1234567890121')).rejects.toMatchObject({ code: 'proofing-no-match' })
    await expect(counter.open(officer, 'x')).rejects.toMatchObject({ code: 'proofing-no-match' })
    t.down.add('TH/GOV/DOPA/population/person-v1')
    await expect(counter.open(officer, SOMEONE)).rejects.toMatchObject({
      code: 'proofing-register-unavailable',
    })
    t.down.clear()
  })

  it('of who lost all access finds the account and changes nothing, even a frozen one', async () => {
    const { visit, evidence } = await proofed()
    await t.ground.pool.query(`update identity.account set state = 'frozen' where id = $1`, [
      evidence.account,
    ])
    expect(await counter.reproof(officer, visit, check)).toMatchObject({
      account: { id: evidence.account, state: 'frozen' },
      ial: '3',
    })
  })
})

describe('an enrolment code', () => {
  it('adds to the account of the person, once, in any way of writing it', async () => {
    const { visit, evidence } = await proofed()
    const { code } = await counter.enrolmentCode(officer, visit)
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/)
    const written = ` ${code.toLowerCase().replace('-', ' ')} `
    const both = await Promise.allSettled([counter.takeCode('a', written), counter.takeCode('b', code)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toMatchObject([
      { value: { account: evidence.account } },
    ])
    await expect(counter.takeCode('a', code)).rejects.toMatchObject({ code: 'enrolment-code-invalid' })
  })

  it('is of no use after fifteen minutes, nor after a newer one was made', async () => {
    const { visit } = await proofed()
    const old = await counter.enrolmentCode(officer, visit)
    const { code } = await counter.enrolmentCode(officer, visit)
    await expect(counter.takeCode('a', old.code)).rejects.toMatchObject({ code: 'enrolment-code-invalid' })
    t.test.pass(15 * 60_000)
    await expect(counter.takeCode('a', code)).rejects.toMatchObject({ code: 'enrolment-code-invalid' })
  })

  it('is made only for who was proofed', async () => {
    const { id } = await counter.open(officer, SOMEONE)
    await expect(counter.enrolmentCode(officer, id)).rejects.toMatchObject({
      code: 'counter-visit-not-found',
    })
  })

  it('can be guessed five times from one place', async () => {
    for (let i = 0; i < 5; i++)
      await expect(counter.takeCode('a', `AAAAA-AAAA${i}`)).rejects.toMatchObject({
        code: 'enrolment-code-invalid',
      })
    await expect(counter.takeCode('a', 'AAAAA-AAAAA')).rejects.toMatchObject({
      code: 'proofing-too-many-attempts',
    })
    await expect(counter.takeCode('b', 'AAAAA-AAAAA')).rejects.toMatchObject({
      code: 'enrolment-code-invalid',
    })
  })

  it('is good whoever guessed wrong at the same place before', async () => {
    const { visit, evidence } = await proofed()
    const { code } = await counter.enrolmentCode(officer, visit)
    for (let i = 0; i < 6; i++) await expect(counter.takeCode('office', `AAAAA-AAAA${i}`)).rejects.toThrow()
    await expect(counter.lookAtCode('office', code)).resolves.toMatchObject({ account: evidence.account })
    await expect(counter.takeCode('office', code)).resolves.toMatchObject({ account: evidence.account })
  })

  it('can be looked at before it is taken, and is known by its hash while it is good', async () => {
    const { visit, evidence } = await proofed()
    const { code } = await counter.enrolmentCode(officer, visit)
    const { id } = await counter.lookAtCode('a', code)
    expect(id).not.toContain(code.slice(0, 5))
    expect(await counter.codeOfId(id)).toEqual({ id, account: evidence.account })
    await counter.takeCode('a', code)
    expect(await counter.codeOfId(id)).toBeUndefined()
    for (const wrong of ['', 'x', '00'.repeat(32)]) expect(await counter.codeOfId(wrong)).toBeUndefined()
  })

  it('does not lie in the database as it is', async () => {
    const { visit } = await proofed()
    const { code } = await counter.enrolmentCode(officer, visit)
    const { rows } = await t.ground.pool.query('select c::text from identity.enrolment_code c')
    expect(JSON.stringify(rows)).not.toContain(code.slice(0, 5))
  })
})
