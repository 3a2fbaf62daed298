import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const ask: Attempt = async (who, { id }) => await here.as(who).post(`/desk/cases/${id}/ask-again`)

describe('asking registers anew (POST /desk/cases/:case/ask-again)', () => {
  it('is for who has the case', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    expect((await ask(holder, seenOf(found))).status).toBe(200)
  })

  it('is not for a colleague while another has it, nor for who does another step', async () => {
    const { case: found, colleague, otherStep } = await cast(here, 'decide')
    await expectRefused(here, found, ask(colleague, seenOf(found)), [403, 'case-not-yours'])
    await expectRefused(here, found, ask(otherStep, seenOf(found)), [403, 'case-duty-missing'])
  })

  it('is over once it is decided: an old case is no way to look somebody up', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    const all = { ...holder, duties: ['signer', 'boats', 'clerk'] }
    await expectRefused(here, found, ask(all, seenOf(found)), [409, 'case-transition-not-allowed'])
    expect((await here.as(holder).get(`/desk/cases/${found.id}`)).html).not.toContain('/ask-again')
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'decide'), ask)
  })
})
