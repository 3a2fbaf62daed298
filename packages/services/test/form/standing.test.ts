import type { Expression, Values } from '@sapan/cel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../../src/application/answers.ts'
import { calculateFrom } from '../../src/form/calculate.ts'
import { holds, settle } from '../../src/form/outcomes.ts'
import { standingOf } from '../../src/form/pages.ts'
import { cel, contentOf, definitionOf, field, page, text } from './made.ts'

const today = '2026-11-22'
const sum = (id: string, source: string) => ({
  id,
  label: text(id),
  type: 'whole' as const,
  value: cel(source),
  isShown: true,
})
/** Conditions and limits that read what is calculated of answers before them, on their page, and behind them. */
const pages = [
  page('a', [field('whole', { id: 'a', limits: { max: cel('orElse(answers.d, 5) * 2') } })]),
  page('b', [field('whole', { id: 'b', when: cel('calc.sum > 1') })], {
    when: cel('orElse(calc.sum, 0) >= 0'),
  }),
  page('c', [field('whole', { id: 'c', when: cel('calc.twice > 4') })], { when: cel('calc.sum > 2') }),
  page(
    'list',
    [field('whole', { id: 'one' }), field('whole', { id: 'two', when: cel('item.one < calc.sum') })],
    {
      repeat: { min: 0, max: 3, one: text('one'), titleField: 'one' },
    },
  ),
  page('d', [field('whole', { id: 'd', limits: { max: cel('calc.all') }, required: cel('calc.twice > 6') })]),
]
const calculated = [
  sum('sum', 'orElse(answers.a, 0) + orElse(answers.b, 0) + orElse(answers.c, 0)'),
  sum('twice', 'calc.sum * 2'),
  sum('all', 'calc.twice + sum(answers.list.map(one, orElse(one.two, 0)))'),
]
const definition = definitionOf(pages, { calculated })

const few = fc.integer({ min: -1, max: 4 })
const answers: fc.Arbitrary<Answers> = fc.record(
  {
    a: few,
    b: few,
    c: few,
    d: few,
    list: fc.array(fc.record({ one: few, two: few }, { requiredKeys: [] }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

/** The pages that are filled in once and asked, everything calculated anew for each condition. */
function plainly(given: Answers): { readonly ids: readonly string[]; readonly values: Values } {
  const seen: Record<string, never> = {}
  const values = (): Values => {
    const known = { answers: { ...seen }, facts: {}, applicant: {}, tables: {}, today }
    return { ...known, calc: calculateFrom(definition, known) }
  }
  const isAsked = (when: Expression | undefined, item?: object) =>
    when === undefined || holds(when, item === undefined ? values() : { ...values(), item: { ...item } })
  const ids = pages.flatMap((one) => {
    if (!isAsked(one.when)) return []
    if (one.repeat === undefined) {
      for (const { id, when } of one.fields)
        if (isAsked(when) && given[id] !== undefined) Object.assign(seen, { [id]: given[id] })
      return [one.id]
    }
    const entries = ((given[one.id] ?? []) as readonly object[]).map((entry) => {
      const item: Record<string, unknown> = {}
      for (const { id, when } of one.fields)
        if (isAsked(when, item) && id in entry) item[id] = entry[id as keyof typeof entry]
      return item
    })
    Object.assign(seen, { [one.id]: entries })
    return [one.id]
  })
  return { ids, values: values() }
}

describe('how a form stands', () => {
  it('is the same as if everything were calculated anew for each condition', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { pages: found, values } = standingOf(definition, contentOf({ answers: given }), today)
        const expected = plainly(given)
        expect(found.map((one) => one.page.id)).toEqual(expected.ids)
        expect(values.answers).toEqual(expected.values.answers)
        expect(values.calc).toEqual(expected.values.calc)
      }),
    )
  })

  it('is the same for one page, looked at by itself and in any order', () => {
    fc.assert(
      fc.property(answers, fc.shuffledSubarray(pages), (given, order) => {
        const whole = standingOf(definition, contentOf({ answers: given }), today)
        const { values } = whole
        const standing = standingOf(definition, contentOf({ answers: given }), today)
        for (const one of order) {
          expect(standing.page(one.id)).toEqual(whole.pages.find(({ page: { id } }) => id === one.id))
          const own = standing.valuesFor(one)
          for (const { limits, required, when } of one.fields)
            for (const read of [limits.max, required, when])
              if (typeof read === 'object') expect(settle(read, own)).toEqual(settle(read, values))
        }
        expect(standing.values).toEqual(values)
      }),
    )
  })
})
