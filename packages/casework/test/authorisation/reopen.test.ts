import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('opening a task again (POST /desk/tasks/:task/reopen)', () => {
  it('is for every holder of the duty, and the person is told', async () => {
    const { colleague, subject, seen } = await cast(here, 'answered')
    expect(await here.casework.reopen(colleague, seen, 'ตอบไม่ครบ')).toMatchObject({ state: 'open' })
    expect(here.news.at(-1)).toMatchObject({ what: 'reopened', to: subject.account })
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'answered')
    await expectNotThere(here, all, (who) => here.casework.reopen(who, all.seen, 'ซ้ำ'))
  })
})
