import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import { createHistory, type History } from '../../src/history/history.ts'
import { type TestGround, testGround } from '../ground.ts'

let ground: TestGround
let history: History
let account: string

beforeAll(async () => {
  ground = await testGround()
  history = createHistory(ground, {
    done: { th: 'ทำ {what} แล้ว', en: 'Did {what}' },
    bad: { th: 'แย่', en: 'Bad', isWarning: true },
  })
  const accounts = createAccounts(ground)
  account = (await inTransaction(ground.pool, (client) => accounts.create(client, { language: 'th' }))).id
})
afterAll(() => ground.database.drop())

describe('the history of an account', () => {
  it('tells what happened, the latest first, a page at a time', async () => {
    for (const what of ['a', 'b', 'c', 'd', 'e'])
      await history.record(ground.pool, { account, kind: 'done', detail: { what } })
    const first = await history.list(account, { limit: 3 })
    expect(first.map(({ text }) => text.en)).toEqual(['Did e', 'Did d', 'Did c'])
    const before = first.at(-1)?.id ?? ''
    const second = await history.list(account, { limit: 3, before })
    expect(second.map(({ text }) => text.th)).toEqual(['ทำ b แล้ว', 'ทำ a แล้ว'])
  })

  it('is of one account, and begins anew for a page that nobody gave', async () => {
    expect(await history.list('00000000-0000-0000-0000-000000000000', { limit: 5 })).toEqual([])
    expect(await history.list(account, { limit: 1, before: "' or true" })).toHaveLength(1)
  })

  it('records no kind that nobody explained', async () => {
    for (const kind of ['other', 'toString', '__proto__'])
      await expect(history.record(ground.pool, { account, kind })).rejects.toThrow(RangeError)
  })

  it('is never changed, removed or emptied', async () => {
    await history.record(ground.pool, { account, kind: 'bad' })
    for (const sql of [
      "update identity.history set kind = 'done'",
      'delete from identity.history',
      'truncate identity.history',
    ])
      await expect(ground.pool.query(sql)).rejects.toThrow('append-only')
  })

  it('has its details sealed, each to its own event', async () => {
    await history.record(ground.pool, { account, kind: 'done', detail: { what: 'secret-thing' } })
    const { rows } = await ground.pool.query<{ detail_sealed: Buffer }>(
      'select detail_sealed from identity.history',
    )
    expect(rows.some(({ detail_sealed }) => detail_sealed.includes('secret-thing'))).toBe(false)
  })
})
