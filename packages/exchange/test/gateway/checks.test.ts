import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDatabase } from '../../src/checks/database.ts'
import { checkMigrations } from '../../src/checks/migrations.ts'
import { checkStandbys, readStandbys } from '../../src/checks/standbys.ts'
import type { LogStatus } from '../../src/evidence/status.ts'
import { checkCertificates } from '../../src/gateway/checks/certificate.ts'
import { checkClock } from '../../src/gateway/checks/clock.ts'
import { checkDirectory } from '../../src/gateway/checks/directory.ts'
import { checkEdgeAddress } from '../../src/gateway/checks/edge-address.ts'
import { checkLog } from '../../src/gateway/checks/log.ts'
import { checkMessages } from '../../src/gateway/checks/messages.ts'
import { checkOneSided } from '../../src/gateway/checks/one-sided.ts'
import { checkOpenEdge } from '../../src/gateway/checks/open-edge.ts'
import { checkOwnAddress, checkPeers } from '../../src/gateway/checks/peers.ts'
import { checkRenewal } from '../../src/gateway/checks/renewal.ts'
import { checkRetention } from '../../src/gateway/checks/retention.ts'
import { exchangeProblem } from '../../src/problems.ts'
import { readQueueStanding } from '../../src/queue/store/standing.ts'
import { gatewayDatabase } from '../databases.ts'
import { close } from './closing.ts'

const hour = 3_600_000
const day = 24 * hour
const now = Date.UTC(2026, 10, 23, 8)
const without = { th: 'ไม่มีการแลกเปลี่ยนใดผ่านได้', en: 'no exchange is answered' }

let database: Awaited<ReturnType<typeof gatewayDatabase>>
beforeAll(async () => {
  database = await gatewayDatabase()
})
afterAll(() => database?.drop())

describe('the directory', () => {
  it.each([
    ['fresh', 'good'],
    ['warning', 'warning'],
    ['no-new-peers', 'warning'],
    ['refuse', 'bad'],
  ] as const)('that is %s is %s', (grade, outcome) => {
    expect(checkDirectory({ grade, version: 4, confirmedAt: now - 30_000 }, now)).toMatchObject({
      code: 'directory',
      outcome,
      text: { en: 'directory version 4, confirmed by the center 30 s ago' },
    })
  })
})

describe('the clock', () => {
  it.each([
    [{ center: 0, peers: null, off: 'right' }, 'good', "the center's by 0 s"],
    [{ center: -2, peers: 1, off: 'right' }, 'good', "the center's by -2 s, other gateways' by 1 s"],
    [{ center: 3, peers: null, off: 'right' }, 'warning', "the center's by 3 s"],
    [{ center: 0, peers: 4, off: 'right' }, 'warning', "the center's by 0 s, other gateways' by 4 s"],
    [{ center: -6, peers: null, off: 'ours' }, 'bad', "the center's by -6 s"],
    [{ center: -6, peers: 0, off: 'center' }, 'warning', "the center's by -6 s, other gateways' by 0 s"],
  ] as const)('%j is %s', (standing, outcome, said) => {
    const text = { en: `the clock differs from ${said}` }
    expect(checkClock(standing)).toMatchObject({ code: 'clock', outcome, text })
  })

  it('that nobody could be asked about is told of', () => {
    expect(checkClock({ center: null, peers: null, off: 'right' })).toMatchObject({ outcome: 'warning' })
  })
})

describe('the database', () => {
  const outcomes = async () =>
    Object.fromEntries(
      (await checkDatabase(database.pool, without)).map(({ code, outcome }) => [code, outcome]),
    )

  it('that answers is good', async () => {
    expect((await outcomes()).database).toBe('good')
  })

  it('that only lets itself be read lets nothing be exchanged', async () => {
    const client = await database.pool.connect()
    try {
      await client.query('set default_transaction_read_only = on')
      const pool = { query: client.query.bind(client) } as unknown as typeof database.pool
      expect(await checkDatabase(pool, without)).toMatchObject([{ code: 'database', outcome: 'bad' }, {}])
    } finally {
      client.release(true)
    }
  })

  it('whose commits may be lost is told of', async () => {
    const client = await database.pool.connect()
    try {
      await client.query('set synchronous_commit = off')
      const pool = { query: client.query.bind(client) } as unknown as typeof database.pool
      const [, durability] = await checkDatabase(pool, without)
      expect(durability).toMatchObject({ code: 'durability', outcome: 'warning' })
    } finally {
      client.release(true)
    }
  })

  it('that is down is told of', async () => {
    const refused = Object.assign(new Error('x'), { code: '57P03' })
    const pool = { query: () => Promise.reject(refused) } as unknown as typeof database.pool
    expect(await checkDatabase(pool, without)).toMatchObject([{ code: 'database', outcome: 'bad' }])
  })
})

describe('a log', () => {
  const done = { grade: 'done', size: 4, since: null, reason: null } as const
  const log: LogStatus = {
    ...{ member: 'TH/GOV/RD', origin: 'x', epoch: 0, size: 4, unsequenced: 0, leading: true },
    ...{ checkpoint: done, witnesses: [{ ...done, name: 'center' }], stamp: done, recoverNeeded: null },
    witnessesNeeded: 1,
  }

  it('that goes on by itself is good, also while its witness is asked', () => {
    expect(checkLog('TH/GOV/RD/gateway-1', log, now)).toMatchObject({ code: 'log', outcome: 'good' })
    const waiting = { ...done, grade: 'waiting', since: now - 1_000, name: 'center' } as const
    expect(checkLog('TH/GOV/RD/gateway-1', { ...log, witnesses: [waiting] }, now)).toMatchObject({
      outcome: 'good',
    })
  })

  it('that stopped after a restore says how it goes on', () => {
    const recoverNeeded = { th: 'ถูกกู้จากสำเนาเก่า', en: 'it was restored from an older copy' }
    expect(checkLog('TH/GOV/RD/gateway-1', { ...log, recoverNeeded }, now)).toMatchObject({
      outcome: 'bad',
      text: { en: 'the log of TH/GOV/RD stopped: it was restored from an older copy' },
      next: { en: 'sapan gateway recover --gateway TH/GOV/RD/gateway-1 --member TH/GOV/RD' },
    })
  })

  it('that must have more witnesses than there are says so', () => {
    expect(checkLog('TH/GOV/RD/gateway-1', { ...log, witnessesNeeded: 2 }, now)).toMatchObject({
      outcome: 'bad',
      text: { en: 'the log of TH/GOV/RD: 2 witnesses are demanded, and the directory names 1' },
    })
  })

  it('that nobody cosigns or stamps says for how long, the longest first', () => {
    const failing = { grade: 'failing', size: 3, since: now - 3 * hour, reason: 'no answer' } as const
    const stamp = { grade: 'waiting', size: 3, since: now - 2 * hour, reason: null } as const
    expect(
      checkLog('TH/GOV/RD/gateway-1', { ...log, witnesses: [{ ...failing, name: 'center' }], stamp }, now),
    ).toMatchObject({
      outcome: 'warning',
      text: {
        en: 'the log of TH/GOV/RD: 4 entries, 0 waiting: not cosigned by center for 3 hours: no answer',
      },
    })
    const old = { ...stamp, since: now - day }
    expect(checkLog('TH/GOV/RD/gateway-1', { ...log, stamp: old }, now)).toMatchObject({
      outcome: 'bad',
      text: { en: 'the log of TH/GOV/RD: 4 entries, 0 waiting: not stamped for 24 hours' },
    })
  })
})

describe('a rule of retention', () => {
  const rule = { purpose: 'tax-assessment', days: 90, under: 'PDPA s. 37(3)' }
  const standing = { rule, erased: 3, doneUntil: null }

  it('is carried out, or is late', () => {
    expect(checkRetention({ ...standing, behind: 60_000 })).toMatchObject({ outcome: 'good' })
    expect(checkRetention({ ...standing, behind: 3 * day })).toMatchObject({
      outcome: 'warning',
      text: { en: 'content of tax-assessment is kept for 90 days: 3 messages erased, 3 days late' },
    })
  })
})

describe('a certificate', () => {
  const certificate = (from: number, till: number) => ({
    ...({ use: 'tls', holder: 'TH/GOV/RD/gateway-1' } as const),
    ...{ notBefore: now + from * day, notAfter: now + till * day },
  })
  const outcomes = (...certificates: ReturnType<typeof certificate>[]) =>
    checkCertificates('TH/GOV/RD/gateway-1', certificates, now).map(({ outcome }) => outcome)

  it('is good while it renews in time, and told of when that did not happen', () => {
    expect(outcomes(certificate(-60, 30))).toEqual(['good'])
    expect(outcomes(certificate(-70, 20))).toEqual(['warning'])
    expect(outcomes(certificate(-91, -1))).toEqual(['bad'])
  })

  it('in whose place another came is left alone', () => {
    expect(outcomes(certificate(-85, 5), certificate(-25, 65))).toEqual(['good'])
  })
})

describe('messages', () => {
  const unwell = async (members: readonly string[] | null) =>
    checkMessages('TH/GOV/RD/gateway-1', await readQueueStanding(database.pool, members)).filter(
      ({ outcome }) => outcome !== 'good',
    )
  const outcomes = async (members: readonly string[] | null = null) =>
    (await unwell(members)).map(({ code, outcome, text }) => [code, outcome, text.en])
  const outgoing = (state: string, ago: string, client = 'TH/GOV/RD/efiling') =>
    database.pool.query(
      `insert into queue.outgoing (client, message, service, operation, target, digest, state, queued_at, expires_at, receipt_queued)
       values ($1, gen_random_uuid(), 's', 'o', 't', '', $2, now() - $3::interval, now() + interval '1 day', '')`,
      [client, state, ago],
    )

  it('that get on are good', async () => {
    await outgoing('accepted', '3 days')
    await outgoing('queued', '1 minute')
    expect(await outcomes()).toEqual([])
  })

  it('that were given up, do not go out or are not taken are told of, to those whose they are', async () => {
    await outgoing('dead', '1 day')
    await outgoing('queued', '2 hours')
    await database.pool.query(
      `insert into queue.incoming (client, message, service, operation, exchange, digest, delivered_at, expires_at, receipt_delivered)
       values ('c', 'm', 'TH/GOV/DOPA/population/notice-v1', 'o', gen_random_uuid(), '', now() - interval '25 hours', now(), '')`,
    )
    await database.pool.query(
      `insert into queue.followed (client, service, operation, problem) values ('TH/GOV/DOPA/x', 's', 'o', 'no-grant')`,
    )
    const sent = [
      ['dead-letters', 'warning', '1 dead letter waits for a person'],
      ['messages-not-sent', 'warning', '2 messages to be delivered, the oldest for 2 hours'],
    ]
    const received = [
      ['messages-not-taken', 'bad', "1 message to be taken by members' systems, the oldest for 25 hours"],
      ['topics-stuck', 'warning', 'events of 1 topic could not be handed over'],
    ]
    expect(await outcomes()).toEqual([...sent, ...received])
    expect(await outcomes(['TH/GOV/RD'])).toEqual(sent)
    expect(await outcomes(['TH/GOV/DOPA'])).toEqual(received)
    expect(await outcomes(['TH/GOV/R'])).toEqual([])
    const commands = (await unwell(null)).map(({ next }) => next?.en.replace(/^.*: /, ''))
    expect(commands).toEqual(
      ['list --state dead', 'list --state queued', 'list --received --state waiting', 'followed'].map(
        (which) => `sapan message ${which} --gateway TH/GOV/RD/gateway-1`,
      ),
    )
  })
})

describe('exchanges of which one side is missing', () => {
  it('name the other members', () => {
    expect(checkOneSided([])).toMatchObject({ outcome: 'good' })
    expect(checkOneSided([{ peer: 'TH/GOV/RD' }, { peer: 'TH/GOV/RD' }])).toMatchObject({
      outcome: 'warning',
      text: { en: '2 exchanges with TH/GOV/RD not settled for more than an hour' },
    })
  })
})

describe('an edge that other machines reach', () => {
  it('has no subsystems without credentials', () => {
    const withoutCredential = ['TH/GOV/RD/efiling']
    const outcome = (edgeOrigin: string, without = withoutCredential) =>
      checkOpenEdge({ id: 'TH/GOV/RD/gateway-1', edgeOrigin, withoutCredential: without }).outcome
    expect(outcome('http://127.0.0.1:4101')).toBe('good')
    expect(outcome('http://localhost:4101')).toBe('good')
    expect(outcome('https://gateway.rd.go.th')).toBe('warning')
    expect(outcome('https://gateway.rd.go.th', [])).toBe('good')
  })
})

describe('other gateways', () => {
  const gateway = (name: string) => ({
    ...{ id: `TH/GOV/${name}/gateway-1`, owner: `TH/GOV/${name}`, peer: `https://${name}.go.th:4102` },
    ...{ tls: [], algorithms: [] },
  })

  it('that cannot be reached are told of one by one', async () => {
    const gateways = ['a', 'b', 'c'].map(gateway)
    expect(await checkPeers(gateways, async () => {})).toMatchObject([{ code: 'peer', outcome: 'good' }])
    const unreachable = await checkPeers(gateways, async ({ owner }) => {
      if (owner === 'TH/GOV/b') throw exchangeProblem('gateway-unreachable')
    })
    expect(unreachable).toMatchObject([{ code: 'peer', outcome: 'warning' }])
    expect(unreachable[0]?.text.en).toContain('TH/GOV/b/gateway-1 at https://b.go.th:4102: ')
  })

  it('find this one at its own address, where it shows its own certificate', async () => {
    const own = gateway('rd')
    const outcome = async (peerAddress: string, reach: () => Promise<void>, listed = own) =>
      (await checkOwnAddress(listed, peerAddress, reach)).outcome
    const answers = async () => {}
    expect(await outcome(own.peer, answers)).toBe('good')
    expect(await outcome(`${own.peer}/`, answers)).toBe('good')
    expect(await outcome('https://other.go.th', answers)).toBe('bad')
    const another = () => Promise.reject(exchangeProblem('gateway-untrusted'))
    expect(await outcome(own.peer, another)).toBe('warning')
  })
})

describe('the address of the edge', () => {
  it('leads to this gateway, to another or to something else, or cannot be reached', async () => {
    let answer: object | string = { gateway: 'TH/GOV/RD/gateway-1' }
    const server = createServer((_request, response) => {
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const look = async () => await checkEdgeAddress(origin, 'TH/GOV/RD/gateway-1')
    expect(await look()).toMatchObject({ code: 'edge-address', outcome: 'good' })
    answer = { gateway: 'TH/GOV/DOPA/gateway-1' }
    expect(await look()).toMatchObject({
      outcome: 'bad',
      text: { en: `${origin} leads elsewhere: TH/GOV/DOPA/gateway-1` },
    })
    answer = '<html>'
    expect(await look()).toMatchObject({
      outcome: 'bad',
      text: { en: `${origin} leads elsewhere: no gateway` },
    })
    await close(server)
    expect(await look()).toMatchObject({
      outcome: 'warning',
      text: { en: `${origin} cannot be reached: ECONNREFUSED` },
    })
  })
})

describe('the tables', () => {
  const schemas = [['queue', new URL('../../src/queue/store/migrations/', import.meta.url)]] as const
  const look = () => checkMigrations(database.pool, schemas)

  it('are those of this program, of a newer one, or of an older one', async () => {
    expect(await look()).toMatchObject({ code: 'migrations', outcome: 'good' })
    await database.pool.query(`insert into queue.migration (name, hash) values ('9999-later.sql', 'x')`)
    expect(await look()).toMatchObject({
      outcome: 'warning',
      text: { en: 'a newer program has changed the tables: queue/9999-later.sql' },
    })
    await database.pool.query(`delete from queue.migration where name like '0001%'`)
    expect(await look()).toMatchObject({
      outcome: 'bad',
      text: { en: expect.stringContaining('older than this program, by 1 change: queue/0001') },
    })
  })

  it('that are not there at all are told of, and not made by looking', async () => {
    await database.pool.query('alter schema queue rename to elsewhere')
    expect(await look()).toMatchObject({ outcome: 'bad' })
    expect((await database.pool.query(`select to_regnamespace('queue') as is`)).rows).toEqual([{ is: null }])
  })
})

describe('a standby of the database', () => {
  const standby = { name: 'second', connected: true, behind: 0, lag: null }

  it('follows, is behind, or is not connected while the primary keeps its log for it', async () => {
    expect(await readStandbys(database.pool)).toEqual([])
    const mb = 1024 ** 2
    const outcomes = checkStandbys([
      standby,
      { ...standby, lag: 90, behind: 3 * mb },
      { ...standby, behind: 300 * mb },
      { ...standby, connected: false, behind: 900 * mb },
      { ...standby, behind: null },
    ]).map(({ outcome, text }) => [outcome, text.en])
    expect(outcomes).toEqual([
      ['good', 'the standby second is 0 seconds behind'],
      ['warning', 'the standby second is 90 seconds behind, 3 MB'],
      ['warning', 'the standby second is 0 seconds behind, 300 MB'],
      ['warning', 'the standby second is not connected; 900 MB are kept for it'],
      ['good', 'the standby second is connected'],
    ])
  })
})

describe('the renewal of certificates', () => {
  it('that failed says when, why and what to do', () => {
    expect(checkRenewal('TH/GOV/RD/gateway-1', null, now)).toMatchObject({ outcome: 'good' })
    const failure = { at: now - hour, reason: { th: 'ก', en: 'The center cannot be reached' } }
    expect(checkRenewal('TH/GOV/RD/gateway-1', failure, now)).toMatchObject({
      ...{ code: 'renewal', outcome: 'warning' },
      text: { en: 'a certificate could not be renewed 60 minutes ago: The center cannot be reached' },
      next: { en: expect.stringContaining('sapan cert renew --gateway TH/GOV/RD/gateway-1') },
    })
  })
})
