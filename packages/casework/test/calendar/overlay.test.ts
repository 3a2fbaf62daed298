import { randomUUID } from 'node:crypto'
import { createLogger, type OfficeCalendar } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CalendarOverlay, createCases, createCasework, openCalendar } from '../../src/index.ts'
import {
  agency,
  application,
  type CaseOffice,
  caseOffice,
  granted,
  officer,
  refused,
  seen,
  shortPlan,
} from '../case/office.ts'

let office: CaseOffice
let calendar: CalendarOverlay
let cases: CaseOffice['cases']

const base: OfficeCalendar = {
  offset: '+07:00',
  opens: '08:30',
  closes: '16:30',
  weekend: [0, 6],
  holidays: new Map(),
  workdays: new Set(),
  knownUntil: '2026-12-31',
}
const log = createLogger({ name: 'test', level: 'silent' })
const actor = randomUUID()
const name = { th: 'วันหยุดพิเศษ', en: 'Special holiday' }
const source = 'มติคณะรัฐมนตรี'

const follow = () =>
  openCalendar({ pool: office.database.pool, clock: () => office.at, log, base, everyMs: 60_000 })
const day = (at: number | undefined) => (at === undefined ? undefined : calendar.days.dateOf(at))
const plus = (days: number) => calendar.days.dateOf(office.at + days * 86_400_000)

/** The office's cases, counted by the calendar that follows. */
beforeEach(async () => {
  office = await caseOffice()
  calendar = await follow()
  cases = createCases({ ...office.options, days: calendar.days })
})
afterEach(async () => {
  calendar.stop()
  await office[Symbol.asyncDispose]()
})

const open = (over = {}) =>
  office.run((client) => cases.open(client, { ...application(), plan: shortPlan, ...over }))
const change = (kind: 'holiday' | 'workday' | 'plain', date: string) =>
  calendar.change({ date, kind, name, source }, actor)
const standing = async (id: string) => await cases.byId(office.database.pool, id)

describe('days that the cabinet adds', () => {
  it('count for what is reckoned from then on, in every process', async () => {
    const other = await follow()
    const before = await open()
    const due = day(before.dueAt) ?? ''
    await change('holiday', plus(1))
    await other.refresh()
    other.stop()
    const after = await open()
    expect(other.days.due(office.at, 5)).toBe(after.dueAt)
    expect((after.dueAt ?? 0) > (before.dueAt ?? 0)).toBe(true)
    // A holiday in between moves no time that was told already.
    expect(await cases.postpone()).toBe(0)
    expect(day((await standing(before.id))?.dueAt)).toBe(due)
  })

  it('move a time whose last day becomes a holiday to the next working day, once', async () => {
    const { id, dueAt = 0 } = await open()
    await change('holiday', calendar.days.dateOf(dueAt))
    expect(await cases.postpone()).toBe(1)
    const moved = await standing(id)
    expect(moved?.dueAt).toBe(calendar.days.moved(dueAt))
    expect(calendar.days.between(dueAt, moved?.dueAt ?? 0)).toBe(1)
    expect(await cases.postpone()).toBe(0)
    const story = await cases.eventsOf(office.database.pool, id)
    expect(story.at(-1)).toMatchObject({ action: 'postpone', by: 'system', dueAt: moved?.dueAt })
  })

  it('move the time to appeal and the time to answer, too', async () => {
    const decider = officer('decide')
    const opened = await open()
    const refusedNow = await cases.decide(decider, seen(opened), refused)
    await office.run((client) => cases.complete(client, refusedNow.id))
    const asked = await open()
    await cases.ask(decider, seen(asked), 'ขอหลักฐานเพิ่ม')
    const [appeal, answer] = await Promise.all([standing(opened.id), standing(asked.id)])
    const dates = new Set([day(appeal?.appealUntil) ?? '', day(answer?.lapseAt) ?? ''])
    for (const date of dates) await change('holiday', date)
    expect(await cases.postpone()).toBe(2)
    const [later, laterAnswer] = await Promise.all([standing(opened.id), standing(asked.id)])
    expect(later?.appealUntil).toBe(calendar.days.moved(appeal?.appealUntil ?? 0))
    expect(laterAnswer?.lapseAt).toBe(calendar.days.moved(answer?.lapseAt ?? 0))
  })

  it('never move a time to an earlier day', async () => {
    const { id, dueAt = 0 } = await open()
    // The Saturday before its last day becomes a working day.
    const saturday = [1, 2, 3, 4, 5, 6].map(plus).find((date) => new Date(date).getUTCDay() === 6) ?? ''
    await change('workday', saturday)
    expect(calendar.days.isWorkingDay(saturday)).toBe(true)
    await cases.postpone()
    expect((await standing(id))?.dueAt).toBe(dueAt)
    expect((await open()).dueAt).toBeLessThan(dueAt)
  })

  it('leave alone what is over', async () => {
    const opened = await open()
    await cases.decide(officer('decide'), seen(opened), granted)
    await change('holiday', day(opened.dueAt) ?? '')
    expect(await cases.postpone()).toBe(0)
  })

  it('keep all their versions with who made them; taken back, the day is as it was', async () => {
    const date = plus(1)
    await change('holiday', date)
    await change('plain', date)
    expect(calendar.days.isWorkingDay(date)).toBe(true)
    const history = await calendar.history()
    expect(history.map((one) => [one.date, one.kind, one.actor])).toEqual([
      [date, 'plain', actor],
      [date, 'holiday', actor],
    ])
    await expect(office.database.pool.query('delete from casework.calendar_day')).rejects.toThrow()
  })

  it('move the time of a task, once, with an event', async () => {
    const casework = createCasework({ ...office.options, days: calendar.days, tell: async () => {} })
    const task = { agency, duty: 'review', kind: 'access-question', title: name, detail: null }
    const open = () => office.run((client) => casework.open(client, { ...task, clock: { workingDays: 3 } }))
    const [one, late] = [await open(), await open()]
    const who = officer('review')
    await casework.take(who, { task: late.id, version: late.version })
    await change('holiday', day(one.dueAt) ?? '')
    expect(await casework.postpone()).toBe(2)
    expect(await casework.postpone()).toBe(0)
    const moved = await casework.find(who, one.id)
    expect(moved).toMatchObject({ dueAt: calendar.days.moved(one.dueAt), state: 'open', version: 2 })
    const history = await casework.eventsOf(who, one.id)
    expect(history.at(-1)).toMatchObject({ action: 'postpone', dueAt: moved.dueAt })
    expect(history.at(-1)).not.toHaveProperty('actor')
    // Who has it keeps it, and it is late only after the day to which it was moved.
    expect(await casework.find(who, late.id)).toMatchObject({ state: 'taken', assignee: who.account })
    office.at = one.dueAt + 1
    expect(await casework.markOverdue()).toBe(0)
    office.at = moved.dueAt + 1
    expect(await casework.markOverdue()).toBe(2)
    // What is over is not moved any more.
    await change('holiday', calendar.days.dateOf(office.at + 86_400_000))
    expect(await casework.postpone()).toBe(0)
  })

  it('cannot be days that are over', async () => {
    await expect(change('holiday', plus(-1))).rejects.toMatchObject({ code: 'calendar-day-past' })
  })
})
