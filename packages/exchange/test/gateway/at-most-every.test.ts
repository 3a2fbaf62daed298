import { expect, it } from 'vitest'
import { atMostEvery } from '../../src/gateway/at-most-every.ts'

it('what is asked for again and again is done once in its time', () => {
  let now = 0
  const done: number[] = []
  const act = atMostEvery(
    1000,
    () => done.push(now),
    () => now,
  )
  for (now = 5; now < 3000; now += 10) act()
  expect(done).toEqual([5, 1005, 2005])
})
