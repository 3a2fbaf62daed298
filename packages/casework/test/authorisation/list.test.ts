import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Officer } from '../../src/index.ts'
import { type Office, office } from '../office.ts'
import { cast } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('listing tasks', () => {
  const query = { show: 'waiting', sort: 'due', descending: false, limit: 100 } as const
  const shown = async (who: Officer) => (await here.casework.list(who, query)).tasks.map(({ id }) => id)

  it('shows what waits for the officer’s duties in their agency, and nothing about themselves', async () => {
    const { task, ...people } = await cast(here, 'open')
    expect(await shown(people.colleague)).toContain(task.id)
    for (const who of [people.otherDuty, people.otherAgency, people.subject]) {
      expect(await shown(who)).not.toContain(task.id)
    }
  })

  it('counts what it shows', async () => {
    const { subject, colleague, otherDuty } = await cast(here, 'open')
    const { open } = await here.casework.count(colleague)
    expect((await here.casework.count(subject)).open).toBe(open - 1)
    expect((await here.casework.count(otherDuty)).open).toBe(0)
  })

  it('does not reach further by a filter: a duty that is not the officer’s shows nothing', async () => {
    const { otherDuty } = await cast(here, 'open')
    expect((await here.casework.list(otherDuty, { ...query, duty: 'data-protection' })).tasks).toEqual([])
  })
})
