import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { givingWay, restAfter } from '../src/jobs/giving-way.ts'

describe('work that gives way', () => {
  it('rests the longer the more else there is to do, never for long, and not where there is room', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (took, crowd) => {
          const rest = restAfter(took, crowd)
          expect(rest).toBeGreaterThanOrEqual(0)
          expect(rest).toBeLessThanOrEqual(2_000)
          expect(restAfter(took, crowd * 2)).toBeGreaterThanOrEqual(rest)
          if (crowd < 0.5) expect(rest).toBe(0)
        },
      ),
    )
    expect(restAfter(30, 8)).toBe(240)
  })

  it('is done all the same, one after the other, and fails as it did', async () => {
    const done: unknown[] = []
    const work = givingWay(
      async ({ number }) => {
        if (number === 2) throw new Error('no seal')
        done.push(number)
      },
      () => 1,
    )
    await work({ number: 1 })
    await expect(work({ number: 2 })).rejects.toThrow('no seal')
    await work({ number: 3 })
    expect(done).toEqual([1, 3])
  })
})
