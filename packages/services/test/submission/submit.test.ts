import { inTransaction } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { applicationOf } from '../../src/application/of-case.ts'
import type { OpenProblem } from '../../src/form/problems.ts'
import { feePaid, follow } from '../../src/submission/follow.ts'
import { submit } from '../../src/submission/submit.ts'
import { agency, boatLicence, cel } from './made.ts'
import { type BoatOffice, boatOffice, mali, officer, people } from './office.ts'

async function caseOf({ cases, ground }: BoatOffice, id: string) {
  const found = await cases.byId(ground.pool, id)
  if (found === undefined) throw new Error('there is no such case')
  return found
}

async function countOf({ database }: BoatOffice, sql: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(sql)
  return Number(rows[0]?.count)
}

describe('handing in', () => {
  it('makes a case of the draft, with what was asked and what was calculated, and the draft changes no more', async () => {
    await using office = await boatOffice()
    const draft = await office.draft({ answers: { boat: 'เรือหางยาว', metres: 4, stray: 'never asked' } })
    const id = await office.submit(draft)
    const found = await caseOf(office, id)
    expect(found).toMatchObject({ agency, service: 'boat-licence', version: 1, state: 'awaiting-decision' })
    expect(found.number).toBe('XX-2569-000001')
    expect(applicationOf(found)).toMatchObject({
      answers: { boat: 'เรือหางยาว', metres: 4 },
      calculated: { fee: 0 },
      draft: draft.id,
    })
    expect(applicationOf(found).answers).not.toHaveProperty('stray')
    const now = await office.drafts.find({ account: draft.account }, draft.id)
    expect(now.submitted?.case).toBe(id)
    await expect(office.drafts.save(now, now.content)).rejects.toThrow('draft-over')
  })

  it('twice, from two tabs or with the back button, is the same case with one number', async () => {
    await using office = await boatOffice()
    const draft = await office.draft()
    const ids = await Promise.all(Array.from({ length: 6 }, () => office.submit(draft)))
    expect(new Set(ids).size).toBe(1)
    expect(await office.submit(await office.drafts.find({ account: draft.account }, draft.id))).toBe(ids[0])
    expect(await countOf(office, 'select count(*) from casework.service_case')).toBe(1)
    expect((await caseOf(office, await office.submit(await office.draft()))).number).toBe('XX-2569-000002')
  })

  it('counts from when it came, however long it took until its turn', async () => {
    await using office = await boatOffice()
    const draft = await office.draft()
    const cameAt = office.at - 7_000
    const { ground, drafts } = office
    const id = await submit(ground, drafts, { draft, who: mali(office.at), language: 'th', cameAt })
    const found = await caseOf(office, id)
    expect(found.receivedAt).toBe(cameAt)
    expect(applicationOf(found).submittedAt).toBe(cameAt)
    const [event] = await office.cases.eventsOf(ground.pool, id)
    expect(event?.at).toBe(cameAt)
  })

  it('at the same time as others gives each its own number, and those that cannot be handed in take none', async () => {
    await using office = await boatOffice()
    const drafts = await Promise.all(Array.from({ length: 30 }, () => office.draft()))
    const changed = drafts.filter((_, at) => at % 5 === 0)
    for (const draft of changed) await office.drafts.save(draft, draft.content)
    const twice = [...drafts, ...drafts.slice(0, 10)]
    const told = await Promise.allSettled(twice.map((draft) => office.submit(draft)))
    const ids = new Set(told.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
    expect(ids.size).toBe(24)
    expect(told.filter(({ status }) => status === 'rejected')).toHaveLength(8)
    const { rows } = await office.database.pool.query<{ serial: number }>(
      'select serial from casework.service_case order by serial',
    )
    expect(rows.map(({ serial }) => serial)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1))
  })

  it('names all that stands against it, each with its page, and opens nothing', async () => {
    await using office = await boatOffice()
    const draft = await office.draft({ answers: {}, done: [] })
    const refused = await office.submit(draft).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'application-incomplete' })
    const { open } = (refused as { extensions: { open: OpenProblem[] } }).extensions
    expect(open).toContainEqual(expect.objectContaining({ page: 'boat', field: 'metres' }))
    expect((await office.drafts.find({ account: draft.account }, draft.id)).submitted).toBeUndefined()
  })

  it('is refused where a condition that refuses is not met, with the reason and the law', async () => {
    await using office = await boatOffice()
    const draft = await office.draft({ answers: { boat: 'เรือยาว', metres: 21 } })
    await expect(office.submit(draft)).rejects.toMatchObject({
      code: 'application-refused',
      detail: { th: 'เรือยาวเกินไป' },
      extensions: { requirement: 'small', law: 'boats 5' },
    })
  })

  it('of a form that has a newer version sends back to the form', async () => {
    await using office = await boatOffice()
    const draft = await office.draft()
    office.definitions = [...office.definitions, boatLicence({ version: 2 })]
    await expect(office.submit(draft)).rejects.toMatchObject({ code: 'application-outdated' })
  })

  it('goes to the agency that the workflow names, and never to one that is no member', async () => {
    for (const [source, to] of [
      [`"${agency}"`, agency],
      ['"TH/GOV/NOBODY"', agency],
      ['answers.boat', agency],
    ] as const) {
      const { workflow } = boatLicence()
      await using office = await boatOffice({ workflow: { ...workflow, handler: cel(source) } })
      expect((await caseOf(office, await office.submit(await office.draft()))).agency).toBe(to)
    }
  })
})

describe('a fee with the submission', () => {
  it('is asked for in the same transaction, and its case goes on when it is paid', async () => {
    await using office = await boatOffice()
    const id = await office.submit(await office.draft({ answers: { boat: 'เรือ', metres: 9 } }))
    expect((await caseOf(office, id)).state).toBe('awaiting-payment')
    const payment = await office.payments.byReference(`case:${id}:fee`)
    expect(payment).toMatchObject({ amount: 10_000, payee: agency, state: 'waiting' })
    await feePaid(office.ground, `case:${id}:fee`)
    await feePaid(office.ground, `case:${id}:fee`)
    await feePaid(office.ground, 'something:else')
    expect((await caseOf(office, id)).state).toBe('awaiting-decision')
  })
})

describe('the consent of another', () => {
  it('is asked for once from whoever has an account, and awaited from whoever has none', async () => {
    await using office = await boatOffice()
    const { number, account } = people.somchai
    const content = { answers: { boat: 'เรือ', metres: 4, partner: number } }
    const id = await office.submit(await office.draft(content))
    await follow(office.ground, 'submit', { case: id, event: 1 })
    await follow(office.ground, 'submit', { case: id, event: 1 })
    expect(await caseOf(office, id)).toMatchObject({
      state: 'awaiting-consent',
      awaitedConsents: ['partner'],
    })
    expect(await countOf(office, `select count(*) from notices.message where account = '${account}'`)).toBe(1)
    const stranger = { ...content, answers: { ...content.answers, partner: '1103700000011' } }
    expect((await caseOf(office, await office.submit(await office.draft(stranger)))).state).toBe(
      'awaiting-consent',
    )
  })

  it('is not asked of who applies', async () => {
    await using office = await boatOffice()
    const answers = { boat: 'เรือ', metres: 4, partner: people.mali.number }
    const id = await office.submit(await office.draft({ answers }))
    expect((await caseOf(office, id)).state).toBe('awaiting-decision')
  })
})

describe('a decision by rule', () => {
  const automatic = () => {
    const { workflow } = boatLicence()
    return { workflow: { ...workflow, automatic: cel('answers.metres < 3') } }
  }

  it('is made at once where the definition says so, and only there', async () => {
    await using office = await boatOffice(automatic())
    const small = await office.submit(await office.draft({ answers: { boat: 'เรือ', metres: 2 } }))
    const large = await office.submit(await office.draft())
    for (const id of [small, large]) await follow(office.ground, 'submit', { case: id, event: 1 })
    expect((await caseOf(office, small)).state).toBe('carrying-out')
    expect((await caseOf(office, small)).decision).toMatchObject({ outcome: 'granted' })
    expect((await caseOf(office, large)).decision).toBeUndefined()
  })

  it('is not made again when registers have sent it back: an officer looks at it', async () => {
    await using office = await boatOffice(automatic())
    const id = await office.submit(await office.draft({ answers: { boat: 'เรือ', metres: 2 } }))
    await follow(office.ground, 'submit', { case: id, event: 1 })
    await inTransaction(office.ground.pool, (client) =>
      office.cases.returnToOfficer(client, id, 'ทะเบียนไม่รับ'),
    )
    await follow(office.ground, 'submit', { case: id, event: 1 })
    expect((await caseOf(office, id)).state).toBe('awaiting-decision')
    expect((await office.cases.read(officer, id)).id).toBe(id)
  })
})
