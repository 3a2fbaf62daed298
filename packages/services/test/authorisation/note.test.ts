import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, seenOf } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const write =
  (note: string): Attempt =>
  async (who, { id, version }) =>
    await here.as(who).post(`/desk/cases/${id}/note`, { version, note })

describe('writing a note for officers (POST /desk/cases/:case/note)', () => {
  it('is for all who do a step of the case, whoever has it', async () => {
    const { case: found, colleague, otherStep } = await cast(here, 'review')
    expect((await write('หนึ่ง')(colleague, seenOf(found))).status).toBe(303)
    expect((await write('สอง')(otherStep, seenOf(await here.read(found.id)))).status).toBe(303)
    const page = await here.as(otherStep).get(`/desk/cases/${found.id}`)
    for (const note of ['หนึ่ง', 'สอง']) expect(page.text).toContain(note)
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'review'), write('บันทึก'))
  })

  it('of nothing, or of more than is kept, is refused by the field', async () => {
    const { case: found, holder } = await cast(here, 'review')
    for (const note of ['', ' \n\t ', 'ก'.repeat(10_001)])
      await expectRefused(here, found, write(note)(holder, seenOf(found)), [422, 'href="#note"'])
  })

  it('of as many letters as the field says is kept', async () => {
    const { case: found, holder } = await cast(here, 'review')
    expect((await write('ก'.repeat(10_000))(holder, seenOf(found))).status).toBe(303)
  })

  it('of a case that changed since is not lost: it stands in its field again', async () => {
    const { case: found, holder } = await cast(here, 'review')
    const old = { id: found.id, version: String(found.caseVersion - 1) }
    await expectRefused(here, found, write('อย่าหาย')(holder, old), [409, '>อย่าหาย</textarea>'])
  })
})
