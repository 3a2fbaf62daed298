import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office, officer } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('giving a task to somebody (POST /desk/tasks/:task/assign)', () => {
  it('is for holders of the duty, to holders of the duty, who are told', async () => {
    const { colleague, seen } = await cast(here, 'taken')
    const next = officer()
    here.colleagues.push({ account: next.account, name: 'มาลี' })
    const given = await here.casework.assign(colleague, seen, next.account)
    expect(given).toMatchObject({ state: 'taken', assignee: next.account })
    expect(here.news.at(-1)).toMatchObject({ what: 'assigned', to: next.account })
  })

  it('is how a colleague takes over what an absent one had', async () => {
    const { colleague, seen } = await cast(here, 'taken')
    const given = await here.casework.assign(colleague, seen, colleague.account)
    expect(given.assignee).toBe(colleague.account)
  })

  it('is never to whom it is about, nor to who does not hold the duty', async () => {
    const { colleague, subject, otherDuty, seen } = await cast(here, 'taken')
    here.colleagues.push({ account: subject.account, name: 'สมชาย' })
    for (const { account } of [subject, otherDuty]) {
      await expect(here.casework.assign(colleague, seen, account)).rejects.toMatchObject({
        code: 'task-colleague-unsuitable',
      })
    }
    const offered = await here.casework.colleaguesFor(colleague, seen.task)
    expect(offered.map(({ account }) => account)).not.toContain(subject.account)
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'taken')
    await expectNotThere(here, all, (who) => here.casework.assign(who, all.seen, who.account))
  })
})
