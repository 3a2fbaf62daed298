import { parseExpression } from '@sapan/cel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/cel/compile.ts'
import { inferType } from '../../src/definition/rules/types/infer.ts'
import { listOf, objectOfTypes, type ValueType } from '../../src/definition/rules/types/type.ts'
import { checkMutated, type Mutation } from './mutation.ts'

const children = objectOfTypes({ born: { kind: 'date' }, name: { kind: 'text' }, cost: { kind: 'money' } })
const types: Readonly<Record<string, ValueType>> = {
  salary: { kind: 'money' },
  rides: { kind: 'whole' },
  name: { kind: 'text' },
  born: { kind: 'date' },
  works: { kind: 'yes-no' },
  sort: { kind: 'choice', values: ['a', 'b'] },
  rate: { kind: 'decimal' },
  children: listOf(children),
}
const names = { answers: objectOfTypes(types), today: { kind: 'date' } } as const
const values = {
  answers: {
    ...{ salary: 5000, rides: 3, name: 'x', born: '2000-02-29', works: true, sort: 'a' },
    children: [{ born: '2020-01-02', name: 'ก', cost: 100 }],
  },
  today: '2026-11-22',
}

const misfits = (source: string) => inferType(parseExpression(source), names).misfits

it('takes no month where a day is wanted; of either a year can be said', () => {
  const months = { ...names, answers: objectOfTypes({ since: { kind: 'month' } }) }
  const isRefused = (source: string) => inferType(parseExpression(source), months).misfits.length > 0
  for (const source of [
    ...['addDays(answers.since, 1)', 'thaiDate(answers.since)', 'age(answers.since, today)'],
    ...['daysBetween("2026-02", today)', 'addMonths(answers.since, 1)', 'monthsBegun(answers.since, today)'],
  ])
    expect(isRefused(source), source).toBe(true)
  for (const source of [
    'yearOf(answers.since)',
    'monthOf("2026-02")',
    'buddhistYear(answers.since)',
    'yearOf(today)',
  ])
    expect(isRefused(source), source).toBe(false)
})

describe('an expression is refused that', () => {
  it.each([
    ['answers.name == 5', 'text', 'a whole number'],
    ['answers.salary > "5000"', 'an amount', 'text'],
    ['answers.salary == answers.rate', 'without fractions', 'an amount'],
    ['answers.salary * answers.rate', 'without fractions', 'satang'],
    ['answers.salary * answers.salary', '* does not go', 'an amount'],
    ['answers.sort == "c"', 'no choice “c”', 'a, b'],
    ['answers.born < "22/11/2569"', 'write it like', '2026-02-28'],
    ['answers.works == "yes"', 'yes or no', 'text'],
    ['answers.name && answers.works', '&&', 'text'],
    ['!answers.rides', '!', 'a whole number'],
    ['answers.works ? answers.rides : answers.name', 'must be a whole number', 'text'],
    ['answers.rides ? 1 : 2', 'must be yes or no', 'a whole number'],
    ['age(answers.rides, today)', 'age() takes', 'a day'],
    ['percent(answers.name, 700)', 'percent() takes', 'an amount'],
    ['sum(answers.children)', 'sum() takes', 'a list'],
    ['size(answers.rides) > 1', 'size() takes', 'a whole number'],
    ['answers.children.exists(c, c.born > 5)', '> does not go', 'a day'],
    ['answers.children.map(c, c.cost + c.name)', '+ does not go', 'an amount'],
    ['answers.children.filter(c, c.cost > 1).all(c, c.name == 1)', '== does not go', 'text'],
    ['answers.rides in ["1", "2"]', 'in does not go', 'a list'],
    ['answers.name + answers.rides', '+ does not go', 'text'],
  ])('%s', (source, ...said) => {
    const found = misfits(source)
    expect(found).toHaveLength(1)
    for (const part of said) expect(found[0]?.reason.en).toContain(part)
    expect(found[0]?.reason.th).toMatch(/[ก-๙]/)
  })
})

describe('an expression is taken that', () => {
  it.each([
    'answers.salary / 12 > 100 * answers.rides',
    'sum(answers.children.map(c, c.cost)) + percent(answers.salary, 700)',
    'answers.children.exists(c, age(c.born, today) < 18 && c.name != "")',
    'orElse(answers.sort, "a") == "b" || answers.born <= "2026-02-28"',
    'answers.works ? answers.name : "–"',
    'has(answers.name) && answers.name.startsWith("ก")',
    'max(answers.rides, 1) % 2 == 0',
    'answers.nowhere.at.all == 5',
  ])('%s', (source) => expect(misfits(source)).toEqual([]))
})

it('says where it stands in its file: line and column of what does not fit', () => {
  const from = 'value: calc.fee == 0'
  const change: Mutation = {
    ...{ about: 'text with number', file: 'form', from, to: 'value: calc.fee == "0"', code: 'wrong-type' },
  }
  const { findings, line } = checkMutated(change)
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({ code: 'wrong-type', file: 'form.yaml', line })
  expect(findings[0]?.column).toBe('    value: calc.fee == '.length - 2)
})

it('looks at what comes of an expression: a calculated amount is no text, a condition no number', () => {
  const wrong: readonly Pick<Mutation, 'file' | 'from' | 'to'>[] = [
    { file: 'form', from: 'value: min(calc.rideCost, calc.most)', to: 'value: today' },
    { file: 'form', from: 'when: answers.livesElsewhere', to: 'when: size(answers.children)' },
    { file: 'form', from: 'from: facts.person.birthDate', to: 'from: facts.household.children' },
  ]
  for (const change of wrong) {
    const { findings, line } = checkMutated({ about: '', code: 'wrong-type', ...change })
    expect(findings.filter(({ code }) => code === 'wrong-type')).toEqual([expect.objectContaining({ line })])
  }
})

/** Expressions of any make, right and wrong. */
const leaf = fc.constantFrom(
  ...['salary', 'rides', 'name', 'born', 'works', 'sort'].map((name) => `answers.${name}`),
  ...['today', '1', '"a"', '"2026-02-28"', 'true', 'size(answers.children)'],
)
const { source: sources } = fc.letrec<{ source: string }>((tie) => ({
  source: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('source'), fc.constantFrom('==', '!=', '<', '>=', '+', '-', '*', '&&', '||'), tie('source'))
      .map(([one, sign, other]) => `(${one} ${sign} ${other})`),
    fc
      .tuple(tie('source'), tie('source'), tie('source'))
      .map(([one, two, three]) => `(${one} ? ${two} : ${three})`),
    fc
      .tuple(fc.constantFrom('min', 'max'), tie('source'), tie('source'))
      .map(([f, a, b]) => `${f}(${a}, ${b})`),
    tie('source').map((one) => `!${one}`),
    leaf.map((one) => `sum(answers.children.map(c, c.cost + ${one}))`),
  ),
}))

it('whatever is taken comes to a value where all is filled in; what does not, is refused', () => {
  let taken = 0
  fc.assert(
    fc.property(sources, (source) => {
      if (misfits(source).length > 0) return
      taken += 1
      expect(compile(source, { roots: ['answers', 'today'] }).evaluate(values)).toHaveProperty('known', true)
    }),
    { numRuns: 500 },
  )
  expect(taken).toBeGreaterThan(50)
})

/** Expressions that are made of what goes together only. */
const right = fc.letrec<Record<'money' | 'whole' | 'text' | 'date' | 'truth' | 'list', string>>((tie) => {
  const whole = tie('whole')
  const chosen = (one: fc.Arbitrary<string>) =>
    fc
      .tuple(tie('truth'), one, fc.oneof(one, fc.constant('null')))
      .map((all) => `(${all[0]} ? ${all[1]} : ${all[2]})`)
  const joined = (signs: readonly string[], one: fc.Arbitrary<string>, other = one) =>
    fc.tuple(one, fc.constantFrom(...signs), other).map((parts) => `(${parts.join(' ')})`)
  const size = { maxDepth: 4, depthSize: 'small' } as const
  return {
    money: fc.oneof(
      size,
      fc.constantFrom('answers.salary', 'sum(answers.children.map(c, c.cost))', 'orElse(answers.salary, 0)'),
      joined(['+', '-', '%'], tie('money')),
      joined(['*', '/'], tie('money'), whole),
      fc.tuple(tie('money'), tie('money')).map(([one, other]) => `(${one} * ${other} / answers.salary)`),
      tie('money').map((one) => `max(0, percent(${one}, 750), -${one})`),
      chosen(tie('money')),
    ),
    whole: fc.oneof(
      size,
      fc.constantFrom('answers.rides', '7', 'size(answers.children)', 'daysBetween(answers.born, today)'),
      joined(['+', '-', '*', '/', '%'], whole),
      tie('text').map((one) => `size(${one})`),
      tie('list').map((one) => `${one}.size()`),
      tie('date').map((one) => `age(${one}, today)`),
      chosen(whole),
    ),
    text: fc.oneof(
      size,
      fc.constantFrom('answers.name', '"ก"', 'answers.sort', 'answers.children[0].name', 'thaiDate(today)'),
      joined(['+'], tie('text')),
      tie('money').map((one) => `baht(${one})`),
      whole.map((one) => `string(${one})`),
      tie('list').map((one) => `${one}.join(", ")`),
      chosen(tie('text')),
    ),
    date: fc.oneof(
      size,
      fc.constantFrom('today', 'answers.born', 'answers.children[0].born', '"2026-02-28"'),
      fc.tuple(tie('date'), whole).map(([day, days]) => `addDays(${day}, ${days})`),
      chosen(tie('date')),
    ),
    truth: fc.oneof(
      size,
      fc.constantFrom('answers.works', 'has(answers.name)', '(answers.sort == "a")', '(answers.born == "")'),
      joined(['&&', '||', '==', '!='], tie('truth')),
      joined(['<', '<=', '>', '>=', '==', '!='], fc.constantFrom('answers.salary', '5'), tie('money')),
      joined(['<', '>=', '==', '!='], fc.constantFrom('today', 'answers.born'), tie('date')),
      joined(['in'], fc.constant('answers.name'), tie('list')),
      tie('truth').map((one) => `!${one}`),
      tie('truth').map((one) => `answers.children.exists(c, c.born < today && ${one})`),
    ),
    list: fc.oneof(
      size,
      fc.constantFrom('answers.children.map(c, c.name)', '["a", "b"]', '[]', 'answers.name.split(" ")'),
      joined(['+'], tie('list')),
      tie('truth').map((one) => `answers.children.filter(c, c.cost > 1 || ${one}).map(d, d.name)`),
      chosen(tie('list')),
    ),
  }
})

it('whatever is made of what goes together is taken', () => {
  const any = fc.oneof(right.money, right.whole, right.text, right.date, right.truth, right.list)
  fc.assert(
    fc.property(any, (source) => {
      // Names of loops within loops, and lengths, are the compiler's to refuse.
      expect(misfits(source).map(({ reason }) => reason.en)).toEqual([])
    }),
    { numRuns: 1500 },
  )
})

it('two answers are compared exactly where their kinds can be the same', () => {
  const scalar = ['salary', 'rides', 'name', 'born', 'works', 'rate'] as const
  const group = { salary: 1, rides: 1, name: 2, born: 2, works: 3, rate: 4 }
  for (const one of scalar)
    for (const other of scalar)
      for (const sign of ['==', '!='])
        expect([one, other, misfits(`answers.${one} ${sign} answers.${other}`).length]).toEqual([
          one,
          other,
          group[one] === group[other] && one !== 'rate' ? 0 : 1,
        ])
})
