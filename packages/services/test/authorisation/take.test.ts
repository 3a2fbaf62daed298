import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const attempt: Attempt = async (who, { id, version }) =>
  await here.as(who).post(`/desk/cases/${id}/take`, { version })

describe('taking a case (POST /desk/cases/:case/take)', () => {
  it('is for holders of the duty whose turn it is, over from a colleague too', async () => {
    const { case: found, colleague } = await cast(here, 'review')
    expect((await attempt(colleague, seenOf(found))).status).toBe(303)
    expect((await here.read(found.id)).assignee).toBe(colleague.account)
  })

  it('is not for who does another step', async () => {
    const { case: found, otherStep } = await cast(here, 'review')
    await expectRefused(here, found, attempt(otherStep, seenOf(found)), [403, 'case-duty-missing'])
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'decide'), attempt)
  })

  it('of two at once is one’s', async () => {
    const { case: found, holder, colleague } = await cast(here, 'review')
    await here.cases.release(holder, { case: found.id, version: found.caseVersion })
    const seen = { id: found.id, version: String(found.caseVersion + 1) }
    const both = await Promise.all([attempt(holder, seen), attempt(colleague, seen)])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  it('is not for who did the step that this one checks', async () => {
    const { case: found, holder } = await cast(here, 'review')
    await here.cases.review(holder, { case: found.id, version: found.caseVersion })
    const now = await here.read(found.id)
    const both = { ...holder, duties: ['clerk', 'head'] }
    await expectRefused(here, now, attempt(both, seenOf(now)), [403, 'case-other-officer-needed'])
  })
})
