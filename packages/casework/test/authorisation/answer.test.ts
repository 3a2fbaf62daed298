import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, office } from '../office.ts'
import { cast, expectNotThere } from './roles.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

describe('answering (POST /desk/tasks/:task/answer)', () => {
  const answer = { text: 'คำตอบ', reasons: 'ข้อเท็จจริงและข้อกฎหมาย' }

  it('is for who has the task, and the person is told', async () => {
    const { handler, subject, seen } = await cast(here, 'taken')
    expect(await here.casework.answer(handler, seen, answer)).toMatchObject({ state: 'answered' })
    expect(here.news.at(-1)).toMatchObject({ what: 'answered', to: subject.account })
  })

  it('is not for a colleague', async () => {
    const { colleague, seen } = await cast(here, 'taken')
    await expect(here.casework.answer(colleague, seen, answer)).rejects.toMatchObject({
      code: 'task-not-yours',
    })
  })

  it.each([
    ['', 'เหตุผล'],
    ['คำตอบ', '  '],
    ['ก'.repeat(10_001), 'เหตุผล'],
  ])('needs words and reasons (%#)', async (text, reasons) => {
    const { handler, seen } = await cast(here, 'taken')
    await expect(here.casework.answer(handler, seen, { text, reasons })).rejects.toMatchObject({
      code: 'task-words-missing',
    })
  })

  it('is for nobody else', async () => {
    const all = await cast(here, 'taken')
    await expectNotThere(here, all, (who) => here.casework.answer(who, all.seen, answer))
  })
})
