import { createJobs, createLogger, createPool } from '@sapan/kernel'
import { carryOut } from '../../src/effects/carry-out.ts'
import { boatLicence } from './made.ts'
import { groundOn } from './office.ts'
import { registerOver } from './register-over.ts'

/**
 * A process that carries a case out and is killed before its n-th query or call of a register:
 * `<database> <case> <now> <n>`.
 */
const [database = '', id = '', now = '', count = ''] = process.argv.slice(2)
const pool = createPool(database)
const log = createLogger({ name: 'test', level: 'silent' })
const jobs = await createJobs({ pool, log, zone: 'Asia/Bangkok' })
let left = Number(count)
const die = () => {
  left -= 1
  if (left < 0) process.kill(process.pid, 'SIGKILL')
}
const carriers = createPool(database)
carriers.on('connect', (client) => {
  const own = client.query.bind(client)
  Object.assign(client, {
    query: (...args: Parameters<typeof own>) => {
      die()
      return own(...args)
    },
  })
})
const definitions = [boatLicence()]
const register = registerOver(pool, die)
const { ground } = groundOn({
  pool: carriers,
  clock: () => Number(now),
  log,
  jobs,
  register,
  definitions: () => definitions,
})
await carryOut(ground, id)
process.exit(0)
