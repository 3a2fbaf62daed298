import { createJobs, createLogger, createPool } from '@sapan/kernel'
import { createDrafts } from '../../src/draft/drafts.ts'
import { submit } from '../../src/submission/submit.ts'
import { boatLicence } from './made.ts'
import { groundOn, mali } from './office.ts'

/**
 * A process that hands in all open drafts at once, says what it told people, and is killed before the n-th query of its
 * registrations: `<database> <now> <n>`.
 */
const [database = '', now = '', count = ''] = process.argv.slice(2)
const at = Number(now)
let left = Number(count)
const pool = createPool(database)
const log = createLogger({ name: 'test', level: 'silent' })
const jobs = await createJobs({ pool, log, zone: 'Asia/Bangkok', queues: ['case.submit'] })
const definitions = [boatLicence()]
const register = { ask: () => Promise.reject(new Error('no register is asked')) }
const door = createPool(database)
door.on('connect', (client) => {
  const own = client.query.bind(client)
  Object.assign(client, {
    query: (...args: Parameters<typeof own>) => {
      // Reading what is handed in is not what is cut.
      if (!JSON.stringify(args[0]).includes('from services.draft where')) left -= 1
      if (left < 0) process.kill(process.pid, 'SIGKILL')
      return own(...args)
    },
  })
})
const { ground } = groundOn({
  ...{ pool: door, log, jobs, register },
  clock: () => at,
  definitions: () => definitions,
})
const drafts = createDrafts(ground)
const who = mali(at)
const open = await createDrafts({ ...ground, pool }).list({ account: who.account })
await Promise.all(
  open.map(async ({ id }) => {
    const draft = await drafts.find({ account: who.account }, id)
    const told = await submit(ground, drafts, { draft, who, language: 'th' })
    process.stdout.write(`told ${id} ${told}\n`)
  }),
)
process.exit(0)
