import { createServer } from 'node:http'
import { createJobs, createLogger, createPool } from '@sapan/kernel'
import { createSite, renderPage } from '@sapan/ui'
import { bankRoute, createPayments, paymentsQueues } from '../src/index.ts'
import { billers, days, listening, sealerOf } from './town.ts'

/** A portal with the bank's door, in a process that dies: `<database> <jwks> <now>`. Prints its origin. */
const [database = '', keys = '', now = ''] = process.argv.slice(2)
const pool = createPool(database)
const log = createLogger({ name: 'test', level: 'silent' })
const payments = createPayments({
  pool,
  clock: () => Number(now),
  log,
  sealer: sealerOf(),
  jobs: await createJobs({ pool, log, zone: 'Asia/Bangkok', queues: paymentsQueues }),
  days,
  billers,
  bank: { transfer: () => Promise.reject(new Error('no bank')), statement: async () => [] },
  bankKeys: JSON.parse(keys),
})
const server = createServer((request, response) => site.handler(request, response))
const origin = await listening(server)
const site = createSite<string, string>({
  origin,
  cookiePrefix: 'test',
  cookieSecret: Buffer.alloc(32, 7),
  frame: ({ language, title, body, languages }) =>
    renderPage({ language, title, body, languages, home: '/' }),
  routes: [bankRoute(payments)],
  admit: () => ({ kind: 'in', who: '' }),
  log,
})
console.log(origin)
