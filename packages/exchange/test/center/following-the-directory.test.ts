import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../kernel/test/database.ts'
import {
  type CenterConnection,
  createDirectoryClient,
  createDirectoryStore,
  type DirectoryClient,
  type DirectoryView,
  migrateDirectory,
} from '../../src/index.ts'
import { exchangeProblem } from '../../src/problems.ts'
import { keptLog, quiet, refusal, startCenter, type TestCenter, testClock } from './fixture.ts'

const second = 1000
const start = Date.parse('2026-07-01T03:00:00Z')

let home: TestCenter
let database: TestDatabase
let clock = testClock(start)
/** What stands between gateway and center: it can be cut, or answer with something old. */
let line: { cut: boolean; instead: string | undefined; held?: Promise<void> }

beforeAll(async () => {
  home = await startCenter({ validitySeconds: 600 })
  database = await testDatabase()
  await migrateDirectory(database.pool)
})
afterAll(async () => {
  await home.close()
  await database.drop()
})
beforeEach(async () => {
  line = { cut: false, instead: undefined }
  home.clock.now += 1000 * second
  clock = testClock(home.clock.now)
  await (await home.standby()).start()
  await database.pool.query('truncate directory.document, directory.memory, directory.known_peer')
})

const center: CenterConnection = {
  url: 'https://center.test:4000',
  request: async (request) => {
    if (line.cut) throw exchangeProblem('center-unreachable')
    if (line.instead !== undefined) {
      return { status: 200, headers: { date: new Date(home.clock()).toUTCString() }, body: line.instead }
    }
    const answer = await home.connection.request(request)
    await line.held
    return answer
  },
  root: async () => Buffer.alloc(0),
  close: async () => {},
}

function client(
  options: { onChange?: (now: DirectoryView) => void; log?: typeof quiet } = {},
): DirectoryClient {
  return createDirectoryClient({
    center,
    rootFingerprint: home.center.rootFingerprint,
    instance: 'TH',
    store: createDirectoryStore(database.pool),
    clock,
    log: quiet,
    thresholds: { noNewPeersAfter: 900, refuseAfter: 3600 },
    pollSeconds: 3600,
    ...options,
  })
}

async function started(): Promise<DirectoryClient> {
  const one = client()
  await one.start()
  return one
}

/** The grade that many seconds after the directory's end. */
async function gradeAfterEnd(one: DirectoryClient, seconds: number): Promise<string> {
  clock.now = one.standing().validUntil + seconds * second
  return one.standing().grade
}

test('before the first directory there is none, and the refusal says so', async () => {
  line.cut = true
  const one = await started()
  expect(await refusal(() => one.current())).toBe('directory-unavailable')
  expect(await refusal(() => one.admitPeer('x'))).toBe('directory-unavailable')
  line.cut = false
  expect(await one.refresh()).toBe(true)
  expect(one.current().directory.instance).toBe('TH')
  await one.stop()
})

test('who asks anew while an earlier question is under way sees what was published in between', async () => {
  const one = await started()
  const before = one.current().version
  let release = () => {}
  line.held = new Promise((resolve) => {
    release = resolve
  })
  const early = one.refresh()
  await new Promise((resolve) => setTimeout(resolve, 200))
  home.clock.now += 400 * second
  clock.now = home.clock.now
  await (await home.standby()).start()
  const late = [one.refresh(), one.refresh()]
  delete line.held
  release()
  await early
  expect(one.current().version).toBe(before)
  await Promise.all(late)
  expect(one.current().version).toBe(before + 1)
  await one.stop()
})

test('past its time the directory warns, then admits no new peers, then nobody', async () => {
  const one = await started()
  line.cut = true
  one.admitPeer('TH/GOV/DOPA/gateway-1')
  expect(one.standing().grade).toBe('fresh')
  expect(await gradeAfterEnd(one, 0)).toBe('fresh')
  expect(await gradeAfterEnd(one, 1)).toBe('warning')
  one.admitPeer('TH/GOV/RD/gateway-1')
  expect(await gradeAfterEnd(one, 901)).toBe('no-new-peers')
  one.admitPeer('TH/GOV/DOPA/gateway-1')
  one.admitPeer('TH/GOV/RD/gateway-1')
  expect(await refusal(() => one.admitPeer('TH/COM/NEW/gateway-1'))).toBe('directory-stale-for-new-peer')
  expect(await gradeAfterEnd(one, 3601)).toBe('refuse')
  expect(await refusal(() => one.admitPeer('TH/GOV/DOPA/gateway-1'))).toBe('directory-stale')
  await one.stop()
})

test('a restart makes the directory no younger, and known peers stay known', async () => {
  const one = await started()
  one.admitPeer('TH/GOV/DOPA/gateway-1')
  await one.stop()
  line.cut = true
  clock.now = one.standing().validUntil + 1000 * second
  const again = await started()
  expect(again.standing().grade).toBe('no-new-peers')
  again.admitPeer('TH/GOV/DOPA/gateway-1')
  expect(await refusal(() => again.admitPeer('TH/COM/NEW/gateway-1'))).toBe('directory-stale-for-new-peer')
  await again.stop()
})

test('a clock that is set back makes the directory no younger, in this run and in the next', async () => {
  const one = await started()
  line.cut = true
  expect(await gradeAfterEnd(one, 4000)).toBe('refuse')
  await one.refresh()
  clock.now = start
  expect(one.standing().grade).toBe('refuse')
  await one.stop()
  const again = await started()
  expect(again.standing().grade).toBe('refuse')
  line.cut = false
  clock.now = home.clock()
  await again.refresh()
  expect(again.standing().grade).toBe('fresh')
  await again.stop()
})

test('whatever the clock does, age never falls while the center is away', async () => {
  const one = await started()
  line.cut = true
  const order = ['fresh', 'warning', 'no-new-peers', 'refuse']
  let worst = 0
  await fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 10_000 }), (seconds) => {
      clock.now = one.standing().validUntil + seconds * second
      const grade = order.indexOf(one.standing().grade)
      expect(grade).toBeGreaterThanOrEqual(worst)
      worst = grade
    }),
  )
  await one.stop()
})

test('an older directory is refused, also after a restart, and the newer one stays in force', async () => {
  const old = (await home.connection.request({ method: 'GET', path: '/v1/directory' })).body
  await home.admin('POST', '/v1/members', {
    class: 'NGO',
    code: `X${Date.now()}`,
    name: { th: 'ก', en: 'X' },
  })
  const { log, lines } = keptLog()
  const one = client({ log })
  await one.start()
  const { version } = one.current()
  line.instead = old
  expect(await one.refresh()).toBe(false)
  expect(one.current().version).toBe(version)
  expect(one.standing().problem).toBe('directory-rolled-back')
  expect(lines.some((text) => text.includes('directory-rolled-back'))).toBe(true)
  await one.stop()
  const again = await started()
  expect(again.current().version).toBe(version)
  expect(again.standing().problem).toBe('directory-rolled-back')
  await again.stop()
})

test('even where the remembered document is damaged, its version is not gone below', async () => {
  const old = (await home.connection.request({ method: 'GET', path: '/v1/directory' })).body
  await home.admin('POST', '/v1/members', {
    class: 'NGO',
    code: `Y${Date.now()}`,
    name: { th: 'ก', en: 'Y' },
  })
  await (await started()).stop()
  await database.pool.query("update directory.document set jws = 'damaged'")
  line.instead = old
  const again = await started()
  expect(await refusal(() => again.current())).toBe('directory-unavailable')
  expect(await again.refresh()).toBe(false)
  line.instead = undefined
  expect(await again.refresh()).toBe(true)
  await again.stop()
})

test('another root’s directory, another document of the same version, and garbage are refused', async () => {
  const foreign = await startCenter({ validitySeconds: 600 })
  foreign.clock.now = home.clock.now
  await (await foreign.standby()).start()
  const one = await started()
  for (const instead of [
    (await foreign.connection.request({ method: 'GET', path: '/v1/directory' })).body,
    'garbage',
    '',
  ]) {
    line.instead = instead
    expect(await one.refresh()).toBe(false)
    expect(one.standing().problem).toBe('directory-invalid')
  }
  await one.stop()
  await foreign.close()
})

test('two different documents of one version are refused as a contradiction', async () => {
  const one = await started()
  const { version } = one.current()
  await home.pool.query('update center.state set version = $1', [version - 1])
  await home.pool.query('delete from center.directory where version = $1', [version])
  await home.admin('POST', '/v1/members', {
    class: 'NGO',
    code: `Z${Date.now()}`,
    name: { th: 'ก', en: 'Z' },
  })
  const { rows } = await home.pool.query('select jws from center.directory where version = $1', [version])
  expect(rows[0].jws).not.toBe(one.current().jws)
  line.instead = rows[0].jws
  expect(await one.refresh()).toBe(false)
  expect(one.standing().problem).toBe('directory-rolled-back')
  await one.stop()
})

test('a directory that the database cannot keep is in force all the same, and kept later', async () => {
  const one = await started()
  const query = database.pool.query
  Object.assign(database.pool, {
    query: () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })),
  })
  await home.admin('POST', '/v1/members', {
    class: 'NGO',
    code: `W${Date.now()}`,
    name: { th: 'ก', en: 'W' },
  })
  expect(await one.refresh()).toBe(true)
  Object.assign(database.pool, { query })
  await one.refresh()
  const { rows } = await database.pool.query('select max(version)::int as version from directory.document')
  expect(rows[0].version).toBe(one.current().version)
  await one.stop()
})

test('of versions that say the same the first and the last are kept, and any version finds its content', async () => {
  const one = await started()
  const first = one.current().version
  for (let n = 0; n < 4; n++) {
    home.clock.now += 400 * second
    clock.now = home.clock.now
    await (await home.standby()).start()
    await one.refresh()
  }
  const last = one.current().version
  expect(last).toBe(first + 4)
  const { rows } = await database.pool.query('select version::int from directory.document order by version')
  expect(rows.map((row) => row.version)).toEqual([first, last])
  const store = createDirectoryStore(database.pool)
  expect(await store.documentAt(first + 2)).toBe(await store.documentAt(first))
  expect(await store.documentAt(last)).toBe(one.current().jws)
  await one.stop()
})

test('a clock that is far ahead is named as the cause', async () => {
  clock.now = home.clock() + 2 * 3600 * second
  const one = await started()
  expect(one.standing().clockSkew).toBe(-7200)
  expect(await refusal(() => one.admitPeer('TH/GOV/DOPA/gateway-1'))).toBe('clock-skew')
  await one.stop()
})

test('a change is told once, with what was before', async () => {
  const versions: number[] = []
  const one = client({ onChange: (now) => void versions.push(now.version) })
  await one.start()
  await Promise.all([one.refresh(), one.refresh(), one.refresh()])
  expect(versions).toEqual([one.current().version])
  await one.stop()
})
