import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import { createFigures, type Figures } from '../../src/finding/figures.ts'
import { servicesMigrations } from '../../src/index.ts'

let database: TestDatabase
let figures: Figures
let at = Date.parse('2026-11-22T10:00:00+07:00')
const day = 86_400_000

beforeAll(async () => {
  database = await testDatabase({ services: servicesMigrations })
  figures = createFigures({ pool: database.pool, clock: () => at })
})
afterAll(async () => await database?.drop())

const pass = (service: string, step: string) =>
  inTransaction(database.pool, (client) => figures.pass(client, { service, version: 1, step }))
const said = async (service: string) =>
  (await database.pool.query('select text from services.feedback where service = $1', [service])).rows

describe('figures of a service', () => {
  it('count who passed each step, however many do so at once', async () => {
    await Promise.all(Array.from({ length: 60 }, () => pass('bus', 'start')))
    await pass('bus', 'submit')
    expect(await figures.of('bus', 90)).toEqual(
      expect.arrayContaining([
        { step: 'start', passed: 60, clear: 0, unclear: 0 },
        { step: 'submit', passed: 1, clear: 0, unclear: 0 },
      ]),
    )
  })

  it('count nothing of a transaction that came to nothing', async () => {
    const failing = inTransaction(database.pool, async (client) => {
      await figures.pass(client, { service: 'undone', version: 1, step: 'start' })
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await figures.of('undone', 90)).toEqual([])
  })

  it('leave out what is older than was asked for', async () => {
    await pass('old', 'start')
    at += 91 * day
    await pass('old', 'submit')
    expect(await figures.of('old', 90)).toEqual([{ step: 'submit', passed: 1, clear: 0, unclear: 0 }])
    at -= 91 * day
  })

  it('say how many found a page clear, though nobody passed it', async () => {
    await figures.say({ service: 'said', step: 'about', clear: true, text: '' })
    await figures.say({ service: 'said', step: 'about', clear: false, text: 'ยาวไป' })
    expect(await figures.of('said', 90)).toEqual([{ step: 'about', passed: 0, clear: 1, unclear: 1 }])
  })
})

describe('feedback', () => {
  it('is kept without the numbers that people type all the same', async () => {
    await figures.say({
      service: 'numbers',
      step: 'about',
      clear: false,
      text: 'ผม 1-2345-67890-12-1 โทร 081 234 5678 และ ๑๒๓๔๕๖๗๘๙๐๑๒๓ ใช้ไม่ได้ 3 ครั้ง',
    })
    expect(await said('numbers')).toEqual([{ text: 'ผม … โทร … และ … ใช้ไม่ได้ 3 ครั้ง' }])
  })

  it('is not taken any more where too much came within the hour', async () => {
    const say = () => figures.say({ service: 'flood', step: 'about', clear: true, text: 'ก' })
    for (let at = 0; at < 1_000; at += 100) {
      expect(await Promise.all(Array.from({ length: 100 }, say))).not.toContain(false)
    }
    expect(await say()).toBe(false)
    at += 3_600_001
    expect(await say()).toBe(true)
  })
})
