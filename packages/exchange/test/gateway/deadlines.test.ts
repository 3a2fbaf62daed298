import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Awaited, Deadlines } from '../../src/gateway/transport/deadlines.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function awaiting(milliseconds: number) {
  const awaited: Awaited & { expired: number } = {
    deadline: performance.now() + milliseconds,
    place: -1,
    expired: 0,
    expire: () => {
      awaited.expired++
    },
  }
  return awaited
}

it('what is late ends once, within a quarter of a second; what is not goes on', () => {
  const deadlines = new Deadlines()
  const [soon, later] = [awaiting(1_000), awaiting(5_000)]
  deadlines.add(soon)
  deadlines.add(later)
  vi.advanceTimersByTime(999)
  expect([soon.expired, later.expired]).toEqual([0, 0])
  vi.advanceTimersByTime(251)
  expect([soon.expired, later.expired]).toEqual([1, 0])
  vi.advanceTimersByTime(10_000)
  expect([soon.expired, later.expired]).toEqual([1, 1])
  expect(vi.getTimerCount()).toBe(0)
})

it('what came in the meantime never ends, in whichever order it came; the rest does', () => {
  const turn = fc.record({ which: fc.nat(7), add: fc.boolean() })
  fc.assert(
    fc.property(fc.array(turn), (turns) => {
      const deadlines = new Deadlines()
      const all = Array.from({ length: 8 }, () => awaiting(1_000))
      const waiting = new Set<Awaited>()
      for (const { which, add } of turns) {
        const awaited = all[which]
        if (!awaited) continue
        deadlines[add ? 'add' : 'remove'](awaited)
        waiting[add ? 'add' : 'delete'](awaited)
      }
      vi.advanceTimersByTime(1_500)
      expect(all.map(({ expired }) => expired)).toEqual(all.map((awaited) => (waiting.has(awaited) ? 1 : 0)))
    }),
  )
})
