import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('closing a task (POST /desk/tasks/:task/close)', () => {
  it('is for who has it, and before it is taken or after it is answered for every holder of the duty', async () => {
    const taken = await cast(here, 'taken')
    await here.casework.close(taken.handler, taken.seen, 'ซ้ำ')
    for (const state of ['open', 'answered'] as const) {
      const { colleague, seen } = await cast(here, state)
      expect(await here.casework.close(colleague, seen, 'เสร็จ')).toMatchObject({ state: 'closed' })
    }
  })

  it('is not for a colleague while somebody has it', async () => {
    const { colleague, seen } = await cast(here, 'taken')
    await expect(here.casework.close(colleague, seen, 'ซ้ำ')).rejects.toMatchObject({ code: 'task-not-yours' })
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'open')
    await expectNotThere(here, all, (who) => here.casework.close(who, all.seen, 'ซ้ำ'))
  })
})
