import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPool } from '@sapan/kernel'
import { median } from '../benchmark.ts'

/** Milliseconds that a commit of one row of 2.5 KB takes in an embedded PostgreSQL, one after another: p50, p99. */
export async function measureCommits(directory: string, count = 400): Promise<{ p50: number; p99: number }> {
  const pool = createPool(await urlOf(directory), { max: 1 })
  const client = await pool.connect()
  try {
    await client.query('create table if not exists commits (content bytea not null)')
    const content = Buffer.alloc(2500, 1)
    const times: number[] = []
    for (let n = 0; n < count; n++) {
      const start = performance.now()
      await client.query('insert into commits values ($1)', [content])
      times.push(performance.now() - start)
    }
    await client.query('drop table commits')
    times.sort((a, b) => a - b)
    return { p50: median(times), p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN }
  } finally {
    client.release()
    await pool.end()
  }
}

/** As the folder itself tells it to whoever may read its password. */
async function urlOf(directory: string): Promise<string> {
  const elsewhere = await readFile(join(directory, 'elsewhere'), 'utf8').catch(() => directory)
  const password = (await readFile(join(directory, 'password'), 'utf8')).trim()
  const state = await readFile(join(elsewhere.trim(), 'data', 'postmaster.pid'), 'utf8')
  return `postgres://sapan:${password}@127.0.0.1:${state.split('\n')[3]?.trim()}/postgres`
}
