import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clocksOf } from '../../src/case/clocks.ts'
import type { CaseChange } from '../../src/case/event.ts'
import { mayDoStep } from '../../src/case/four-eyes.ts'
import { assertPlan, type CasePlan, type CaseStep, stepsOf } from '../../src/case/plan.ts'
import { begin, type CaseBeginning, type CaseStanding, replay, stand } from '../../src/case/standing.ts'
import { type CaseAction, ended, running, transitions } from '../../src/case/states.ts'
import { days, monday } from '../office.ts'

const actions = [...new Set(Object.values(transitions).flatMap((row) => Object.keys(row)))] as CaseAction[]
const bySystem: readonly CaseAction[] = ['pay', 'lapse', 'overdue', 'carry-out', 'complete', 'erase']

const step = (kind: CaseStep['kind']) =>
  fc.record({
    ...{
      kind: fc.constant(kind),
      duty: fc.constantFrom('one', 'two'),
      count: fc.integer({ min: 1, max: 2 }),
    },
    by: fc.constant('officer' as const),
  })
const plans: fc.Arbitrary<CasePlan> = fc
  .record({
    before: fc.array(fc.oneof(step('review'), step('endorse')), { maxLength: 3 }),
    decision: step('decide'),
    after: fc.array(step('sign'), { maxLength: 2 }),
    isByRule: fc.boolean(),
    automatic: fc.boolean(),
    mayWithdraw: fc.boolean(),
    mayAppeal: fc.boolean(),
  })
  .map(({ before, decision, after, isByRule, automatic, mayWithdraw, mayAppeal }) => ({
    steps: isByRule ? [] : [...before, decision, ...after],
    ...{ automatic, mayWithdraw, workingDays: 5, informationDays: 15, paymentDays: 7 },
    ...(mayAppeal ? { appeal: { days: 15, duty: 'appeal', workingDays: 30 } } : {}),
  }))
const beginnings: fc.Arbitrary<CaseBeginning> = fc.record({
  fee: fc.constantFrom(0, 100),
  consents: fc.subarray(['a', 'b']),
})
const tries = fc.array(
  fc.record({
    action: fc.constantFrom(...actions),
    wait: fc.integer({ min: 0, max: 4 * 86_400_000 }),
    who: fc.constantFrom('x', 'y', 'z'),
    consent: fc.constantFrom('a', 'b'),
    favours: fc.boolean(),
    isSigned: fc.boolean(),
    isSystem: fc.boolean(),
  }),
  { minLength: 10, maxLength: 60 },
)
type Try = typeof tries extends fc.Arbitrary<(infer One)[]> ? One : never

interface Played {
  readonly standings: CaseStanding[]
  readonly changes: CaseChange[]
}

/** What is left of tries when those that are not allowed are refused, with the clocks of a real office. */
function play(plan: CasePlan, beginning: CaseBeginning, tried: readonly Try[]): Played {
  const consents = beginning.consents.map((id) => ({ id, of: id, days: 10 }))
  const clocks = (before: CaseStanding | undefined, after: CaseStanding, at: number) =>
    clocksOf(days, { plan, consents }, before, after, at)
  const submit: CaseChange = { action: 'submit', by: 'applicant', at: monday }
  const first = { ...submit, ...clocks(undefined, begin(plan, beginning, submit), monday) }
  const played: Played = { standings: [begin(plan, beginning, first)], changes: [first] }
  let at = monday
  for (const { action, wait, who, consent, favours, isSigned, isSystem } of tried) {
    const before = played.standings.at(-1)
    if (before === undefined) break
    at += wait
    const isOfSystem = bySystem.includes(action) || isSystem
    const change: CaseChange = {
      ...{ action, at, by: isOfSystem ? 'system' : 'officer' },
      ...(isOfSystem ? {} : { actor: who }),
      ...(action === 'take' || action === 'assign' ? { assignee: who } : {}),
      ...(action === 'consent' || action === 'decline' ? { consent } : {}),
      ...(action === 'decide' ? { favours, isSigned } : {}),
    }
    const led = stand(before, plan, change)
    if (led === undefined) continue
    const whole = { ...change, ...clocks(before, led, at) }
    played.changes.push(whole)
    played.standings.push(stand(before, plan, whole) ?? led)
  }
  return played
}

/** Holds for whatever is tried with whatever plan. */
function always(check: (played: Played, plan: CasePlan, beginning: CaseBeginning) => void): void {
  fc.assert(
    fc.property(plans, beginnings, tries, (plan, beginning, tried) => {
      check(play(plan, beginning, tried), plan, beginning)
    }),
    { numRuns: 400 },
  )
}

describe('the states of a case', () => {
  it('are what its events make of them, and nothing else', () => {
    always(({ standings, changes }, plan, beginning) => {
      expect(replay(plan, beginning, changes)).toEqual(standings.at(-1))
      expect(standings.map(({ version }) => version)).toEqual(standings.map((_, index) => index + 1))
    })
  })

  it('lead only where the table says', () => {
    always(({ standings, changes }) => {
      for (const [index, { action }] of changes.slice(1).entries()) {
        const [before, after] = [standings[index], standings[index + 1]]
        if (before === undefined || after === undefined) throw new Error('a state is missing')
        const lead = transitions[before.state][action]
        expect(lead, `${before.state} ${action}`).toBeDefined()
        if (lead === 'here') expect(after.state).toBe(before.state)
      }
    })
  })

  it('have a due date while the legal time runs, and none while something is awaited', () => {
    always(({ standings }) => {
      for (const { state, byRule, dueAt, lapseAt, daysLeft } of standings) {
        if (running.includes(state)) expect(dueAt, state).toBeDefined()
        const isAwaited = ['awaiting-payment', 'awaiting-consent', 'awaiting-information'].includes(state)
        expect(lapseAt !== undefined, state).toBe(isAwaited)
        if (isAwaited) expect(dueAt, state).toBeUndefined()
        if (state === 'awaiting-information') expect(daysLeft).toBeGreaterThanOrEqual(0)
        if (running.includes(state)) expect(daysLeft, state).toBeUndefined()
        if (byRule) expect(state).not.toBe('carrying-out')
      }
    })
  })

  it('lapse after their time only, and are overdue after it, once', () => {
    always(({ standings, changes }) => {
      for (const [index, { action, at }] of changes.entries()) {
        const before = standings[index - 1]
        if (action === 'lapse') expect(at).toBeGreaterThan(before?.lapseAt ?? Number.POSITIVE_INFINITY)
        if (action === 'overdue') {
          expect(at).toBeGreaterThan(before?.dueAt ?? Number.POSITIVE_INFINITY)
          expect(before?.overdueAt).toBeUndefined()
        }
      }
    })
  })

  it('are over only with an end, and are carried out only with a decision', () => {
    always(({ standings }) => {
      for (const { state, endedAt, decision, assignee } of standings) {
        expect(endedAt !== undefined, state).toBe(ended.includes(state))
        if (state === 'carrying-out' || state === 'completed') expect(decision, state).toBeDefined()
        if (ended.includes(state)) expect(assignee).toBeUndefined()
      }
    })
  })

  it('end once, but for one appeal against a decision that did not favour', () => {
    always(({ standings, changes }) => {
      expect(changes.filter(({ action }) => action === 'appeal').length).toBeLessThanOrEqual(1)
      for (const [index, { action, at }] of changes.entries()) {
        if (action !== 'appeal') continue
        expect(standings[index - 1]?.decision?.favours).toBe(false)
        expect(at).toBeLessThanOrEqual(standings[index - 1]?.appealUntil ?? 0)
      }
    })
  })

  it('wait for a signature only after a decision that brings something to sign, made since they last came back', () => {
    always(({ standings, changes }) => {
      for (const [index, { state }] of standings.entries()) {
        if (state !== 'awaiting-signature') continue
        const before = changes.slice(0, index + 1)
        const decided = before.findLastIndex(({ action }) => action === 'decide')
        expect(before[decided]?.isSigned).toBe(true)
        expect(before.slice(decided).some(({ action }) => action === 'send-back')).toBe(false)
      }
    })
  })

  it('pass a step only when as many officers did it as it needs', () => {
    always(({ standings }, plan) => {
      for (const { stage, step: at, done } of standings) {
        const count = stepsOf(plan, stage)[at]?.count
        if (count !== undefined) expect(done.length).toBeLessThan(count)
      }
    })
  })
})

describe('four eyes', () => {
  const by = (...kinds: CaseStep['kind'][]): CasePlan => ({
    steps: kinds.map((kind) => ({ kind, duty: 'any', count: 1, by: 'officer' })),
    ...{ workingDays: 5, informationDays: 15, paymentDays: 7, mayWithdraw: true },
    appeal: { days: 15, duty: 'appeal', workingDays: 30 },
  })
  const at = (over: Partial<CaseStanding>): CaseStanding => ({
    ...begin(by('decide'), { fee: 0, consents: [] }, { action: 'submit', by: 'applicant', at: 0, dueAt: 1 }),
    ...over,
  })

  it('ask for another officer in each of review, endorsement and decision', () => {
    const plan = by('review', 'endorse', 'decide')
    const hands = [{ stage: 'first', step: 0, officer: 'x' }] as const
    expect(mayDoStep(at({ step: 1, hands }), plan, 'x')).toBe(false)
    expect(mayDoStep(at({ step: 2, hands }), plan, 'x')).toBe(false)
    expect(mayDoStep(at({ step: 1, hands }), plan, 'y')).toBe(true)
  })

  it('let who did a step do it again, where the case comes back', () => {
    const hands = [{ stage: 'first', step: 0, officer: 'x' }] as const
    expect(mayDoStep(at({ step: 0, hands }), by('review', 'decide'), 'x')).toBe(true)
  })

  it('let who decided sign it, once', () => {
    const hands = [{ stage: 'first', step: 0, officer: 'x' }] as const
    expect(mayDoStep(at({ step: 1, hands }), by('decide', 'sign'), 'x')).toBe(true)
    expect(mayDoStep(at({ step: 1, hands, done: ['x'] }), by('decide', 'sign'), 'x')).toBe(false)
  })

  it('keep from an appeal who endorsed, decided or signed at first', () => {
    const plan = by('review', 'endorse', 'decide', 'sign')
    for (const [step, may] of [
      [0, true],
      [1, false],
      [2, false],
      [3, false],
    ] as const) {
      const standing = at({ stage: 'appeal', step: 0, hands: [{ stage: 'first', step, officer: 'x' }] })
      expect(mayDoStep(standing, plan, 'x'), `step ${step}`).toBe(may)
    }
  })

  it.each([
    ['no decision', ['review'] as const],
    ['two decisions', ['decide', 'decide'] as const],
    ['a signature before its decision', ['sign', 'decide'] as const],
    ['a review after the decision', ['decide', 'review'] as const],
  ])('are not planned with %s', (_, kinds) => {
    expect(() => assertPlan(by(...kinds))).toThrow(RangeError)
  })
})
