import { inTransaction } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import type { OnceRule } from '../../src/definition/definition.ts'
import { submit } from '../../src/submission/submit.ts'
import { agency, boatLicence, cel } from './made.ts'
import { type BoatOffice, boatOffice, mali, officer, people } from './office.ts'
import { portal } from './portal.ts'

const once: OnceRule = {
  per: cel('answers.boat'),
  freedBy: ['refused'],
  otherwise: { th: 'ขอใบอนุญาตของเรือลำนี้ไว้แล้ว', en: 'This boat was applied for already.' },
}
const office = (rule: OnceRule = once) => boatOffice({ once: rule })

const of = (here: BoatOffice, boat: string) => here.draft({ answers: { boat, metres: 4 } })
const refusal = { code: 'application-once', detail: once.otherwise }

async function count({ database }: BoatOffice, table: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*)::int from ${table}`)
  return rows[0]?.count ?? -1
}

describe('a service that is applied for once', () => {
  it('refuses the second under the same key, leads to the first, and leaves the draft open', async () => {
    await using here = await office()
    const first = await here.submit(await of(here, 'ก'))
    const second = await of(here, 'ก')
    await expect(here.submit(second)).rejects.toMatchObject({
      ...refusal,
      extensions: { application: `/me/applications/${first}` },
    })
    expect((await here.drafts.find({ account: second.account }, second.id)).submitted).toBeUndefined()
    // Of another boat, and by another person, it may be.
    await here.submit(await of(here, 'ข'))
    const { somchai } = people
    const theirs = await here.draft({
      answers: { boat: 'ก', metres: 4 },
      applicant: { ...second.content.applicant, account: somchai.account, id: somchai.number },
    })
    await here.submit(theirs)
    expect(await count(here, 'casework.service_case')).toBe(3)
  })

  it('without what it is counted by is applied for once in all', async () => {
    const { per: _, ...rule } = once
    await using here = await office(rule)
    await here.submit(await of(here, 'ก'))
    await expect(here.submit(await of(here, 'ข'))).rejects.toMatchObject(refusal)
  })

  it('takes one of many that come at once, whichever process they come to', async () => {
    await using here = await office()
    const drafts = await Promise.all(
      Array.from({ length: 24 }, (_, at) => of(here, at % 2 === 0 ? 'ก' : 'ข')),
    )
    // Drafts of their own stand for another process: its register knows nothing of this one's.
    const others = [here.drafts, { ...here.drafts }, { ...here.drafts }]
    const told = await Promise.allSettled(
      drafts.flatMap((draft, at) =>
        // Each twice: the same draft is never refused for itself.
        [at, at + 1].map((nth) =>
          submit(here.ground, others[nth % 3] ?? here.drafts, { draft, who: mali(here.at), language: 'th' }),
        ),
      ),
    )
    const ids = told.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(new Set(ids).size).toBe(2)
    expect(ids).toHaveLength(4)
    for (const one of told) if (one.status === 'rejected') expect(one.reason).toMatchObject(refusal)
    const { rows } = await here.database.pool.query<{ serial: number }>(
      'select serial from casework.service_case order by serial',
    )
    expect(rows.map(({ serial }) => serial)).toEqual([1, 2])
    expect(await count(here, 'services.once')).toBe(2)
  })

  it('holds no key for a draft that could not be handed in', async () => {
    await using here = await office()
    const draft = await of(here, 'ก')
    await here.drafts.save(draft, draft.content)
    await expect(here.submit(draft)).rejects.toMatchObject({ code: 'draft-changed' })
    expect(await count(here, 'services.once')).toBe(0)
    await here.submit(await of(here, 'ก'))
  })

  it('may be applied for anew once the first was withdrawn, or decided so that it counts no more', async () => {
    await using here = await office()
    const withdrawn = await here.submit(await of(here, 'ก'))
    const person = { account: people.mali.account, parties: [] }
    await inTransaction(here.ground.pool, (client) =>
      here.cases.withdraw(client, person, { case: withdrawn, version: 1 }),
    )
    const next = await here.submit(await of(here, 'ก'))
    await expect(here.submit(await of(here, 'ก'))).rejects.toMatchObject(refusal)
    const { caseVersion: version } = await here.cases.take(officer, { case: next, version: 1 })
    const ruling = { outcome: 'refused', favours: false, reasons: [{ id: 'unsafe', words: 'เรือรั่ว' }] }
    await here.cases.decide(officer, { case: next, version }, { ...ruling, inputs: {} })
    await expect(here.submit(await of(here, 'ก'))).rejects.toMatchObject(refusal)
    await inTransaction(here.ground.pool, (client) => here.cases.complete(client, next))
    const anew = await here.submit(await of(here, 'ก'))
    expect((await here.cases.byId(here.ground.pool, anew))?.agency).toBe(agency)
  })

  it('says so where answers are checked, with the way to the first, before it is handed in', async () => {
    await using here = await office()
    const first = await here.submit(await of(here, 'ก'))
    const draft = await of(here, 'ก')
    await using site = await portal(here)
    const browser = site.as(people.mali.account)
    const review = `/services/boat-licence/drafts/${draft.id}/review`
    const { text } = await browser.get(review, 'en')
    expect(text).toContain('This boat was applied for already.')
    expect(text).toContain(`/me/applications/${first}`)
    expect(text).not.toContain('name="declared"')
    expect((await browser.get(review.replace(draft.id, (await of(here, 'ข')).id), 'en')).text).toContain(
      'name="declared"',
    )
  })

  it('says there, too, which condition is not met', async () => {
    await using here = await boatOffice({ requirements: boatLicence().requirements })
    const draft = await here.draft({ answers: { boat: 'ก', metres: 21 } })
    await using site = await portal(here)
    const review = `/services/boat-licence/drafts/${draft.id}/review`
    const { text } = await site.as(people.mali.account).get(review, 'en')
    expect(text).toContain('The boat is too long.')
    expect(text).not.toContain('name="declared"')
  })
})
