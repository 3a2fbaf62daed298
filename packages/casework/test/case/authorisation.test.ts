import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCases, type Officer } from '../../src/index.ts'
import {
  type CaseOffice,
  caseOffice,
  decideCase,
  granted,
  monday,
  officer,
  plan,
  refused,
  seen,
  shortPlan,
} from './office.ts'

describe('a case', () => {
  let office: CaseOffice
  beforeAll(async () => {
    office = await caseOffice()
  })
  afterAll(() => office[Symbol.asyncDispose]())

  const everything = async (who: Officer, id: string) => {
    const all = { case: id, version: 1 }
    const { cases } = office
    const tries = [
      () => cases.read(who, id),
      () => cases.history(who, id),
      () => cases.colleaguesFor(who, id),
      () => cases.take(who, all),
      () => cases.assign(who, all, who.account),
      () => cases.release(who, all),
      () => cases.note(who, all, 'x'),
      () => cases.ask(who, all, 'x'),
      () => cases.review(who, all),
      () => cases.sendBack(who, all, 'x'),
      () => cases.endorse(who, all),
      () => cases.decide(who, all, granted),
      () => cases.sign(who, all),
      () => cases.void(who, all, 'x'),
    ]
    return await Promise.all(
      tries.map((tried) =>
        tried().then(
          () => 'done',
          (error: unknown) => (error as { code?: string }).code,
        ),
      ),
    )
  }

  it.each([
    ['of another agency', (who: Officer) => ({ ...who, agency: 'TH/GOV/DOPA' }), 'agency'],
    ['of other duties', (who: Officer) => ({ ...who, duties: ['registrar'] }), 'duty'],
  ])('is not there for an officer %s, and the attempt is logged', async (_, other, why) => {
    office.at = monday
    const made = await office.open()
    office.lines.length = 0
    const outcomes = await everything(other(officer('review')), made.id)
    expect(new Set(outcomes)).toEqual(new Set(['case-not-found']))
    expect(
      office.lines.filter((line) => line.includes('case refused') && line.includes(`"why":"${why}"`)),
    ).toHaveLength(outcomes.length)
  })

  it('of their own is not there for an officer, nor one of somebody for whom they act', async () => {
    const who = officer('review', 'decide', 'endorse', 'sign')
    office.parties.set(who.account, ['company'])
    const own = [
      await office.open({ applicant: who.account }),
      await office.open({ party: 'company' }),
      await office.open({ consents: [{ id: 'master', of: 'company', days: 3 }] }),
    ]
    for (const { id } of own) expect(new Set(await everything(who, id))).toEqual(new Set(['case-not-found']))
    const listed = await office.cases.queue(who, { show: 'work', limit: 100 })
    const awaited = await office.cases.queue(who, { show: 'awaited', limit: 100 })
    const seenIds = [...listed.cases, ...awaited.cases].map(({ id }) => id)
    for (const { id } of own) expect(seenIds).not.toContain(id)
    expect(seenIds.length).toBeGreaterThan(0)
  })

  it('is nobody’s to open, act on or be given while a register that would know whose it is does not answer', async () => {
    const [who, director] = [officer('review'), officer('review')]
    office.parties.set(director.account, ['a company'])
    office.colleagues.length = 0
    office.colleagues.push({ account: who.account, name: 'x' })
    const companys = await office.open({ party: 'a company', kinds: ['company'] })
    const unsaid = await office.open({ party: 'somebody' })
    const persons = await office.open({ concerned: ['a person'], kinds: ['self'] })
    const listed = async () => {
      const { cases, silent } = await office.cases.queue(who, { show: 'work', limit: 100 })
      const ids = [companys, unsaid, persons].map(({ id }) => cases.some((one) => one.id === id))
      return { ids, silent: silent?.map(({ en }) => en) }
    }
    const { work: all } = await office.cases.counts(who)
    office.silent.set('company', 'the company register')
    office.lines.length = 0
    const outcomes = await everything(who, companys.id)
    expect(new Set(outcomes)).toEqual(new Set(['case-concern-unknown']))
    const logged = office.lines.filter((line) => line.includes('"why":"unknown"'))
    expect(logged).toHaveLength(outcomes.length)
    await expect(office.cases.read(who, companys.id)).rejects.toMatchObject({
      detail: { en: expect.stringContaining('the company register') },
    })
    await expect(office.cases.assertMay(who, { case: companys.id }, 'review')).rejects.toMatchObject({
      code: 'case-concern-unknown',
    })
    // Of what kind its parties are was never said: any register might know.
    expect(new Set(await everything(who, unsaid.id))).toEqual(new Set(['case-concern-unknown']))
    // What is known stays known, and says no more than ever.
    expect(new Set(await everything(director, companys.id))).toEqual(new Set(['case-not-found']))
    expect((await office.cases.read(who, persons.id)).id).toBe(persons.id)
    expect(await listed()).toEqual({ ids: [false, false, true], silent: ['the company register'] })
    expect((await office.cases.counts(who)).work).toBeLessThanOrEqual(all - 2)
    const report = await office.cases.actOnMany([seen(companys), seen(persons)], (one) =>
      office.cases.review(who, one),
    )
    expect(report.map(({ now, problem }) => now?.state ?? problem?.code)).toEqual([
      'case-concern-unknown',
      'awaiting-endorsement',
    ])
    office.silent.clear()
    expect(await listed()).toEqual({ ids: [true, true, false], silent: undefined })
    expect(await office.cases.take(who, seen(companys))).toMatchObject({ assignee: who.account })
  })

  it('is given to nobody of whom it is not known whether it concerns them', async () => {
    const [giver, other] = [officer('review'), officer('review')]
    const made = await office.open({ party: 'a firm', kinds: ['company'] })
    office.colleagues.length = 0
    office.colleagues.push({ account: other.account, name: 'x' })
    const { isConcerned } = office.options.concerns
    const cases = createCases({
      ...office.options,
      concerns: {
        ...office.options.concerns,
        isConcerned: async (account, about) =>
          account === other.account ? { unknown: [] } : await isConcerned(account, about),
      },
    })
    expect(await cases.colleaguesFor(giver, made.id)).toEqual([])
    await expect(cases.assign(giver, seen(made), other.account)).rejects.toMatchObject({
      code: 'case-colleague-unsuitable',
    })
  })

  it('is not given to somebody whom it concerns, who lacks the duty, or who did another step', async () => {
    const reviewer = officer('review')
    const [applicant, colleague] = [officer('endorse'), officer('endorse')]
    office.colleagues.length = 0
    for (const { account } of [applicant, colleague, reviewer]) office.colleagues.push({ account, name: 'x' })
    const made = await office.open({ applicant: applicant.account })
    const reviewed = await office.cases.review(reviewer, seen(made))
    expect((await office.cases.colleaguesFor(colleague, made.id)).map(({ account }) => account)).toEqual([
      colleague.account,
    ])
    for (const to of [applicant.account, reviewer.account, randomUUID()]) {
      const tried = office.cases.assign(colleague, seen(reviewed), to)
      await expect(tried).rejects.toMatchObject({ code: 'case-colleague-unsuitable' })
    }
  })

  it('that a colleague has is theirs, until somebody takes it over', async () => {
    const [one, two] = [officer('review'), officer('review')]
    const made = await office.open()
    const taken = await office.cases.take(one, seen(made))
    for (const tried of [
      () => office.cases.review(two, seen(taken)),
      () => office.cases.release(two, seen(taken)),
      () => office.cases.ask(two, seen(taken), 'x'),
      () => office.cases.void(two, seen(taken), 'x'),
    ]) {
      await expect(tried()).rejects.toMatchObject({ code: 'case-not-yours' })
    }
    const over = await office.cases.take(two, seen(taken))
    expect(await office.cases.review(two, seen(over))).toMatchObject({ state: 'awaiting-endorsement' })
  })

  it('is seen by who has a later step, and acted on by the duty whose turn it is', async () => {
    const made = await office.open()
    const decider = officer('decide')
    expect((await office.cases.read(decider, made.id)).id).toBe(made.id)
    const tried = office.cases.review(decider, seen(made))
    await expect(tried).rejects.toMatchObject({ code: 'case-duty-missing' })
  })

  it('is not reviewed, endorsed and decided by one officer with all duties', async () => {
    const all = officer('review', 'endorse', 'decide', 'sign')
    const made = await office.open()
    const reviewed = await office.cases.review(all, seen(made))
    for (const tried of [
      () => office.cases.endorse(all, seen(reviewed)),
      () => office.cases.take(all, seen(reviewed)),
    ]) {
      await expect(tried()).rejects.toMatchObject({ code: 'case-other-officer-needed' })
    }
  })

  it('is signed by two, not twice by one', async () => {
    const made = await office.open()
    let now = await office.cases.review(officer('review'), seen(made))
    now = await office.cases.endorse(officer('endorse'), seen(now))
    const decider = officer('decide', 'sign')
    now = await office.cases.decide(decider, seen(now), granted)
    now = await office.cases.sign(decider, seen(now))
    expect(now.state).toBe('awaiting-signature')
    const again = office.cases.sign(decider, seen(now))
    await expect(again).rejects.toMatchObject({ code: 'case-other-officer-needed' })
    expect((await office.cases.sign(officer('sign'), seen(now))).state).toBe('carrying-out')
  })

  it('that two have to decide is decided when both decided the same', async () => {
    const steps = [{ kind: 'decide', duty: 'decide', count: 2, by: 'officer' }] as const
    const made = await office.open({ plan: { ...plan, steps } })
    const first = await office.cases.decide(officer('decide'), seen(made), granted)
    expect(first.state).toBe('awaiting-decision')
    const other = office.cases.decide(officer('decide'), seen(first), refused)
    await expect(other).rejects.toMatchObject({ code: 'case-decision-differs' })
    expect((await office.cases.decide(officer('decide'), seen(first), granted)).state).toBe('carrying-out')
  })

  it('is appealed in time, once, and decided by another officer; both decisions stay known', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    const person = { account: made.applicant, parties: [] }
    const decider = officer('decide', 'appeal')
    await office.cases.decide(decider, seen(made), refused)
    const done = await office.run((client) => office.cases.complete(client, made.id))
    office.at = (done.appealUntil ?? 0) + 1
    const late = office.run((client) => office.cases.appeal(client, person, seen(done), 'ไม่เห็นด้วย'))
    await expect(late).rejects.toMatchObject({ code: 'case-appeal-too-late' })
    office.at = done.appealUntil ?? 0
    const appealed = await office.run((client) => office.cases.appeal(client, person, seen(done), 'ไม่เห็นด้วย'))
    expect(appealed).toMatchObject({ state: 'appealed', stage: 'appeal', duty: 'appeal' })
    const same = office.cases.decide(decider, seen(appealed), granted)
    await expect(same).rejects.toMatchObject({ code: 'case-other-officer-needed' })
    const decided = await office.cases.decide(officer('appeal'), seen(appealed), granted)
    expect(decided.state).toBe('carrying-out')
    await office.run((client) => office.cases.complete(client, made.id))
    expect(await office.cases.find(person, made.id)).toMatchObject({
      state: 'completed',
      decision: { outcome: 'granted', stage: 'appeal' },
    })
    const outcomes = (await office.cases.history(decider, made.id)).map(
      ({ words }) => words?.decision?.outcome,
    )
    expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual(['refused', 'granted'])
  })

  it('whose appeal is withdrawn is as it was decided, and is not appealed again', async () => {
    office.at = monday
    const made = await office.open({ plan: shortPlan })
    const person = { account: made.applicant, parties: [] }
    await decideCase(office, made, refused)
    const done = await office.run((client) => office.cases.complete(client, made.id))
    const appealed = await office.run((client) => office.cases.appeal(client, person, seen(done), 'ไม่เห็นด้วย'))
    const withdrawn = await office.run((client) => office.cases.withdraw(client, person, seen(appealed)))
    expect(withdrawn).toMatchObject({ state: 'completed' })
    expect((await office.cases.find(person, made.id)).decision?.outcome).toBe('refused')
    const again = office.run((client) => office.cases.appeal(client, person, seen(withdrawn), 'อีกครั้ง'))
    await expect(again).rejects.toMatchObject({ code: 'case-transition-not-allowed' })
  })

  it('of somebody else is not there for a person, and the attempt is logged', async () => {
    const made = await office.open({ party: 'firm' })
    const stranger = { account: randomUUID(), parties: ['another'] }
    office.lines.length = 0
    for (const tried of [
      () => office.cases.find(stranger, made.id),
      () => office.cases.storyOf(stranger, made.id),
      () => office.cases.viewsOf(stranger, made.id),
      () => office.run((client) => office.cases.withdraw(client, stranger, seen(made))),
      () => office.run((client) => office.cases.reply(client, stranger, seen(made), {})),
    ]) {
      await expect(tried()).rejects.toMatchObject({ code: 'case-not-found' })
    }
    expect(office.lines.filter((line) => line.includes('case of another refused'))).toHaveLength(5)
    const director = { account: randomUUID(), parties: ['firm'] }
    expect((await office.cases.find(director, made.id)).id).toBe(made.id)
    expect((await office.cases.ofApplicant(director)).cases.map(({ id }) => id)).toEqual([made.id])
  })

  it('that an officer looked into shows the look to the person, and notes to officers only', async () => {
    office.at = monday
    const made = await office.open()
    const person = { account: made.applicant, parties: [] }
    const who = officer('review')
    await office.cases.read(who, made.id)
    await office.cases.note(who, seen(made), 'โทรสอบถามแล้ว')
    expect(await office.cases.viewsOf(person, made.id)).toEqual([{ officer: who.account, at: monday }])
    expect((await office.cases.storyOf(person, made.id)).map(({ action }) => action)).toEqual(['submit'])
    expect((await office.cases.history(who, made.id)).at(-1)?.words?.text).toBe('โทรสอบถามแล้ว')
  })

  it('on which two act at once is moved by one of them', async () => {
    const made = await office.open({ plan: shortPlan })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => office.cases.decide(officer('decide'), seen(made), granted)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'case-changed' })
    }
  })

  it('among many is done or refused by itself, and the report says which', async () => {
    const who = officer('review')
    const [good, other, late] = [
      await office.open(),
      await office.open({ plan: shortPlan }),
      await office.open(),
    ]
    await office.cases.note(who, seen(late), 'x')
    const all = [good, other, late].map(seen)
    const report = await office.cases.actOnMany(all, (one) => office.cases.review(who, one))
    expect(report.map(({ now, problem }) => now?.state ?? problem?.code)).toEqual([
      'awaiting-endorsement',
      'case-not-found',
      'case-changed',
    ])
  })
})
