import { randomUUID } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginAttempt } from '../../src/proofing/attempts.ts'
import { createCounter } from '../../src/proofing/counter/counter.ts'
import { clearOld } from '../../src/retention/retention.ts'
import { createStatusLists } from '../../src/status/lists.ts'
import { createSessionStatuses } from '../../src/tokens/session-statuses.ts'
import { type ProofingTest, proofingTest, SOMEONE } from '../proofing/proofing-ground.ts'

const day = 86_400_000
const country = { retention: { proofingAttempts: 90, counterVisits: 7, devices: 400, sessions: 30 } }

let t: ProofingTest
beforeAll(async () => {
  t = await proofingTest()
})
afterAll(() => t.stop())

const clear = () => clearOld({ ...t.ground, country })
const count = async (table: string) => {
  const { rows } = await t.ground.pool.query<{ count: number }>(
    `select count(*)::int as count from identity.${table}`,
  )
  return rows[0]?.count
}

describe('what is kept for a while only', () => {
  it('goes when the country’s days are over, and the evidence of proofing stays', async () => {
    const officer = { account: (await t.newAccount()).id, appointment: 'a' }
    const duties = [{ id: 'a', agency: 'TH/GOV/DOPA', duties: ['registrar'] }]
    const counter = createCounter(t.ground, {
      appointmentsOf: async (account) => (account === officer.account ? duties : []),
    })
    const { id } = await counter.open(officer, SOMEONE)
    const evidences = [
      { kind: 'national-id-card', number: '' },
      { kind: 'house-registration', number: '' },
    ]
    await counter.proof(officer, id, { evidences, faceCompared: true }, 'th')
    await counter.enrolmentCode(officer, id)
    await beginAttempt(t.ground, { asker: 'somebody', method: 'passport', subject: '1' })
    expect(await clear()).toEqual({ proofingAttempts: 0, counterVisits: 0, devices: 0, sessions: 0 })
    t.test.pass(8 * day)
    expect(await clear()).toMatchObject({ proofingAttempts: 0, counterVisits: 1 })
    expect([await count('counter_visit'), await count('enrolment_code')]).toEqual([0, 0])
    t.test.pass(83 * day)
    expect((await clear()).proofingAttempts).toBe(1)
    expect(await count('proofing_attempt')).toBe(0)
    expect(await count('proofing_evidence')).toBe(1)
  })

  it('are places of sessions in status lists, with what names them; others’ stay', async () => {
    const { id: account } = await t.newAccount()
    const { pool } = t.ground
    const statuses = createStatusLists({ ...t.test, signer: generateSigner('ecdsa-p256-sha256') })
    const sessions = createSessionStatuses({ ...t.ground, statuses })
    const before = await sessions.of(account, randomUUID())
    const consent = await inTransaction(pool, (client) =>
      statuses.allocate(client, { account, kind: 'consent' }),
    )
    t.test.pass(20 * day)
    const session = randomUUID()
    const later = await sessions.of(account, session)
    t.test.pass(11 * day)
    expect((await clear()).sessions).toBe(1)
    const { rows } = await pool.query('select kind, index from identity.status_entry where account_id = $1', [
      account,
    ])
    expect(rows).toHaveLength(2)
    expect(rows).toEqual(
      expect.arrayContaining([
        { kind: 'consent', index: consent.index },
        { kind: 'session', index: later.index },
      ]),
    )
    expect(before).not.toEqual(later)
    await sessions.end(session)
    await statuses.stop()
  })
})
