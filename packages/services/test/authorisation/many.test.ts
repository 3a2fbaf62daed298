import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Cast, cast } from './roles.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const chosen = ({ case: found }: Cast) => `${found.id} ${found.caseVersion}`

describe('the same with many (POST /desk/cases/many)', () => {
  it('is done with those with which the officer may do it, and says why not with the others', async () => {
    const [own, others] = [await cast(here, 'review'), await cast(here, 'review')]
    const page = await here.as(own.holder).post('/desk/cases/many', {
      do: 'review',
      case: [chosen(own), chosen(others), `${own.case.id} 999`],
    })
    expect(page.status).toBe(200)
    expect((await here.read(own.case.id)).state).toBe('awaiting-endorsement')
    expect((await here.read(others.case.id)).state).toBe('in-review')
    for (const said of [own.case.number, `/desk/cases/${others.case.id}`]) expect(page.html).toContain(said)
  })

  it('does nothing for other duties, other agencies, the applicant, or who acts for them, and tells no number', async () => {
    const all = await cast(here, 'review')
    for (const who of [all.otherDuty, all.otherAgency, all.applicant, all.helper]) {
      for (const deed of ['take', 'release', 'review', 'endorse']) {
        const page = await here.as(who).post('/desk/cases/many', { do: deed, case: chosen(all) })
        expect(page.html).not.toContain(all.case.number)
      }
    }
    expect((await here.read(all.case.id)).caseVersion).toBe(all.case.caseVersion)
    expect(here.lines.filter((line) => line.includes('case refused'))).toHaveLength(16)
  })

  it('does only what can be done with many, and only with cases', async () => {
    const all = await cast(here, 'decide')
    const wrong = ['x', '', `${all.case.id}`, `${'-'.repeat(36)} 1`, `${all.case.id} 1e3`, '__proto__ 1']
    for (const deed of ['decide', 'void', 'sign', '__proto__', 'constructor', '', 'take']) {
      const page = await here.as(all.holder).post('/desk/cases/many', { do: deed, case: wrong })
      expect(page.status).toBe(200)
    }
    const sent = { do: 'decide', case: chosen(all) }
    await here.as(all.holder).post('/desk/cases/many', sent)
    expect((await here.read(all.case.id)).caseVersion).toBe(all.case.caseVersion)
  })
})
