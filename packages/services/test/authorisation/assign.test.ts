import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duties } from '../desk/boats.ts'
import { type Desk, desk, officer } from '../desk/site.ts'
import { people } from '../submission/office.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const give =
  (to: string): Attempt =>
  async (who, { id, version }) =>
    await here.as(who).post(`/desk/cases/${id}/assign`, { version, to })

function known(...held: string[]) {
  const one = officer(...held)
  here.colleagues.push({ account: one.account, name: 'สมชาย' })
  return one
}

describe('giving a case to somebody (POST /desk/cases/:case/assign)', () => {
  it('is for holders of its duty, to holders of its duty', async () => {
    const { case: found, colleague } = await cast(here, 'review')
    const to = known(duties.review)
    expect((await give(to.account)(colleague, seenOf(found))).status).toBe(303)
    expect((await here.read(found.id)).assignee).toBe(to.account)
  })

  it('is not done to who lacks the duty, is the applicant, acts for them, or is nobody', async () => {
    const { case: found, holder, helper } = await cast(here, 'review')
    here.colleagues.push({ account: people.mali.account, name: 'x' }, { account: helper.account, name: 'y' })
    for (const to of [randomUUID(), people.mali.account, helper.account, '', 'x', '__proto__'])
      await expectRefused(here, found, give(to)(holder, seenOf(found)), [422, 'case-colleague-unsuitable'])
  })

  it('is not for who does another step', async () => {
    const { case: found, otherStep } = await cast(here, 'review')
    const to = known(duties.review)
    const answered = give(to.account)(otherStep, seenOf(found))
    await expectRefused(here, found, answered, [403, 'case-duty-missing'])
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'review'), give(known(duties.review).account))
  })
})
