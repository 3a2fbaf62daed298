import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiler } from '../src/compile.ts'
import type { JsonValue } from '../src/expression.ts'
import { ExpressionFault } from '../src/fault.ts'

const compile = compiler({})

const roots = ['answers', 'facts', 'today']
const names = ['a', 'b', 'c', 'd'] as const

/** Expressions over four answers that may be absent, none of which asks whether something is there. */
const { truth, number } = fc.letrec<{ truth: string; number: string; list: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('answers.a', 'answers.b', '0', '7', '9007199254740991'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '%'), tie('number'))
      .map(([l, op, r]) => `(${l} ${op} ${r})`),
    fc.tuple(tie('truth'), tie('number'), tie('number')).map(([c, l, r]) => `(${c} ? ${l} : ${r})`),
    tie('list').map((list) => `sum(${list})`),
    tie('list').map((list) => `size(${list})`),
  ),
  truth: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('answers.c', 'true', 'false', 'answers.missing', 'answers.a == "x"'),
    fc
      .tuple(tie('truth'), fc.constantFrom('&&', '||'), tie('truth'))
      .map(([l, op, r]) => `(${l} ${op} ${r})`),
    tie('truth').map((one) => `!${one}`),
    fc
      .tuple(tie('number'), fc.constantFrom('<', '<=', '==', '!='), tie('number'))
      .map(([l, op, r]) => `(${l} ${op} ${r})`),
    fc
      .tuple(
        tie('list'),
        fc.constantFrom('all', 'exists'),
        fc.constantFrom('x.n > 1', 'x.n == 0 || answers.c', 'x.m'),
      )
      .map(([list, macro, rule]) => `${list}.${macro}(x, ${rule})`),
  ),
  list: fc.constantFrom('answers.d', 'answers.d.filter(x, x.n > 1)', 'answers.d.map(x, x.n)', '[]'),
}))

/** Some of the four answers. */
function recordOf(one: fc.Arbitrary<JsonValue>): fc.Arbitrary<Record<string, JsonValue>> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), one), { selector: ([name]) => name })
    .map(Object.fromEntries)
}

const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constantFrom('x', '', '2026-02-29'),
  fc.double(),
  fc.constant(null),
  fc.array(fc.record({ n: fc.integer({ min: 0, max: 3 }), m: fc.boolean() }, { requiredKeys: [] }), {
    maxLength: 3,
  }),
)
const answers = recordOf(value)

describe('expressions are three-valued', () => {
  it('what is known with less stays the same with more', () => {
    fc.assert(
      fc.property(fc.oneof(truth, number), answers, fc.subarray([...names]), (source, all, known) => {
        const expression = compile(source, { roots })
        const some = Object.fromEntries(
          Object.entries(all).filter(([name]) => known.some((one) => one === name)),
        )
        const less = expression.evaluate({ answers: some, facts: {}, today: '2026-02-28' })
        const more = expression.evaluate({ answers: all, facts: {}, today: '2026-02-28' })
        if (less.known) expect(more).toEqual(less)
      }),
      { numRuns: 2000 },
    )
  })

  it('what is not known names only what it may read', () => {
    fc.assert(
      fc.property(truth, answers, (source, some) => {
        const expression = compile(source, { roots })
        const outcome = expression.evaluate({ answers: some })
        if (!outcome.known) for (const path of outcome.missing) expect(expression.reads).toContain(path)
      }),
    )
  })

  it('nothing that people fill in makes them fail', () => {
    const source = fc.constantFrom(
      'age(answers.a, today)',
      'addDays(answers.a, answers.b)',
      'addMonths(answers.a, answers.b)',
      'daysBetween(answers.a, answers.b)',
      'brackets(answers.a, answers.b)',
      'percent(answers.a, answers.b)',
      'sum(answers.a) + max(answers.b) + min(answers.c, answers.d)',
      'answers.a.matches(answers.b)',
      'answers.a.substring(answers.b) + answers.c[answers.d]',
      'string(answers.a) + answers.b.name',
      'answers.a.map(x, x.n).exists(y, y in answers.b)',
      '{"k": answers.a, answers.b: 1}',
      'int(answers.a) / int(answers.b)',
    )
    const anything = fc.oneof(value, fc.jsonValue() as fc.Arbitrary<JsonValue>, fc.string())
    const all = recordOf(anything)
    fc.assert(
      fc.property(source, all, fc.oneof(anything, fc.constant('2026-02-28')), (text, some, today) => {
        const outcome = compile(text, { roots }).evaluate({ answers: some, today })
        if (outcome.known && typeof outcome.value === 'number')
          expect(Number.isSafeInteger(outcome.value)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('no text makes the compiler fail but with the place of a fault', () => {
    const piece = fc.constantFrom(
      'answers',
      '.',
      'a',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '&&',
      '||',
      '!',
      '-',
      '1',
      '1.5',
      '"',
      'has',
      'all',
      ',',
      '?',
      ':',
      'x',
      ' ',
      'ก',
      '\n',
      '//',
      'size',
      '__proto__',
      'in',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 25 }).map((all) => all.join('')),
        ),
        (source) => {
          try {
            compile(source, { roots })
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionFault)
            if (error instanceof ExpressionFault) expect(error.offset).toBeLessThanOrEqual(source.length)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
