import { expect, it } from 'vitest'
import { evidenceDatabase } from '../databases.ts'
import { everyPlace, refusesAltered } from './altered-export.ts'
import { dopa, TestCountry } from './country.ts'

it('an exported exchange with any byte of a file inside changed is refused', async () => {
  const database = await evidenceDatabase()
  const country = new TestCountry()
  const evidence = country.evidence(database.pool, [dopa])
  try {
    await country.join(evidence, [dopa])
    const { id, provider } = country.exchange()
    await evidence.record([provider.request, provider.answer])
    const { file, pending } = await evidence.export(id)
    expect(pending).toEqual([])
    refusesAltered(file, country, everyPlace)
  } finally {
    await evidence.stop()
    await database.drop()
  }
})
