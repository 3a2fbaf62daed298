import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('writing a note (POST /desk/tasks/:task/note)', () => {
  it('is for every holder of the duty', async () => {
    const { handler, colleague, seen } = await cast(here, 'taken')
    const noted = await here.casework.note(handler, seen, 'หนึ่ง')
    await here.casework.note(colleague, { ...seen, version: noted.version }, 'สอง')
    const events = await here.casework.eventsOf(colleague, seen.task)
    expect(events.map(({ words }) => words?.text).filter(Boolean)).toEqual(['หนึ่ง', 'สอง'])
  })

  it('is for officers’ eyes: the person does not read it', async () => {
    const { handler, subject, seen } = await cast(here, 'taken')
    await here.casework.note(handler, seen, 'for-officers-only')
    const shown = await here.casework.questionOf(subject.account, seen.task)
    expect(JSON.stringify(shown)).not.toContain('for-officers-only')
    expect(JSON.stringify(shown)).not.toContain(handler.account)
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'taken')
    await expectNotThere(here, all, (who) => here.casework.note(who, all.seen, 'บันทึก'))
  })
})
