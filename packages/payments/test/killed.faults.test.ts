import { expect, it } from 'vitest'
import { killRounds } from './kill-rounds.ts'

it('money reconciles, though the portal was killed in the middle of the bank’s messages', async () => {
  expect(await killRounds(2)).toMatchObject({ killed: 2 })
}, 120_000)
