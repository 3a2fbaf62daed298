import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case } from '../../src/index.ts'
import {
  type CaseOffice,
  caseOffice,
  days,
  decideCase,
  granted,
  monday,
  officer,
  plan,
  refused,
  rulePlan,
  seen,
  shortPlan,
} from './office.ts'

const day = 86_400_000
const of = (made: Case) => ({ account: made.applicant, parties: [] })

describe('a case', () => {
  let office: CaseOffice
  beforeAll(async () => {
    office = await caseOffice()
  })
  afterAll(() => office[Symbol.asyncDispose]())

  it('goes from the receipt over review, endorsement, decision and two signatures to its end', async () => {
    office.at = monday
    const made = await office.open()
    expect(made).toMatchObject({
      state: 'in-review',
      duty: 'review',
      dueAt: days.due(monday, 5),
      caseVersion: 1,
    })
    const carried = await decideCase(office, made)
    await office.run((client) => office.cases.carryOut(client, made.id, { effect: 'permit' }))
    const done = await office.run((client) => office.cases.complete(client, made.id))
    expect(carried).toMatchObject({ state: 'carrying-out', duty: 'decide' })
    expect(done).toMatchObject({ state: 'completed', endedAt: monday })
    const events = await office.cases.eventsOf(office.database.pool, made.id)
    expect(events.map(({ action }) => action)).toEqual([
      ...['submit', 'review', 'endorse', 'decide', 'sign', 'sign', 'carry-out', 'complete'],
    ])
    const whole = await office.cases.find(of(made), made.id)
    expect(whole).toMatchObject({ content: made.content, decision: { outcome: 'granted', stage: 'first' } })
    expect(whole).not.toHaveProperty('appealUntil')
  })

  it('that comes in on a Saturday was received then, and counts from Monday', async () => {
    office.at = monday + 5 * day
    const made = await office.open()
    expect(made.receivedAt).toBe(office.at)
    expect(made.effectiveReceivedAt).toBe(Date.parse('2026-11-30T08:30:00+07:00'))
    expect(made.dueAt).toBe(Date.parse('2026-12-07T16:30:00+07:00'))
  })

  it('waits for its fee, and its time runs from the payment', async () => {
    office.at = monday
    const made = await office.open({ fee: 10_000 })
    expect(made).toMatchObject({ state: 'awaiting-payment', lapseAt: days.until(monday, 7) })
    expect(made).not.toHaveProperty('dueAt')
    office.at = monday + day
    const paid = await office.run((client) => office.cases.pay(client, made.id))
    expect(paid).toMatchObject({ state: 'in-review', dueAt: days.due(office.at, 5), receivedAt: monday })
    expect(paid).not.toHaveProperty('lapseAt')
    expect(await office.run((client) => office.cases.pay(client, made.id))).toEqual(paid)
  })

  it('whose fee nobody paid lapses, and then takes no payment', async () => {
    office.at = monday
    const made = await office.open({ fee: 10_000 })
    office.at = days.until(monday, 7)
    await office.cases.lapse()
    expect((await office.cases.find(of(made), made.id)).state).toBe('awaiting-payment')
    office.at += 1
    await office.cases.lapse()
    expect((await office.cases.find(of(made), made.id)).state).toBe('lapsed')
    const late = office.run((client) => office.cases.pay(client, made.id))
    await expect(late).rejects.toMatchObject({ code: 'case-transition-not-allowed' })
  })

  it('waits for the consent of all who were asked, and lapses with one no', async () => {
    office.at = monday
    const consents = [
      { id: 'master', of: 'hash-master', days: 10 },
      { id: 'owner', of: 'hash-owner', days: 5 },
    ]
    const master = { account: randomUUID(), parties: ['hash-master'] }
    const owner = { account: randomUUID(), parties: ['hash-owner'] }
    const answer = (who: typeof master, made: Case, consent: string, agrees: boolean) =>
      office.run((client) => office.cases.consent(client, who, made.id, { consent, agrees }))
    const made = await office.open({ consents })
    expect(made).toMatchObject({ state: 'awaiting-consent', lapseAt: days.until(monday, 5) })
    expect((await office.cases.askedOf(master)).map(({ id }) => id)).toEqual([made.id])
    await expect(answer(owner, made, 'master', true)).rejects.toMatchObject({ code: 'case-not-found' })
    expect(await answer(master, made, 'master', true)).toMatchObject({ state: 'awaiting-consent' })
    expect(await office.cases.askedOf(master)).toEqual([])
    expect(await answer(owner, made, 'owner', true)).toMatchObject({ state: 'in-review' })
    const other = await office.open({ consents })
    expect(await answer(owner, other, 'owner', false)).toMatchObject({ state: 'lapsed' })
    // They see that there is a case, not what it holds.
    expect((await office.cases.find(owner, other.id)).content).toBeNull()
    await expect(office.cases.storyOf(owner, other.id)).rejects.toMatchObject({ code: 'case-not-found' })
  })

  it('stands while the applicant is asked for more, and goes on with the days that were left', async () => {
    office.at = monday
    const reviewer = officer('review')
    const made = await office.open()
    office.at = monday + 2 * day
    const asked = await office.cases.ask(reviewer, seen(made), 'ขอสำเนาสัญญา')
    expect(asked).toMatchObject({ state: 'awaiting-information', lapseAt: days.until(office.at, 15) })
    expect(asked).not.toHaveProperty('dueAt')
    office.at = monday + 7 * day
    const replied = await office.run((client) =>
      office.cases.reply(client, of(made), seen(asked), { file: 'x' }),
    )
    expect(replied).toMatchObject({ state: 'in-review', dueAt: days.due(office.at, 3) })
    const story = await office.cases.storyOf(of(made), made.id)
    expect(story.map(({ action, words }) => [action, words?.text ?? words?.data])).toEqual([
      ['submit', undefined],
      ['ask', 'ขอสำเนาสัญญา'],
      ['reply', { file: 'x' }],
    ])
  })

  it('lapses when nobody replies', async () => {
    office.at = monday
    const made = await office.open()
    await office.cases.ask(officer('review'), seen(made), 'ขอสำเนาสัญญา')
    office.at = days.until(monday, 15) + 1
    expect(await office.cases.lapse()).toBeGreaterThan(0)
    expect((await office.cases.find(of(made), made.id)).state).toBe('lapsed')
  })

  it('is marked once when its time has run out', async () => {
    office.at = monday
    const made = await office.open()
    office.at = days.due(monday, 5) + 1
    while ((await office.cases.markOverdue()) > 0);
    expect(await office.cases.find(of(made), made.id)).toMatchObject({ overdueAt: office.at, caseVersion: 2 })
  })

  it('that is sent back goes to the step before, with the reason, and its decision is none any more', async () => {
    office.at = monday
    const made = await office.open()
    const reviewed = await office.cases.review(officer('review'), seen(made), 'ครบถ้วน')
    const back = await office.cases.sendBack(officer('endorse'), seen(reviewed), 'ขาดเอกสาร')
    expect(back).toMatchObject({ state: 'in-review', duty: 'review' })
    let now = await office.cases.review(officer('review'), seen(back))
    now = await office.cases.endorse(officer('endorse'), seen(now))
    now = await office.cases.decide(officer('decide'), seen(now), granted)
    const unsigned = await office.cases.sendBack(officer('sign'), seen(now), 'วันที่ไม่ถูกต้อง')
    expect(unsigned).toMatchObject({ state: 'awaiting-decision', duty: 'decide' })
    expect(await office.cases.find(of(made), made.id)).not.toHaveProperty('decision')
  })

  it('counts no signature that was given before it was sent back', async () => {
    office.at = monday
    const [first, second] = [officer('sign'), officer('sign')]
    let now = await decided(await office.open())
    now = await office.cases.sign(first, seen(now))
    const back = await office.cases.sendBack(second, seen(now), 'วันที่ไม่ถูกต้อง')
    now = await office.cases.decide(officer('decide'), seen(back), granted)
    now = await office.cases.sign(second, seen(now))
    expect(now.state).toBe('awaiting-signature')
    expect((await office.cases.sign(first, seen(now))).state).toBe('carrying-out')
  })

  it('asks for no signature where what was decided brings nothing to sign', async () => {
    office.at = monday
    const signedOutcomes = ['refused']
    const made = await office.open({ plan: { ...plan, signedOutcomes } })
    expect((await decided(made)).state).toBe('carrying-out')
    const other = await office.open({ plan: { ...plan, signedOutcomes } })
    expect((await decided(other, refused)).state).toBe('awaiting-signature')
  })

  it('that a rule decided waits for the signature that its document needs', async () => {
    office.at = monday
    const signed = { ...plan, automatic: true, signedOutcomes: ['granted'] }
    const made = await office.open({ plan: signed })
    const now = await office.run((client) => office.cases.decideByRule(client, made.id, granted))
    expect(now).toMatchObject({ state: 'awaiting-signature', duty: 'sign' })
    const back = await office.cases.sendBack(officer('sign'), seen(now), 'ไม่ถูกต้อง')
    expect(back).toMatchObject({ state: 'in-review', duty: 'review' })
  })

  async function decided(made: Case, ruling = granted) {
    let now = await office.cases.review(officer('review'), seen(made))
    now = await office.cases.endorse(officer('endorse'), seen(now))
    return await office.cases.decide(officer('decide'), seen(now), ruling)
  }

  it('whose effect a register refused comes back to who decides', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    await decideCase(office, made)
    const back = await office.run((client) => office.cases.returnToOfficer(client, made.id, 'ทะเบียนไม่รับ'))
    expect(back).toMatchObject({ state: 'awaiting-decision', duty: 'decide' })
    await decideCase(office, back, refused)
    expect(await office.cases.find(of(made), made.id)).toMatchObject({ decision: { outcome: 'refused' } })
  })

  it('without steps is decided by rule, and by no officer', async () => {
    office.at = monday
    const made = await office.open({ plan: rulePlan, fee: 500 })
    await office.run((client) => office.cases.pay(client, made.id))
    const decided = await office.run((client) => office.cases.decideByRule(client, made.id, granted))
    expect(decided.state).toBe('carrying-out')
    const automatic = await office.open({ plan: { ...shortPlan, automatic: true } })
    const byHand = office.cases.decide(officer('decide'), seen(automatic), granted)
    await expect(byHand).rejects.toMatchObject({ code: 'case-transition-not-allowed' })
    await office.run((client) => office.cases.decideByRule(client, automatic.id, granted))
    const back = await office.run((client) => office.cases.returnToOfficer(client, automatic.id, 'ไม่รับ'))
    expect(await office.cases.decide(officer('decide'), seen(back), granted)).toMatchObject({
      state: 'carrying-out',
    })
  })

  it('that officers handle is not decided by rule', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    const decided = office.run((client) => office.cases.decideByRule(client, made.id, granted))
    await expect(decided).rejects.toMatchObject({ code: 'case-transition-not-allowed' })
  })

  it('needs reasons where it is not decided as was asked', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    for (const reasons of [[], [{ id: 'no-evidence', words: '  ' }]]) {
      const decided = office.cases.decide(officer('decide'), seen(made), { ...refused, reasons })
      await expect(decided).rejects.toMatchObject({ code: 'case-reasons-missing' })
    }
  })

  it('is withdrawn before its decision only, and only where its service says so', async () => {
    office.at = monday
    const made = await office.open()
    const withdrawn = await office.run((client) =>
      office.cases.withdraw(client, of(made), seen(made), 'ไม่ต้องการแล้ว'),
    )
    expect(withdrawn.state).toBe('withdrawn')
    const fixed = await office.open({ plan: { ...plan, mayWithdraw: false } })
    const decided = await office.open({ plan: shortPlan })
    const now = await decideCase(office, decided)
    for (const [one, version] of [
      [fixed, 1],
      [decided, now.caseVersion],
    ] as const) {
      const tried = office.run((client) => office.cases.withdraw(client, of(one), { case: one.id, version }))
      await expect(tried).rejects.toMatchObject({ code: 'case-transition-not-allowed' })
    }
  })

  it('that was registered by mistake keeps its number, with the reason', async () => {
    office.at = monday
    const made = await office.open()
    const voided = await office.cases.void(officer('review'), seen(made), 'ยื่นซ้ำ')
    expect(voided).toMatchObject({ state: 'voided', number: made.number })
    const story = await office.cases.storyOf(of(made), made.id)
    expect(story.at(-1)).toMatchObject({ action: 'void', words: { text: 'ยื่นซ้ำ' } })
    expect(Number((await office.open()).number.slice(-6))).toBe(Number(made.number.slice(-6)) + 1)
  })

  it('sends a job of each event, with the event', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    await decideCase(office, made)
    const { rows } = await office.database.pool.query(
      `select name, data from jobs.job where data ->> 'case' = $1 order by (data ->> 'event')::int`,
      [made.id],
    )
    expect(rows).toEqual([
      { name: 'case.submit', data: { case: made.id, event: 1 } },
      { name: 'case.decide', data: { case: made.id, event: 2 } },
    ])
  })

  it('that was erased holds nothing that can be read, and all that happened is still there', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    await decideCase(office, made, refused)
    await office.run((client) => office.cases.complete(client, made.id))
    const filter = { agency: made.agency, service: made.service, limit: 100 }
    expect((await office.cases.endedBefore(monday + 1, filter)).map(({ id }) => id)).toContain(made.id)
    await office.run((client) => office.cases.erase(client, made.id, 'ครบกำหนดเก็บ'))
    const whole = await office.cases.find(of(made), made.id)
    expect(whole).toMatchObject({ content: null, number: made.number, erasedAt: monday })
    expect(whole).not.toHaveProperty('decision')
    const events = await office.cases.eventsOf(office.database.pool, made.id)
    expect(events.map(({ action }) => action)).toEqual(['submit', 'decide', 'complete', 'erase'])
    expect(events.every(({ words }) => words === undefined)).toBe(true)
    expect((await office.cases.endedBefore(monday + 1, filter)).map(({ id }) => id)).not.toContain(made.id)
  })

  it('has events that the database refuses to change', async () => {
    for (const sql of [
      `update casework.case_event set action = 'pay'`,
      'delete from casework.case_event',
      'truncate casework.case_event',
      'delete from casework.case_view',
    ]) {
      await expect(office.database.pool.query(sql), sql).rejects.toThrow('only added')
    }
  })
})
