import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import { createHospitalRegister, sandboxPerson } from '../src/index.ts'
import { type Served, serve } from './served.ts'

let database: TestDatabase
let served: Served

beforeAll(async () => {
  database = await testDatabase()
  // 22:30 on the 20th in London is the 21st in Bangkok.
  const clock = () => Date.UTC(2026, 10, 20, 22, 30)
  const register = await createHospitalRegister({ pool: database.pool, clock })
  expect(await register.load()).toBe('filled')
  expect(await register.load()).toBe('kept')
  served = await serve(register)
}, 60_000)

afterAll(async () => {
  await served?.stop()
  await database?.drop()
})

const mother = sandboxPerson('mother').nationalId
const father = sandboxPerson('father').nationalId

let keys = 0
const use = (number: string, motherId: string, key = `key-of-request-${++keys}`) =>
  served.call(`/notice-v1/notices/${number}/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ motherId }),
  })

describe('a birth notice', () => {
  it('of some days ago waits for the well-known couple, found by either of them', async () => {
    const { body } = await served.call(`/notice-v1/parents/${mother}/notices`)
    expect(body.notices).toMatchObject([
      { number: 'SPH-000001', birthDate: '2026-11-18', motherId: mother, fatherId: father, usedOn: null },
    ])
    expect((await served.call(`/notice-v1/parents/${father}/notices`)).body.notices).toEqual(body.notices)
    const alone = await served.call(`/notice-v1/parents/${sandboxPerson('partner').nationalId}/notices`)
    expect(alone.body.notices).toMatchObject([{ fatherId: null, usedOn: null }])
    expect((await served.call('/notice-v1/notices/SPH-000003')).body).toMatchObject({
      fatherId: null,
      fatherName: null,
    })
  })

  it('of nobody is an empty list, one that is not there is not found, an odd number is refused', async () => {
    const { nationalId } = sandboxPerson('elder')
    expect((await served.call(`/notice-v1/parents/${nationalId}/notices`)).body.notices).toEqual([])
    expect((await served.call('/notice-v1/notices/SPH-999999')).status).toBe(404)
    expect((await served.call("/notice-v1/notices/';drop")).status).toBe(400)
  })

  it('is used once: by its mother, with the same answer for the same key', async () => {
    expect((await use('SPH-000001', father)).status).toBe(409)
    const key = 'the-same-use-again'
    const first = await use('SPH-000001', mother, key)
    expect(first).toMatchObject({ status: 200, body: { usedOn: '2026-11-21' } })
    expect((await use('SPH-000001', mother, key)).body).toEqual(first.body)
    expect((await use('SPH-000001', mother)).status).toBe(409)
    expect((await use('SPH-999999', mother)).status).toBe(404)
  })
})
