import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { survivesKills } from './kill-rounds.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 30)

it(`loses nothing that was acknowledged and does nothing twice through ${rounds} kills of any process`, {
  timeout: 600_000 + rounds * 60_000,
}, async () => {
  const survived = await survivesKills(rounds, tmpdir())
  console.log(JSON.stringify({ rounds, ...survived }))
  expect(survived.acknowledged).toBeGreaterThan(rounds * 5)
  expect(survived.kept).toBeGreaterThan(rounds * 5)
})
