import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('taking a task (POST /desk/tasks/:task/take)', () => {
  it('is for holders of its duty in its agency', async () => {
    const { colleague, seen } = await cast(here, 'open')
    expect(await here.casework.take(colleague, seen)).toMatchObject({ assignee: colleague.account })
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'open')
    await expectNotThere(here, all, (who) => here.casework.take(who, all.seen))
  })

  it('is not for a second one', async () => {
    const { colleague, seen } = await cast(here, 'taken')
    await expect(here.casework.take(colleague, seen)).rejects.toMatchObject({
      code: 'task-transition-not-allowed',
    })
  })
})
