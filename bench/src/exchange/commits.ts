import { createPool } from '@sapan/kernel'
import { runningPostgres } from 'sapan/postgres'
import { median } from '../benchmark.ts'

/** Milliseconds that a commit of one row of 2.5 KB takes in an embedded PostgreSQL, one after another: p50, p99. */
export async function measureCommits(directory: string, count = 400): Promise<{ p50: number; p99: number }> {
  const running = await runningPostgres(directory)
  if (!running) throw new Error(`no PostgreSQL runs in ${directory}`)
  const pool = createPool(await running.ensureDatabase('postgres'), { max: 1 })
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
