import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

/** What stands in the form of the page, whether or not the page shows it to them. */
const attempt: Attempt = async (who, { id, version }) =>
  await here.as(who).post(`/desk/cases/${id}/endorse`, { version, endorse: 'เห็นชอบ' })

describe('endorsing (POST /desk/cases/:case/endorse)', () => {
  it('is for who has the case', async () => {
    const { case: found, holder } = await cast(here, 'endorse')
    expect(await attempt(holder, seenOf(found))).toMatchObject({ status: 303 })
    expect((await here.read(found.id)).state).toBe('awaiting-decision')
  })

  it('is not for a colleague while another has it, nor for who does another step', async () => {
    const { case: found, colleague, otherStep } = await cast(here, 'endorse')
    const seen = seenOf(found)
    await expectRefused(here, found, attempt(colleague, seen), [403, 'case-not-yours'])
    await expectRefused(here, found, attempt(otherStep, seen), [403, 'case-duty-missing'])
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'endorse'), attempt)
  })

  it('is refused of a case that changed since, and done once when it is sent twice', async () => {
    const { case: found, holder } = await cast(here, 'endorse')
    const { id, version } = seenOf(found)
    const old = attempt(holder, { id, version: String(found.caseVersion - 1) })
    await expectRefused(here, found, old, [409, ''])
    for (const none of ['', 'x', '-1', '1e9']) {
      await expectRefused(here, found, attempt(holder, { id, version: none }), [409, ''])
    }
    const both = await Promise.all([attempt(holder, { id, version }), attempt(holder, { id, version })])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect((await here.read(id)).caseVersion).toBe(found.caseVersion + 1)
  })
})
