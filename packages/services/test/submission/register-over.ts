import type { Pool } from '@sapan/kernel'
import type { AskAs } from '../../src/ground.ts'

/** A register whose doings outlive the processes of a test: each key does one thing, and how often it was asked is kept. */
export function registerOver(pool: Pool, before: () => void = () => {}): { readonly ask: AskAs } {
  return {
    ask: async ({ idempotencyKey = '', path, body }) => {
      before()
      const { rows } = await pool.query<{ number: number; body: string }>(
        `insert into public.register (key, path, body) values ($1, $2, $3)
         on conflict (key) do update set times = register.times + 1 returning number, body`,
        [idempotencyKey, path, JSON.stringify(body)],
      )
      if (rows[0]?.body !== JSON.stringify(body)) return { status: 422, body: {}, exchange: 'x' }
      before()
      return { status: 201, body: { boatNumber: `B-${rows[0].number}` }, exchange: 'x' }
    },
  }
}

export async function createRegister(pool: Pool): Promise<void> {
  await pool.query(
    `create table public.register (key text primary key, number serial, path text, body text, times int default 1)`,
  )
}
