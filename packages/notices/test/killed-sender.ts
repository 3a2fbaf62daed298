import { createLogger, createPool } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { createNotices } from '../src/index.ts'
import { mailerTo, portal } from './post-office.ts'

/** A process that dies between handing a letter over and writing that down: `<database> <smtp port> <now>`. */
const [database = '', port = '', now = ''] = process.argv.slice(2)
const mailer = mailerTo(Number(port))
const notices = createNotices({
  pool: createPool(database),
  clock: () => Number(now),
  log: createLogger({ name: 'test', level: 'silent' }),
  sealer: new Sealer(new Map([[1, Buffer.alloc(32)]]), 1),
  hashKey: Buffer.alloc(32),
  portal,
  mailer: {
    async send(letter) {
      await mailer.send(letter)
      process.kill(process.pid, 'SIGKILL')
    },
    close: () => {},
  },
  push: { send: async () => 'sent' },
  addressOf: async () => ({ language: 'th', email: 'somchai@mail.example' }),
})
await notices.deliverDue()
