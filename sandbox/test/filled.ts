import { filledDatabase, type TestDatabase } from '../../packages/kernel/test/database.ts'
import { createPopulationRegister, type LoadProgress } from '../src/index.ts'
import { EDITION } from '../src/registers/edition.ts'

const schemas = { population: new URL('../migrations/population/', import.meta.url) }

/** The population register with all its people, who are made and stored once in a run of the tests. */
export async function filledPopulation(): Promise<TestDatabase> {
  return await filledDatabase(schemas, {
    name: `population_${EDITION.replaceAll(/\W/g, '_')}`,
    fill: async (pool) => {
      const steps: LoadProgress[] = []
      const register = await createPopulationRegister({ pool })
      const outcome = await register.load((step) => steps.push(step))
      await pool.query('create table public.told (outcome text, steps jsonb)')
      await pool.query('insert into public.told values ($1, $2)', [outcome, JSON.stringify(steps)])
      await register.close()
    },
  })
}

/** What the register told of being filled. */
export async function toldOf({ pool }: TestDatabase): Promise<{ outcome: string; steps: LoadProgress[] }> {
  const { rows } = await pool.query<{ outcome: string; steps: LoadProgress[] }>('select * from public.told')
  const [told] = rows
  if (told === undefined) throw new Error('nothing was told')
  return told
}
