import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCountry, type TestCountry } from './country.ts'

let country: TestCountry

beforeAll(async () => {
  country = await startCountry()
})
afterAll(() => country?.stop())

const demanding = (atLeast: number) => ({ settings: { evidence: { witnesses: { atLeast } } } })

it('a gateway that demands more witnesses than the directory names does not start', async () => {
  await expect(country.join('RD', demanding(2))).rejects.toMatchObject({ code: 'witnesses-too-few' })
})

it('one that demands as many as there are does', async () => {
  const { operator } = await country.join('DOPA', demanding(1))
  expect(await operator('GET', '/v1/status')).toMatchObject({ evidence: { logs: [{ witnessesNeeded: 1 }] } })
})
