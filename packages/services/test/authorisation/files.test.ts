import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere } from './roles.ts'

let here: Desk
const content = Buffer.from('%PDF-1.7\n')
let photo = ''
const answerOf = (id: string) => ({
  id,
  name: 'เรือ\u202Efdp.exe.pdf',
  mediaType: 'application/pdf',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
})

beforeAll(async () => {
  here = await desk()
  const { office } = here
  const done = ['boat', 'partner', 'photo']
  // Every case of this file comes with a photograph.
  here.open = async () => {
    photo = randomUUID()
    const answer = answerOf(photo)
    const draft = await office.draft({ done })
    const answers = { ...draft.content.answers, photo: answer }
    const files = [{ answer, content }]
    const saved = await office.drafts.save(draft, { ...draft.content, answers }, { files })
    return await here.read(await office.submit(saved))
  }
})
afterAll(() => here?.[Symbol.asyncDispose]())

const read: Attempt = async (who, { id }) => await here.as(who).get(`/desk/cases/${id}/files/${photo}`)

describe('a file that was handed in (GET /desk/cases/:case/files/:file)', () => {
  it('is for all who do a step, as a download that no browser opens as a page', async () => {
    const { case: found, holder, otherStep } = await cast(here, 'review')
    for (const who of [holder, otherStep]) {
      const { status, headers } = await read(who, { id: found.id, version: '' })
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('application/pdf')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-disposition')).toMatch(/^attachment;/)
    }
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, 'review'), read)
  })

  it('of another case, or of nothing, is not there', async () => {
    const { case: found, holder } = await cast(here, 'review')
    for (const file of [randomUUID(), 'x', '__proto__', '%00', '..%2f..%2fetc'])
      expect((await here.as(holder).get(`/desk/cases/${found.id}/files/${file}`)).status).toBe(404)
  })
})
