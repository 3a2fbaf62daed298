import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { application, type CaseOffice, caseOffice, monday } from './office.ts'

describe('receipt numbers', () => {
  let office: CaseOffice
  beforeAll(async () => {
    office = await caseOffice()
    office.at = monday
  })
  afterAll(() => office[Symbol.asyncDispose]())

  const register = async () => {
    const { rows } = await office.database.pool.query<{
      agency: string
      year: number
      serials: number[]
      last: number
    }>(
      `select agency, year, array_agg(serial order by serial) as serials, last
       from casework.service_case join casework.receipt using (agency, year) group by agency, year, last`,
    )
    return rows
  }

  it('name the agency, the Buddhist year and the place in it', async () => {
    const made = await office.open({ agency: 'TH/GOV/LAND' })
    expect(made.number).toBe('LAND-2569-000001')
  })

  it('begin anew with the year of the country, whose night is not that of UTC', async () => {
    office.at = Date.parse('2026-12-31T23:59:59+07:00')
    expect((await office.open({ agency: 'TH/GOV/YEAR' })).number).toBe('YEAR-2569-000001')
    office.at = Date.parse('2027-01-01T00:00:00+07:00')
    expect((await office.open({ agency: 'TH/GOV/YEAR' })).number).toBe('YEAR-2570-000001')
    office.at = monday
  })

  it('have no gap and are given once, whatever is registered at once and whatever is rolled back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ agency: fc.constantFrom('A', 'B'), fails: fc.boolean(), key: fc.nat(30) }), {
          minLength: 8,
          maxLength: 30,
        }),
        async (attempts) => {
          const run = randomUUID()
          await Promise.allSettled(
            attempts.map(({ agency, fails, key }) =>
              office.run(async (client) => {
                const made = { ...application(), agency: `TH/GOV/${agency}` }
                await office.cases.open(client, { ...made, key: `${run}:${key}` })
                if (fails) throw new Error('rolled back')
              }),
            ),
          )
          for (const { serials, last } of await register()) {
            expect(serials).toEqual(serials.map((_, index) => index + 1))
            expect(last).toBe(serials.length)
          }
        },
      ),
      { numRuns: 8 },
    )
  })

  it('are not given to what was sent twice, one after the other or at once', async () => {
    const key = randomUUID()
    const applicant = randomUUID()
    const all = await Promise.all(Array.from({ length: 6 }, () => office.open({ key, applicant })))
    const again = await office.open({ key, applicant, content: { other: true } })
    expect(new Set([...all, again].map(({ number }) => number)).size).toBe(1)
    expect(again.content).toEqual(all[0]?.content)
  })

  it('are given to several at once in their order, to each agency its own, and to what was there before none', async () => {
    const there = await office.open({ agency: 'TH/GOV/FIRST' })
    const opening = (name: string) => ({ ...application(), agency: `TH/GOV/${name}` })
    const again = { ...opening('FIRST'), key: 'again' }
    const known = { ...application(), agency: 'TH/GOV/FIRST', key: 'known' }
    const first = await office.open(known)
    const opened = await office.run((client) =>
      office.cases.openAll(client, [opening('FIRST'), opening('OTHER'), again, known, opening('FIRST')]),
    )
    expect([there, first, ...opened].map(({ number }) => number)).toEqual([
      'FIRST-2569-000001',
      'FIRST-2569-000002',
      'FIRST-2569-000003',
      'OTHER-2569-000001',
      'FIRST-2569-000004',
      'FIRST-2569-000002',
      'FIRST-2569-000005',
    ])
    for (const made of opened) expect(await office.cases.byId(office.database.pool, made.id)).toEqual(made)
  })

  it('grow past six digits', async () => {
    await office.open({ agency: 'TH/GOV/MANY' })
    await office.database.pool.query(`update casework.receipt set last = 999999 where agency = 'TH/GOV/MANY'`)
    expect((await office.open({ agency: 'TH/GOV/MANY' })).number).toBe('MANY-2569-1000000')
  })
})
