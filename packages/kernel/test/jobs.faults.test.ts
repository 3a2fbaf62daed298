import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createJobs, createLogger, inTransaction, type JobData } from '../src/index.ts'
import { testDatabase } from './database.ts'

const log = createLogger({ name: 'test', destination: { write: () => {} } })
const script = fileURLToPath(new URL('./fixtures/job-worker.ts', import.meta.url))

it('a job of a worker that was killed is done by another', { timeout: 90_000 }, async () => {
  const database = await testDatabase()
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok', lifeSign: 10 })
  try {
    const child = spawn(process.execPath, ['--import', 'tsx', script, database.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await inTransaction(database.pool, (client) => jobs.send(client, 'killed', { number: 7 }))
    // The child says that it has begun, and never ends.
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const done: JobData[] = []
    await jobs.work('killed', async (data) => void done.push(data))
    await expect.poll(() => done, { timeout: 60_000 }).toEqual([{ number: 7 }])
  } finally {
    await jobs.stop()
    await database.drop()
  }
})
