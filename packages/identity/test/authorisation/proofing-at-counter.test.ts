import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Counter, createCounter } from '../../src/proofing/counter/counter.ts'
import { type ProofingTest, proofingTest, SOMEONE } from '../proofing/proofing-ground.ts'

let t: ProofingTest
let counter: Counter
const duties = new Map<string, string[]>()
let registrar: { account: string; appointment: string }
let another: { account: string; appointment: string }
let clerk: { account: string; appointment: string }

const check = {
  evidences: [
    { kind: 'national-id-card', number: '' },
    { kind: 'house-registration', number: '' },
  ],
  faceCompared: true,
}

beforeAll(async () => {
  t = await proofingTest()
  const officers = await Promise.all(
    [1, 2, 3].map(async (n) => ({ account: (await t.newAccount()).id, appointment: `a${n}` })),
  )
  ;[registrar, another, clerk] = officers as [typeof registrar, typeof another, typeof clerk]
  counter = createCounter(t.ground, {
    appointmentsOf: async (account) =>
      officers
        .filter((one) => one.account === account)
        .map(({ appointment }) => ({
          id: appointment,
          agency: 'TH/GOV/DOPA',
          duties: duties.get(appointment) ?? [],
        })),
  })
})
afterAll(() => t.stop())
beforeEach(async () => {
  for (const { appointment } of [registrar, another]) duties.set(appointment, ['registrar'])
  duties.set(clerk.appointment, ['case-officer'])
  await t.ground.pool.query('delete from identity.identifier')
})

const forbidden = { code: 'counter-not-allowed' }
const acts = (who: typeof registrar, id: string) => [
  () => counter.visit(who, id),
  () => counter.proof(who, id, check, 'th'),
  () => counter.reproof(who, id, check),
  () => counter.enrolmentCode(who, id),
]

// POST /desk/proofing, POST /desk/proofing/visits/:visit, POST /desk/proofing/visits/:visit/code
describe('whoever proofs at a counter', () => {
  it('needs the duty of registrar, for every act', async () => {
    const { id } = await counter.open(registrar, SOMEONE)
    await expect(counter.open(clerk, SOMEONE)).rejects.toMatchObject(forbidden)
    for (const act of acts(clerk, id)) await expect(act()).rejects.toMatchObject(forbidden)
  })

  it('needs it under the appointment as which they act', async () => {
    await expect(counter.open({ ...registrar, appointment: 'a2' }, SOMEONE)).rejects.toMatchObject(forbidden)
  })

  it('needs it still in the middle of a visit', async () => {
    const { id } = await counter.open(registrar, SOMEONE)
    duties.set(registrar.appointment, [])
    for (const act of acts(registrar, id)) await expect(act()).rejects.toMatchObject(forbidden)
    expect(await t.ground.accounts.findByIdentifier('national-id', SOMEONE)).toBeUndefined()
  })

  it('has their own visits only', async () => {
    const { id } = await counter.open(registrar, SOMEONE)
    for (const act of acts(another, id))
      await expect(act()).rejects.toMatchObject({ code: 'counter-visit-not-found' })
    for (const wrong of ['x', '00000000-0000-7000-8000-000000000000'])
      await expect(counter.visit(registrar, wrong)).rejects.toMatchObject({ code: 'counter-visit-not-found' })
  })

  it('has a visit for an hour', async () => {
    const { id } = await counter.open(registrar, SOMEONE)
    t.test.pass(3_600_000)
    await expect(counter.visit(registrar, id)).rejects.toMatchObject({ code: 'counter-visit-not-found' })
  })

  it('cannot proof themselves, also when their number was proved after the visit was opened', async () => {
    const { id } = await counter.open(registrar, SOMEONE)
    await inTransaction(t.ground.pool, (client) =>
      t.ground.accounts.prove(client, registrar.account, { scheme: 'national-id', value: SOMEONE }),
    )
    const own = { code: 'counter-own-identity' }
    await expect(counter.open(registrar, '3-3653-41504-61-7')).rejects.toMatchObject(own)
    for (const act of acts(registrar, id)) await expect(act()).rejects.toMatchObject(own)
    expect((await counter.open(another, SOMEONE)).state).toBe('open')
  })
})
