import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('putting a task back (POST /desk/tasks/:task/release)', () => {
  it('is for who has it', async () => {
    const { handler, seen } = await cast(here, 'taken')
    const released = await here.casework.release(handler, seen)
    expect(released.state).toBe('open')
    expect(released.assignee).toBeUndefined()
  })

  it('is not for a colleague', async () => {
    const { colleague, seen } = await cast(here, 'taken')
    await expect(here.casework.release(colleague, seen)).rejects.toMatchObject({ code: 'task-not-yours' })
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'taken')
    await expectNotThere(here, all, (who) => here.casework.release(who, all.seen))
  })
})
