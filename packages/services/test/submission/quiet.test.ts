import { expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { giveReceipt } from '../../src/submission/receipt.ts'
import { boatOffice, people } from './office.ts'
import { portal } from './portal.ts'

/** Mali's name, what she filled in, her number and that of another; masked ones have reached the log, too. */
const personal = /มะลิ|ใจดี|Mali|เรือหางยาว|1101700207030|11017xxxxx|3100600123451|31006xxxxx/

it('neither the log nor any job, its fault included, has a word of people in it, whatever registers and people do', async () => {
  await using office = await boatOffice()
  await using site = await portal(office)
  const { ground, register, database } = office
  const id = await office.decided('granted', { refund: 100 })
  await giveReceipt(ground, id)
  register.next.push('down', 'lost', 503, 422)
  for (const outcome of ['later', 'later', 'later', 'returned']) {
    expect(await carryOut(ground, id)).toBe(outcome)
    office.at += 3_600_000
  }
  // What a parser says of an answer quotes it.
  const parse = async () => JSON.parse('มะลิ ใจดี 1101700207030')
  await carryOut({ ...ground, ask: parse }, await office.decided())
  const stranger = site.as(people.somchai.account)
  expect((await stranger.get(`/me/applications/${id}`)).status).toBe(404)
  expect((await site.as(people.mali.account).get(`/me/applications/${id}`)).status).toBe(200)
  expect(office.lines.length).toBeGreaterThan(5)
  expect(office.lines.filter((line) => personal.test(line))).toEqual([])
  const { rows } = await database.pool.query<{ job: string }>(
    `select concat(name, data, output) as job from jobs.job`,
  )
  expect(rows.length).toBeGreaterThan(3)
  expect(rows.filter(({ job }) => personal.test(job))).toEqual([])
})
