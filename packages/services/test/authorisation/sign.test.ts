import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const begin: Attempt = async (who, { id, version }) =>
  await here.as(who).post(`/desk/cases/${id}/outputs/letter/sign`, { version })
const take: Attempt = async (who, { id, version }) =>
  await here.as(who).post(`/desk/cases/${id}/sign`, { version })

describe.each([
  ['beginning to sign (POST /desk/cases/:case/outputs/:output/sign)', begin],
  ['putting what is signed into the case (POST /desk/cases/:case/sign)', take],
])('%s', (_, attempt) => {
  it('is not for a colleague while another has it, nor for who does another step', async () => {
    const { case: found, colleague, otherStep } = await cast(here, 'sign', { refuse: true })
    await expectRefused(here, found, attempt(colleague, seenOf(found)), [403, 'case-not-yours'])
    await expectRefused(here, found, attempt(otherStep, seenOf(found)), [403, 'case-duty-missing'])
    expect(here.signing.begun.filter(({ account }) => account !== '')).toEqual([])
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'sign', { refuse: true }), attempt)
    expect(here.signing.begun).toEqual([])
  })
})

describe('signing', () => {
  it('is done by who has the case, with what they confirmed, once', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    const seen = seenOf(found)
    expect((await begin(holder, seen)).to).toMatch(/^\/desk\/signing\/confirm/)
    // Not confirmed yet: nothing is put.
    expect((await take(holder, seen)).status).toBe(303)
    expect((await here.read(found.id)).state).toBe('awaiting-signature')
    here.signing.confirm()
    expect((await take(holder, seen)).status).toBe(303)
    expect((await here.read(found.id)).state).toBe('carrying-out')
    // It is nobody's to sign any more.
    expect((await take(holder, seen)).status).toBe(403)
  })

  it('of a case that changed since is not begun', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    const old = { id: found.id, version: String(found.caseVersion - 1) }
    await expectRefused(here, found, begin(holder, old), [409, 'case-changed'])
  })
})
