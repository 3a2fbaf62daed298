import { expect, it } from 'vitest'
import { folderForDatabases } from '../../../../packages/kernel/test/folder.ts'
import { survivesKills } from './kill-rounds.ts'

it('keeps the evidence of every acknowledged exchange on both sides when a gateway and then another is killed', async () => {
  const { acknowledged } = await survivesKills(2, folderForDatabases())
  expect(acknowledged).toBeGreaterThan(10)
}, 180_000)
