import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearKept } from '../../src/account/retention.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import { type AuthenticatorTest, authenticatorTest, rules } from '../authenticators/ground.ts'

let test: AuthenticatorTest
let account: string

const day = 86_400_000

beforeAll(async () => {
  test = await authenticatorTest()
  account = await test.open()
})
afterAll(() => test.ground.database.drop())

const clear = () => clearKept({ ...test.ground, days: rules.retentionDays })
const count = async (table: string) =>
  (await test.ground.pool.query(`select from identity.${table}`)).rowCount ?? 0

async function enrolmentCode(): Promise<void> {
  const { pool, clock } = test.ground
  await pool.query(
    `insert into identity.counter_visit (id, appointment, agency, officer_account, person_sealed, state, made_at, expires_at)
     values (gen_random_uuid(), 'a', 'TH/GOV/DOPA', $1, '', 'open', $2, $2)`,
    [account, new Date(clock())],
  )
  await pool.query(
    `insert into identity.enrolment_code (code_hash, account_id, visit_id, made_at, expires_at)
     select decode(md5(random()::text), 'hex'), $1, id, $2, $2 from identity.counter_visit limit 1`,
    [account, new Date(clock())],
  )
}

const sessionStatus = () =>
  test.ground.pool.query(
    `insert into identity.session_status (session, account_id, status_uri, status_index, made_at)
     values (gen_random_uuid()::text, $1, 'x', 0, $2)`,
    [account, new Date(test.ground.clock())],
  )

describe('what is kept', () => {
  it('goes after the days of the country, and not before', async () => {
    const devices = createDevices(test.ground)
    const token = await devices.remember(test.ground.pool, account, undefined, 'x')
    await enrolmentCode()
    await sessionStatus()
    const left = async () => [
      await count('device'),
      await count('enrolment_code'),
      await count('session_status'),
    ]
    test.ground.pass(30 * day)
    expect(await clear()).toBe(0)
    expect(await left()).toEqual([1, 1, 1])
    test.ground.pass(1)
    expect(await clear()).toBe(1)
    expect(await left()).toEqual([1, 0, 1])
    test.ground.pass(60 * day)
    await clear()
    expect(await left()).toEqual([1, 0, 0])
    // Whoever uses a device keeps it known.
    await devices.remember(test.ground.pool, account, token, 'x')
    test.ground.pass(400 * day)
    await clear()
    expect(await devices.isKnown(account, token)).toBe(true)
    test.ground.pass(1)
    await clear()
    expect(await devices.isKnown(account, token)).toBe(false)
  })

  it('is no history: that stays for ever', async () => {
    await inTransaction(test.ground.pool, (client) =>
      test.ground.history.record(client, { account, kind: 'unfrozen' }),
    )
    test.ground.pass(10_000 * day)
    await clear()
    expect(await count('history')).toBeGreaterThan(0)
  })

  it('goes once, where two processes clear at the same moment', async () => {
    for (let i = 0; i < 5; i++) await sessionStatus()
    test.ground.pass(91 * day)
    const cleared = await Promise.all([clear(), clear(), clear()])
    expect(cleared.reduce((sum, one) => sum + one, 0)).toBe(5)
  })
})
