import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entryHeading, entryName } from '../../src/application/entry-name.ts'
import { shownValues } from '../../src/prefill/shown.ts'

const child = { th: 'บุตร', en: 'child' }

describe('an entry of a list', () => {
  it('has its number where there are others, and none where it is alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(59), (count, at) => {
        expect(/\d/.test(entryName(child, { at, count }, 'th'))).toBe(count > 1)
      }),
    )
    expect(entryHeading(child, { at: 1, count: 2 }, 'en')).toBe('Child 2')
    expect(entryHeading(child, { at: 0, count: 1 }, 'en')).toBe('Child')
  })

  it('of what a register says likewise', () => {
    const label = { th: 'เงินได้', en: 'Income' }
    const fields = [{ field: 'jobs.income', label, as: 'money', options: [] }] as const
    const entries = (...jobs: number[]) =>
      shownValues(fields, { jobs: jobs.map((income) => ({ income })) }).map(({ entry }) => entry)
    expect(entries(100)).toEqual([undefined])
    expect(entries(100, 200)).toEqual([1, 2])
  })
})
