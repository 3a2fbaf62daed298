import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differencesOf, type Movement, sumsOf } from '../src/reconcile/compare.ts'

const movement = (transaction: string): fc.Arbitrary<Movement> =>
  fc.record({
    transaction: fc.constant(transaction),
    direction: fc.constantFrom('in', 'out'),
    amount: fc.integer({ min: 1, max: 10 ** 9 }),
    reference: fc.string({ minLength: 1, maxLength: 20 }),
  })
const day = fc
  .uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 40 })
  .chain((numbers) => fc.tuple(...numbers.map((number) => movement(`T${number}`))))

describe('the comparison of a day', () => {
  it('finds nothing where both say the same, in whatever order', () => {
    fc.assert(
      fc.property(day, fc.nat(), (ours, turn) => {
        const at = ours.length === 0 ? 0 : turn % ours.length
        expect(differencesOf(ours, [...ours.slice(at), ...ours.slice(0, at)].reverse())).toEqual([])
      }),
    )
  })

  const faults = ['lost here', 'lost there', 'amount', 'reference', 'direction', 'repeated'] as const
  const kindOf = {
    'lost here': 'unknown-here',
    'lost there': 'unknown-there',
    amount: 'amount-differs',
    reference: 'reference-differs',
    direction: 'direction-differs',
    repeated: 'repeated-there',
  } as const

  it('finds every difference that was planted, and nothing else', () => {
    const planted = fc.array(fc.option(fc.constantFrom(...faults)), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(day, planted, (same, plants) => {
        const ours: Movement[] = []
        const theirs: Movement[] = []
        const expected: string[] = []
        same.forEach((one, i) => {
          const fault = plants[i]
          if (fault !== 'lost here') ours.push(one)
          if (fault !== 'lost there') theirs.push(fault == null ? one : spoilt(one, fault))
          if (fault === 'repeated') theirs.push(one)
          if (fault != null) expected.push(`${kindOf[fault]} ${one.transaction}`)
        })
        const found = differencesOf(ours, theirs).map(({ kind, transaction }) => `${kind} ${transaction}`)
        expect(found.sort()).toEqual(expected.sort())
      }),
    )
  })

  function spoilt(one: Movement, fault: (typeof faults)[number]): Movement {
    if (fault === 'amount') return { ...one, amount: one.amount + 1 }
    if (fault === 'reference') return { ...one, reference: `${one.reference}x` }
    if (fault === 'direction') return { ...one, direction: one.direction === 'in' ? 'out' : 'in' }
    return one
  }

  it('has sums that add up to the satang', () => {
    fc.assert(
      fc.property(day, (movements) => {
        const { in: ins, out, inCount, outCount } = sumsOf(movements)
        expect(ins + out).toBe(movements.reduce((sum, { amount }) => sum + amount, 0))
        expect(inCount + outCount).toBe(movements.length)
      }),
    )
  })
})
