import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/mandates/joint/judge.ts'
import {
  actsAlone,
  arePersonsEnough,
  canBeMet,
  isMet,
  type SigningCondition,
} from '../../src/mandates/signing.ts'

const board = ['A', 'B', 'C', 'D']
const person = fc.constantFrom(...board, 'X')
const people = fc.array(person, { maxLength: 8 })
const seal = fc.boolean()
const condition: fc.Arbitrary<SigningCondition> = fc.oneof(
  fc.record({ kind: fc.constant('any' as const), count: fc.integer({ min: -1, max: 5 }), seal }),
  fc.record({ kind: fc.constant('together' as const), directors: fc.array(person, { maxLength: 4 }), seal }),
  fc.record({
    kind: fc.constant('with-one-of' as const),
    director: person,
    others: fc.array(person, { maxLength: 4 }),
    seal,
  }),
)

describe('a signing condition', () => {
  it.each([
    ['any one', { kind: 'any', count: 1, seal: false }, ['B'], true],
    ['any two jointly, by one', { kind: 'any', count: 2, seal: false }, ['B'], false],
    ['any two jointly, by two', { kind: 'any', count: 2, seal: false }, ['B', 'D'], true],
    [
      'A with B or C, by A and C',
      { kind: 'with-one-of', director: 'A', others: ['B', 'C'], seal: false },
      ['A', 'C'],
      true,
    ],
    [
      'A with B or C, by B and C',
      { kind: 'with-one-of', director: 'A', others: ['B', 'C'], seal: false },
      ['B', 'C'],
      false,
    ],
    ['A and B, by A and C', { kind: 'together', directors: ['A', 'B'], seal: false }, ['A', 'C'], false],
    ['none at all', { kind: 'any', count: 0, seal: false }, [], false],
    ['nobody together', { kind: 'together', directors: [], seal: false }, ['A'], false],
    ['A with A', { kind: 'with-one-of', director: 'A', others: ['A'], seal: false }, ['A'], false],
  ] as const)('holds for %s', (_what, one, numbers, met) => {
    expect(arePersonsEnough(one, board, numbers)).toBe(met)
  })

  it('counts a person once, in whatever order they come', () => {
    fc.assert(
      fc.property(condition, people, people, (one, members, numbers) => {
        const once = arePersonsEnough(one, members, numbers)
        expect(arePersonsEnough(one, members, [...numbers, ...numbers].reverse())).toBe(once)
      }),
    )
  })

  it('never counts those who are not in office', () => {
    fc.assert(
      fc.property(condition, people, people, (one, members, numbers) => {
        const inOffice = numbers.filter((number) => members.includes(number))
        expect(arePersonsEnough(one, members, numbers)).toBe(arePersonsEnough(one, members, inOffice))
      }),
    )
  })

  it('that is met stays so with one more in office, and can be met by all', () => {
    fc.assert(
      fc.property(condition, people, people, person, (one, members, numbers, more) => {
        if (!arePersonsEnough(one, members, numbers)) return
        expect(arePersonsEnough(one, members, [...numbers, more])).toBe(true)
        expect(canBeMet(one, members)).toBe(true)
      }),
    )
  })

  it('lets one act alone only where one is enough', () => {
    fc.assert(
      fc.property(condition, people, person, (one, members, number) => {
        expect(actsAlone(one, members, number)).toBe(
          one.kind !== 'with-one-of' && arePersonsEnough(one, members, [number]),
        )
      }),
    )
  })

  it('with a seal is not met without it', () => {
    fc.assert(
      fc.property(condition, people, people, (one, members, numbers) => {
        const met = isMet({ ...one, seal: true }, members, { numbers, seal: false })
        expect(met).toBe(false)
        expect(isMet({ ...one, seal: true }, members, { numbers, seal: true })).toBe(
          arePersonsEnough(one, members, numbers),
        )
      }),
    )
  })
})

describe('a joint act', () => {
  const confirmed = (numbers: readonly string[]) =>
    numbers.map((number) => ({ number, isOpen: true, seal: true }))

  it('is void as soon as one who confirmed is not in office, whoever else did', () => {
    fc.assert(
      fc.property(condition, people, people, (one, members, numbers) => {
        const left = numbers.some((number) => !members.includes(number))
        expect(judge({ condition: one, members }, confirmed(numbers)) === 'void').toBe(left)
      }),
    )
  })

  it('is complete exactly when those in office who confirmed meet the condition', () => {
    fc.assert(
      fc.property(condition, people, (one, numbers) => {
        const members = [...board, 'X']
        const complete = judge({ condition: one, members }, confirmed(numbers)) === 'complete'
        expect(complete).toBe(arePersonsEnough(one, members, numbers))
      }),
    )
  })

  it('does not count the word of a frozen account', () => {
    const two: SigningCondition = { kind: 'any', count: 2, seal: false }
    const confirmations = [...confirmed(['A']), { number: 'B', isOpen: false, seal: true }]
    expect(judge({ condition: two, members: board }, confirmations)).toBe('open')
  })
})
