import { createLogger, createPool } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import pg from 'pg'
import type { ArchiveStore } from '../../../src/evidence/archive/archive-store.ts'
import { archive } from '../../../src/evidence/archive/archiving.ts'
import { FolderArchiveStore } from '../../../src/evidence/archive/folder-store.ts'
import { S3ArchiveStore } from '../../../src/evidence/archive/s3/s3-store.ts'
import { keys } from './s3-server.ts'

/** What the process is told, as JSON in its first argument. */
export interface OneRound {
  readonly databaseUrl: string
  /** A folder, or the address of an `S3Server`. */
  readonly place: string
  readonly sealingKey: string
  readonly now: number
  /** At which of the moments below it kills itself; 0: at none. */
  readonly moment: number
}

const told: OneRound = JSON.parse(process.argv[2] ?? '')

/** The moments of a round are counted: before and after each statement is sent, before, during and after each thing asked of the store. */
let moments = 0
function pass(): void {
  moments++
  if (moments === told.moment) process.kill(process.pid, 'SIGKILL')
}

const query = pg.Client.prototype.query
Object.defineProperty(pg.Client.prototype, 'query', {
  value(this: pg.Client, ...sent: Parameters<typeof query>) {
    pass()
    const answer = query.apply(this, sent)
    pass()
    return answer
  },
})

async function around<T>(asking: () => Promise<T>): Promise<T> {
  pass()
  const answer = asking()
  // By then a file is open, or a connection.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
  pass()
  const answered = await answer
  pass()
  return answered
}

function storeAt(place: string): ArchiveStore {
  if (!place.startsWith('http')) return new FolderArchiveStore(place)
  return new S3ArchiveStore({
    settings: { endpoint: place, region: 'th-1', bucket: 'evidence', prefix: '', addressing: 'path' },
    credentials: async () => keys,
    clock: Date.now,
  })
}

/** What the process says when its round is over. */
export interface RoundDone {
  readonly moments: number
  /** By how many bytes the process had grown at most. */
  readonly grew: number
}

const store = storeAt(told.place)
const pool = createPool(told.databaseUrl)
const before = process.memoryUsage.rss()
let most = before
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 5)
await archive({
  pool,
  sealer: new Sealer(new Map([[1, Buffer.from(told.sealingKey, 'hex')]]), 1),
  clock: () => told.now,
  log: createLogger({ name: 'round', level: 'silent' }),
  afterDays: 30,
  store: {
    place: store.place,
    put: (name, bytes) => around(() => store.put(name, bytes)),
    read: (name, from, length) => around(() => store.read(name, from, length)),
    remove: (name) => around(() => store.remove(name)),
  },
})
clearInterval(watch)
await pool.end()
const done: RoundDone = { moments, grew: most - before }
process.stdout.write(JSON.stringify(done))
process.exit(0)
