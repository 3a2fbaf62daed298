import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { survivesKills } from './kill-rounds.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 30)

it(`keeps the evidence of every acknowledged exchange on both sides through ${rounds} kills, and doubles nothing`, async () => {
  const { acknowledged, outcomes } = await survivesKills(rounds, tmpdir())
  console.log(JSON.stringify({ rounds, acknowledged, outcomes }))
  expect(acknowledged).toBeGreaterThan(rounds * 5)
})
