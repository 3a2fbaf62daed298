import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const read: Attempt = async (who, { id }) => await here.as(who).get(`/desk/cases/${id}/outputs/letter`)

describe('reading a document before it is signed (GET /desk/cases/:case/outputs/:output)', () => {
  it('is for who may sign it, as a PDF', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    const { status, headers } = await read(holder, seenOf(found))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/pdf')
  })

  it('is not for who does another step: the name of who has it made would stand under it', async () => {
    const { case: found, otherStep, colleague } = await cast(here, 'sign', { refuse: true })
    await expectRefused(here, found, read(otherStep, seenOf(found)), [403, 'case-duty-missing'])
    await expectRefused(here, found, read(colleague, seenOf(found)), [403, 'case-not-yours'])
    const { rows } = await here.office.database.pool.query('select from services.output where case_id = $1', [
      found.id,
    ])
    expect(rows).toEqual([])
  })

  it('is not there before it is decided, nor one that the decision does not bring', async () => {
    const early = await cast(here, 'decide')
    const all = { ...early.holder, duties: ['boats', 'signer'] }
    await expectRefused(here, early.case, read(all, seenOf(early.case)), [409, 'case-transition-not-allowed'])
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    for (const output of ['licence', 'x', '__proto__'])
      expect((await here.as(holder).get(`/desk/cases/${found.id}/outputs/${output}`)).status).toBe(404)
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'sign', { refuse: true }), read)
  })
})
