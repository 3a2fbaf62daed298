import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Case, CaseQuery } from '../../src/index.ts'
import { type CaseOffice, caseOffice, monday, officer, seen, shortPlan } from './office.ts'

const day = 86_400_000

describe('the queue of cases', () => {
  let office: CaseOffice
  let all: Case[]
  let agency: string
  beforeAll(async () => {
    office = await caseOffice()
  })
  beforeEach(async () => {
    agency = `TH/GOV/${randomUUID().slice(0, 4).toUpperCase()}`
    all = []
    for (const offset of [3, 0, 2, 1]) {
      office.at = monday + offset * day
      all.push(await office.open({ agency, plan: shortPlan, service: offset < 2 ? 'permit' : 'licence' }))
    }
  })
  afterAll(() => office[Symbol.asyncDispose]())

  const clerk = () => ({ ...officer('decide', 'review'), agency })
  const ids = async (query: Partial<CaseQuery>, who = clerk()) => {
    const { cases } = await office.cases.queue(who, { show: 'work', limit: 100, ...query })
    return cases.map(({ id }) => all.findIndex((one) => one.id === id))
  }

  it('shows what is due first on top, of all of the officer’s duties', async () => {
    expect(await ids({})).toEqual([1, 3, 2, 0])
    office.at = monday
    all.push(
      await office.open({
        agency,
        plan: {
          ...shortPlan,
          workingDays: 2,
          steps: [{ kind: 'review', duty: 'review', count: 1, by: 'officer' }, ...shortPlan.steps],
        },
      }),
    )
    expect(await ids({})).toEqual([4, 1, 3, 2, 0])
    expect(await ids({ duty: 'review' })).toEqual([4])
    expect(await ids({ duty: 'sign' })).toEqual([])
    expect(await ids({}, { ...clerk(), agency: 'TH/GOV/OTHER' })).toEqual([])
  })

  it('is read page by page, with nothing twice and nothing left out', async () => {
    const who = clerk()
    const read: string[] = []
    let after: string | undefined
    do {
      const page = await office.cases.queue(who, {
        ...{ show: 'work', limit: 1 },
        ...(after === undefined ? {} : { after }),
      })
      read.push(...page.cases.map(({ id }) => id))
      after = page.next
    } while (after !== undefined)
    expect(read.map((id) => all.findIndex((one) => one.id === id))).toEqual([1, 3, 2, 0])
  })

  it('is filtered by service, state, officer, due date, and what is overdue', async () => {
    const who = clerk()
    await office.cases.take(who, seen(all[2] as Case))
    expect(await ids({ service: 'licence' })).toEqual([2, 0])
    expect(await ids({ state: 'in-review' })).toEqual([])
    expect(await ids({ assignee: null })).toEqual([1, 3, 0])
    expect(await ids({ assignee: who.account })).toEqual([2])
    expect(await ids({ show: 'mine' }, who)).toEqual([2])
    expect(await ids({ dueFrom: all[3]?.dueAt ?? 0, dueBefore: all[0]?.dueAt ?? 0 })).toEqual([3, 2])
    office.at = (all[1]?.dueAt ?? 0) + 1
    await office.cases.markOverdue()
    expect(await ids({ overdue: true })).toEqual([1])
    expect(await office.cases.counts(who)).toEqual({ work: 4, mine: 1, overdue: 1 })
  })

  it('is searched by number, whole or in part', async () => {
    const number = all[2]?.number ?? ''
    expect(number).toMatch(/-2569-000003$/)
    for (const text of [number, number.toLowerCase(), ' 3 ', '000003', '2569-3']) {
      expect(await ids({ number: text }), text).toEqual([2])
    }
    expect(await ids({ number: '2568-3' })).toEqual([])
    expect(await ids({ number: 'ZZ-2569-000003' })).toEqual([])
  })

  it('shows apart what others are awaited for, and what is over', async () => {
    const asked = await office.cases.ask(clerk(), seen(all[0] as Case), 'ขอเอกสาร')
    expect(await ids({ show: 'awaited' })).toEqual([0])
    expect(asked.state).toBe('awaiting-information')
    for (const index of [1, 3]) {
      office.at = monday + index * day
      const made = all[index] as Case
      let now = await office.cases.decide(clerk(), seen(made), {
        outcome: 'x',
        favours: true,
        reasons: [],
        inputs: {},
      })
      now = await office.run((client) => office.cases.complete(client, now.id))
      expect(now.state).toBe('completed')
    }
    expect(await ids({ show: 'ended' })).toEqual([3, 1])
    expect(await ids({ show: 'ended', limit: 1 })).toEqual([3])
    expect(await ids({})).toEqual([2])
  })

  it.each([
    { number: "1' or 1=1" },
    { number: 'RD-2569-0001%' },
    { number: '99999999999' },
    { after: 'nowhere' },
    { after: '~.00000000-0000-0000-0000-000000000000' },
  ])('refuses what it cannot read: %o', async (query) => {
    await expect(ids(query)).rejects.toMatchObject({ code: 'case-list-unreadable' })
  })

  it('finds nothing by an officer or state that does not exist, and does not fail', async () => {
    expect(await ids({ assignee: 'nobody' })).toEqual([])
    expect(await ids({ service: '\u{1F600}' })).toEqual([])
  })

  it('lists a person’s own, the latest first, page by page', async () => {
    const person = { account: randomUUID(), parties: ['a', 'b'] }
    const made: string[] = []
    for (const [index, party] of [undefined, 'a', 'b', undefined, 'a'].entries()) {
      office.at = monday + index * day
      const by = party === undefined ? { applicant: person.account } : { party }
      made.unshift((await office.open({ ...by, agency })).id)
    }
    const read: string[] = []
    let after: string | undefined
    do {
      const page = await office.cases.ofApplicant(person, {
        limit: 2,
        ...(after === undefined ? {} : { after }),
      })
      read.push(...page.cases.map(({ id }) => id))
      after = page.next
    } while (after !== undefined)
    expect(read).toEqual(made)
  })
})
