import { expect, it } from 'vitest'
import { killRounds } from './kill-rounds.ts'

it('money reconciles after 30 kills in the middle of the bank’s messages, some of which were answered', async () => {
  const { killed, answered } = await killRounds(30)
  expect(killed).toBe(30)
  expect(answered).toBeGreaterThan(0)
})
