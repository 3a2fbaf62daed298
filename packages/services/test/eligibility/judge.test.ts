import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Requirement } from '../../src/definition/definition.ts'
import { judge } from '../../src/eligibility/judge.ts'
import { pathName } from '../../src/eligibility/path-words.ts'
import { definitionOf, page, text } from '../form/made.ts'
import { cel } from '../prefill/made.ts'

const both = (text: string) => ({ th: text, en: text })

function requirement(rule: string, refuses = true): Requirement {
  return {
    id: rule,
    rule: cel(rule),
    name: both(rule),
    otherwise: both('do something else'),
    law: { law: 'law', section: '1', about: both('about') },
    asks: [],
    refuses,
  }
}

const one = (rule: string, values: Values) => {
  const [judged] = judge({ requirements: [requirement(rule)] }, values).judged
  return judged
}

describe('a requirement', () => {
  it('is met, not met, or not known', () => {
    const rule = 'answers.income > 12000000'
    expect(one(rule, { answers: { income: 12_000_001 } })?.verdict).toBe('yes')
    expect(one(rule, { answers: { income: 12_000_000 } })?.verdict).toBe('no')
    expect(one(rule, { answers: {} })).toMatchObject({ verdict: 'unknown', missing: ['answers.income'] })
  })

  it('is known from a part where the rest makes no difference', () => {
    expect(one('answers.isResident || answers.income > 1', { answers: { isResident: true } })?.verdict).toBe(
      'yes',
    )
    expect(one('answers.isResident && answers.income > 1', { answers: { isResident: false } })?.verdict).toBe(
      'no',
    )
  })

  it('names only the values that decided', () => {
    const rule = 'answers.isResident && answers.income > 1'
    expect(one(rule, { answers: { isResident: false, income: 5 } })?.decidedBy).toEqual([
      { path: 'answers.isResident', value: false },
    ])
    expect(one(rule, { answers: { isResident: true, income: 5 } })?.decidedBy).toHaveLength(2)
  })

  it('is decided by what the person said, not by the rule’s own tables or the day', () => {
    const values = { answers: { born: '2000-01-01' }, tables: { limits: { from: 20 } }, today: '2026-11-22' }
    expect(one('age(answers.born, today) >= tables.limits.from', values)).toMatchObject({
      verdict: 'yes',
      decidedBy: [{ path: 'answers.born' }],
    })
  })

  it('that says no truth is not known', () => {
    expect(one('answers.income', { answers: { income: 1 } })?.verdict).toBe('unknown')
  })
})

describe('all requirements together', () => {
  const rules = ['answers.a > 1', 'answers.b > 1']
  const overall = (answers: Record<string, JsonValue>) =>
    judge({ requirements: rules.map((rule) => requirement(rule)) }, { answers }).overall

  it('are met when each is, not when one is not, and otherwise not known', () => {
    expect(overall({ a: 2, b: 2 })).toBe('yes')
    expect(overall({ a: 2 })).toBe('unknown')
    expect(overall({ a: 1 })).toBe('no')
    expect(judge({ requirements: [] }, {}).overall).toBe('yes')
  })

  it('refuse at once only where the definition says so, and never for what is not known', () => {
    const requirements = [requirement('answers.a > 1', false), requirement('answers.b > 1')]
    expect(judge({ requirements }, { answers: { a: 0 } }).refused).toEqual([])
    expect(judge({ requirements }, { answers: { a: 0, b: 0 } }).refused).toHaveLength(1)
  })
})

describe('knowing more', () => {
  const rule = fc.letrec<{ rule: string }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('answers.a > 1', 'answers.b > 1', 'answers.c', 'answers.a == answers.b', '!answers.c'),
      fc.tuple(tie('rule'), fc.constantFrom('&&', '||'), tie('rule')).map((parts) => `(${parts.join(' ')})`),
      tie('rule').map((inner) => `!(${inner})`),
      fc.tuple(tie('rule'), tie('rule'), tie('rule')).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
    ),
  })).rule
  const whole = fc.record({
    a: fc.integer({ min: 0, max: 3 }),
    b: fc.integer({ min: 0, max: 3 }),
    c: fc.boolean(),
  })

  it('never turns a yes into a no, or a no into a yes', () => {
    fc.assert(
      fc.property(rule, whole, fc.subarray(['a', 'b', 'c']), (source, known, kept) => {
        const part = Object.fromEntries(Object.entries(known).filter(([name]) => kept.includes(name)))
        const less = one(source, { answers: part })
        const more = one(source, { answers: known })
        expect(more?.verdict).not.toBe('unknown')
        if (less?.verdict !== 'unknown') expect(more?.verdict).toBe(less?.verdict)
      }),
      { numRuns: 500 },
    )
  })

  it('the values that decided say the same alone', () => {
    fc.assert(
      fc.property(rule, whole, (source, known) => {
        const finding = one(source, { answers: known })
        const alone = Object.fromEntries(
          (finding?.decidedBy ?? []).map(({ path, value }) => [path.slice('answers.'.length), value]),
        )
        expect(one(source, { answers: alone })?.verdict).toBe(finding?.verdict)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what a rule reads', () => {
  it('is called as people see it, a page that repeats by its title', () => {
    const repeat = { max: 3, titleField: 'name' } as never
    const definition = definitionOf([page('employers', [], { title: text('Your employers'), repeat })])
    expect(pathName(definition, 'answers.employers', 'en')).toBe('Your employers')
  })
})
