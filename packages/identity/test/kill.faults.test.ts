import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ identity: new URL('../src/store/migrations/', import.meta.url) })
})
afterAll(() => database.drop())

const rounds = 30
const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))

/** Runs the child until some moment after it began its work, and kills it. Gives what it had said to have done. */
async function killedRound(round: number): Promise<string[]> {
  const running = spawn(process.execPath, ['--import', 'tsx', child, database.url, String(round * 100)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  running.stdout.on('data', (data: Buffer) => {
    said += data.toString()
  })
  while (!said.includes('ready')) {
    if (running.exitCode !== null) throw new Error('the child ended by itself')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await new Promise((resolve) => setTimeout(resolve, randomInt(20, 1500)))
  running.kill('SIGKILL')
  await once(running, 'exit')
  return said.split('\n').filter((line) => line.includes(' '))
}

/** Accounts in which something is missing, or too much. */
const broken = `
  select a.id from identity.account a
  left join identity.authenticator t on t.account_id = a.id
  left join identity.passkey p on p.authenticator_id = t.id
  left join identity.recovery r on r.account_id = a.id and r.state = 'completed'
  group by a.id
  having count(distinct p.authenticator_id) <> 1
    or count(distinct p.authenticator_id) <> count(distinct t.id) filter (where t.kind = 'passkey')
    or (count(r.id) = 0 and count(t.id) filter (where t.kind = 'recovery-codes') <> 1)
    or bool_or(r.id is not null and t.kind = 'passkey' and t.name <> 'new')
    or not exists (select from identity.history h where h.account_id = a.id and h.kind = 'account-opened')`

describe('kill -9 during opening an account and during recovery', () => {
  it(`leaves no half-made account and loses no authenticator, in ${rounds} rounds`, async () => {
    const opened = new Set<string>()
    const begun = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      for (const line of await killedRound(round)) {
        const [what, account = ''] = line.split(' ')
        if (account.length === 36) (what === 'opened' ? opened : begun).add(account)
      }
      expect((await database.pool.query(broken)).rows, `round ${round}`).toEqual([])
    }
    expect(opened.size).toBeGreaterThan(rounds)
    const { rows } = await database.pool.query<{ id: string }>('select id from identity.account')
    const there = new Set(rows.map(({ id }) => id))
    expect([...opened].filter((account) => !there.has(account))).toEqual([])
    const recoveries = await database.pool.query<{ account_id: string; state: string }>(
      'select account_id, state from identity.recovery',
    )
    const known = new Set(recoveries.rows.map(({ account_id }) => account_id))
    expect([...begun].filter((account) => !known.has(account))).toEqual([])
    expect(recoveries.rows.some(({ state }) => state === 'completed')).toBe(true)
  })
})
