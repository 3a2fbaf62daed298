import { expect, test } from 'vitest'
import { requireWitnesses, witnessedSize, witnessesNeeded } from '../../src/evidence/witness-policy.ts'

test('more witnesses than the directory names are refused, each counted once', () => {
  const one = () => ['center.test/witness', 'center.test/witness']
  expect(() => requireWitnesses(2, one)).toThrow(
    'witnesses-too-few: evidence.witnesses.atLeast is 2, and the directory names 1 witness',
  )
  expect(() => requireWitnesses(2, () => ['a', 'b'])).not.toThrow()
})

test('of a country without a witness none is demanded, unless its operator asks for several', () => {
  expect(() => requireWitnesses(1, () => [])).not.toThrow()
  expect(witnessesNeeded(1, 0)).toBe(0)
  expect(witnessesNeeded(1, 3)).toBe(1)
  expect(witnessesNeeded(2, 0)).toBe(2)
})

test('a log is witnessed as far as enough of the named witnesses came, each once', () => {
  const sizes = new Map([
    ['a', 9],
    ['b', 7],
    ['gone', 12],
  ])
  expect([1, 2, 3].map((needed) => witnessedSize(sizes, ['a', 'b', 'c', 'a'], needed))).toEqual([9, 7, 0])
})
