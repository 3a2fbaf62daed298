import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere, nowhere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('reading a task', () => {
  it('is for every holder of the duty', async () => {
    const { colleague, task } = await cast(here, 'taken')
    expect(await here.casework.find(colleague, task.id)).toMatchObject({ id: task.id })
  })

  it('is for nobody else: neither the task, nor its events, nor who could have it', async () => {
    const all = await cast(here, 'taken')
    await expectNotThere(here, all, (who) => here.casework.find(who, all.task.id))
    await expectNotThere(here, all, (who) => here.casework.eventsOf(who, all.task.id))
    await expectNotThere(here, all, (who) => here.casework.colleaguesFor(who, all.task.id))
  })

  it('is as with a task that never was', async () => {
    const { colleague } = await cast(here, 'open')
    for (const id of [nowhere(), 'x', '', '../..', "' or 1=1"]) {
      await expect(here.casework.find(colleague, id)).rejects.toMatchObject({ code: 'task-not-found' })
    }
  })

  it('is for a person where it is about them, without the officers; another’s is not there, and logged', async () => {
    const { subject, colleague, task } = await cast(here, 'taken')
    expect(await here.casework.questionOf(subject.account, task.id)).not.toHaveProperty('assignee')
    await expect(here.casework.questionOf(colleague.account, task.id)).rejects.toMatchObject({
      code: 'task-not-found',
    })
    expect(here.lines.at(-1)).toContain(colleague.account)
    expect(await here.casework.stateFor(colleague.account)).toEqual([])
  })
})
