import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Country, startAgencies } from './agencies.ts'
import { somebody } from './register.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies()
})
afterAll(() => country?.stop())

interface Report {
  readonly sound: boolean
  readonly entries: number
  readonly notes: readonly unknown[]
}

async function audit(): Promise<Report> {
  const response = await fetch(`${country.rd.admin}/v1/audit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${country.rd.adminToken}`, 'content-type': 'application/json' },
    body: '{}',
  })
  const lines = (await response.text()).trim().split('\n')
  return JSON.parse(lines.at(-1) ?? '{}').report
}

it('compares the log with what the center has witnessed, and leaves nothing unchecked', async () => {
  const answer = await country.ask(`/persons/${somebody}`)
  await fetch(`${country.rd.admin}/v1/evidence/${answer.headers.get('sapan-exchange')}/export`, {
    headers: { authorization: `Bearer ${country.rd.adminToken}` },
  })
  expect(await audit()).toMatchObject({ sound: true, entries: 2, notes: [] })
})
