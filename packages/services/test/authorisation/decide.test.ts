import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const refuse: Attempt = async (who, { id, version }) =>
  await here.as(who).post(`/desk/cases/${id}/decide/refused`, { version, reason: 'unsafe', words: 'เรือรั่ว' })

describe('deciding (POST /desk/cases/:case/decide/:outcome)', () => {
  it('is for who has the case', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    expect((await refuse(holder, seenOf(found))).status).toBe(303)
    expect(await here.read(found.id)).toMatchObject({
      state: 'awaiting-signature',
      decision: { outcome: 'refused', by: holder.account, reasons: [{ id: 'unsafe', words: 'เรือรั่ว' }] },
    })
  })

  it('is not for a colleague while another has it, for another step, or before its turn', async () => {
    const { case: found, colleague, otherStep } = await cast(here, 'decide')
    await expectRefused(here, found, refuse(colleague, seenOf(found)), [403, 'case-not-yours'])
    await expectRefused(here, found, refuse(otherStep, seenOf(found)), [403, 'case-duty-missing'])
    const early = await cast(here, 'review')
    const all = { ...early.holder, duties: ['clerk', 'boats'] }
    const answered = refuse(all, seenOf(early.case))
    await expectRefused(here, early.case, answered, [409, 'case-transition-not-allowed'])
  })

  it('is not for who reviewed it, whatever duties they have', async () => {
    const { case: found, holder } = await cast(here, 'review')
    const all = { ...holder, duties: ['clerk', 'boats'] }
    await here.cases.review(all, { case: found.id, version: found.caseVersion })
    const endorser = { ...all, account: found.id, duties: ['head'] }
    await here.cases.endorse(endorser, { case: found.id, version: found.caseVersion + 1 })
    const now = await here.read(found.id)
    await expectRefused(here, now, refuse(all, seenOf(now)), [403, 'case-other-officer-needed'])
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'decide'), refuse)
  })

  it('has no page either for whom the case is not there', async () => {
    const all = await cast(here, 'decide')
    await expectNotThere(
      here,
      all,
      async (who, { id }) => await here.as(who).get(`/desk/cases/${id}/decide/refused`),
    )
  })

  it('is done once when it is sent twice', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    const both = await Promise.all([refuse(holder, seenOf(found)), refuse(holder, seenOf(found))])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  it('with an outcome that the service has not, or a prototype’s name, is not there', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    for (const outcome of ['approved', '__proto__', 'constructor', '%00']) {
      const { id, version } = seenOf(found)
      const answered = await here.as(holder).post(`/desk/cases/${id}/decide/${outcome}`, { version })
      expect(answered.status).toBe(404)
    }
    expect((await here.read(found.id)).state).toBe('awaiting-decision')
  })
})
