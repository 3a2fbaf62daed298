import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agency, duty, type Office, office, officer, transaction } from './office.ts'

let here: Office
beforeAll(async () => {
  here = await office()
})
afterAll(async () => await here[Symbol.asyncDispose]())

const words = { text: 'เจ้าหน้าที่ดูข้อมูลเพื่อประเมินภาษี', reasons: 'ประมวลรัษฎากร มาตรา 19' }

describe('the life of a task', () => {
  it('goes from open over taken and answered to closed, and its events tell so', async () => {
    const malee = officer()
    const opened = await here.open()
    const taken = await here.casework.take(malee, seen(opened))
    const noted = await here.casework.note(malee, seen(taken), 'ตรวจบันทึกแล้ว')
    const answered = await here.casework.answer(malee, seen(noted), words)
    const closed = await here.casework.close(malee, seen(answered), 'ตอบแล้ว')
    expect([opened, taken, noted, answered, closed].map(({ state }) => state)).toEqual([
      'open',
      'taken',
      'taken',
      'answered',
      'closed',
    ])
    const events = await here.casework.eventsOf(malee, opened.id)
    expect(events.map(({ action, actor }) => [action, actor])).toEqual([
      ['open', undefined],
      ['take', malee.account],
      ['note', malee.account],
      ['answer', malee.account],
      ['close', malee.account],
    ])
    expect(events[3]?.words).toEqual(words)
  })

  it('is not opened where the caller’s transaction is undone', async () => {
    const before = await here.casework.count(officer())
    const opening = transaction(here.database, async (client) => {
      await here.casework.open(client, {
        agency,
        duty,
        kind: 'access-question',
        title: { th: 'งาน', en: 'Task' },
        detail: null,
        clock: { workingDays: 1 },
      })
      throw new Error('undone')
    })
    await expect(opening).rejects.toThrow('undone')
    expect(await here.casework.count(officer())).toEqual(before)
  })

  it('is due at the end of office hours, after working days only', async () => {
    const { dueAt } = await here.open({ clock: { workingDays: 14 } })
    // Two weekends and Constitution Day lie between.
    expect(new Date(dueAt).toISOString()).toBe('2026-12-14T09:30:00.000Z')
  })

  it('counts from the next opening where it comes in at night', async () => {
    here.at = Date.parse('2026-11-27T20:00:00+07:00')
    const task = await here.open({ clock: { workingDays: 1 } })
    here.at = Date.parse('2026-11-23T09:00:00+07:00')
    expect(new Date(task.receivedAt).toISOString()).toBe('2026-11-30T01:30:00.000Z')
    expect(new Date(task.dueAt).toISOString()).toBe('2026-12-01T09:30:00.000Z')
  })

  it('begins anew with its whole time when it is opened again, and the old answer no longer stands', async () => {
    const [malee, subject] = [officer(), randomUUID()]
    const opened = await here.open({ subject })
    const taken = await here.casework.take(malee, seen(opened))
    const answered = await here.casework.answer(malee, seen(taken), words)
    expect((await here.casework.questionOf(subject, opened.id)).answer).toMatchObject(words)
    here.at += 86_400_000
    const reopened = await here.casework.reopen(malee, seen(answered), 'ตอบไม่ครบ')
    here.at -= 86_400_000
    expect(reopened).toMatchObject({ state: 'open', dueAt: opened.dueAt + 86_400_000 })
    expect(reopened.assignee).toBeUndefined()
    expect((await here.casework.questionOf(subject, opened.id)).answer).toBeUndefined()
  })

  it('tells the person of answers in the transaction that gives them, and says why it was closed without one', async () => {
    const [malee, subject] = [officer(), randomUUID()]
    const opened = await here.open({ subject })
    const closed = await here.casework.close(malee, seen(opened), 'ส่งซ้ำ')
    expect(here.news.filter(({ to }) => to === subject).map(({ what }) => what)).toEqual(['closed'])
    expect(await here.casework.questionOf(subject, closed.id)).toMatchObject({ closedFor: 'ส่งซ้ำ' })
  })

  it('lets one of two officers have it who take it at once', async () => {
    const opened = await here.open()
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => here.casework.take(officer(), seen(opened))),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'task-changed' })
    }
    expect(await here.casework.eventsOf(officer(), opened.id)).toHaveLength(2)
  })

  it('keeps its events as they were written', async () => {
    await here.open()
    const { pool } = here.database
    await expect(pool.query(`update casework.task_event set at = now()`)).rejects.toThrow('only added')
    await expect(pool.query(`delete from casework.task_event`)).rejects.toThrow('only added')
  })

  it('has nothing of what was written in clear in the database', async () => {
    const malee = officer()
    const opened = await here.open({ detail: { words: 'secret-detail' } })
    await here.casework.note(malee, seen(opened), 'secret-note')
    const { rows } = await here.database.pool.query(
      `select encode(detail_sealed, 'escape') || coalesce(encode(content_sealed, 'escape'), '') as all
       from casework.task join casework.task_event on id = task_id`,
    )
    expect(JSON.stringify(rows)).not.toContain('secret-')
    expect((await here.casework.find(malee, opened.id)).detail).toEqual({ words: 'secret-detail' })
  })
})

function seen({ id, version }: { id: string; version: number }) {
  return { task: id, version }
}
