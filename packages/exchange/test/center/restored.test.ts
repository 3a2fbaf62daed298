import { fingerprint } from '@sapan/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { markCenterRestored } from '../../src/center/store/restored.ts'
import { startCenter, type TestCenter } from './fixture.ts'

const dopa = 'TH/GOV/DOPA'
let home: TestCenter

beforeEach(async () => {
  home = await startCenter()
  await home.join(dopa)
})
afterEach(() => home.close())

const tables = ['member', 'gateway', 'gateway_member', 'certificate', 'directory', 'state']

/** As a backup keeps it. */
async function keep(): Promise<void> {
  for (const table of tables) await home.pool.query(`create table kept_${table} as table center.${table}`)
}

/** The tables as they were, in a center that starts anew. */
async function restore(): Promise<void> {
  const client = await home.pool.connect()
  await client.query('set session_replication_role to replica')
  for (const table of [...tables].reverse()) await client.query(`delete from center.${table}`)
  for (const table of tables) await client.query(`insert into center.${table} select * from kept_${table}`)
  client.release(true)
  expect(await markCenterRestored(home.pool, new Date())).toBe(true)
}

async function newestSigned(): Promise<string> {
  return String((await home.admin('GET', '/v1/directory')).json.jws)
}

async function tlsOfDopa(): Promise<string> {
  const { gateways } = await home.directory()
  return fingerprint(Buffer.from(gateways[0]?.tls[0] ?? '', 'base64'))
}

describe('a center that came out of a backup', () => {
  test('publishes nothing before it is told the newest directory; what was revoked since stays revoked', async () => {
    const revoked = await tlsOfDopa()
    const older = await newestSigned()
    await home.admin('POST', '/v1/members', { class: 'GOV', code: 'OLD', name: { th: 'ก', en: 'A' } })
    await keep()
    await home.admin('POST', `/v1/certificates/${revoked}/revoke`, { reason: 'key-compromise' })
    await home.join('TH/GOV/NEW')
    const newest = await newestSigned()
    const { version } = await home.directory()
    await restore()

    const member = { class: 'GOV', code: 'LATER', name: { th: 'ก', en: 'A' } }
    expect((await home.admin('POST', '/v1/members', member)).json.code).toBe('center-recover-needed')
    const before = await newestSigned()
    home.clock.now += 590_000
    await home.center.start()
    expect(await newestSigned()).toBe(before)

    for (const directory of [older, 'x', newest.replace(/.{3}$/, 'AAA')]) {
      expect((await home.admin('POST', '/v1/recover', { directory })).json.code).toBe(
        'center-recover-refused',
      )
    }
    const { status, json } = await home.admin('POST', '/v1/recover', { directory: newest })
    expect(status).toBe(200)
    expect(json).toEqual({
      version,
      revoked: 1,
      lost: { members: ['TH/GOV/NEW'], gateways: ['TH/GOV/NEW/gateway-1'], services: [], grants: [] },
    })
    const now = await home.directory()
    expect(now.version).toBe(version + 1)
    expect(now.revoked).toMatchObject([{ fingerprint: revoked, reason: 'key-compromise' }])
    expect((await home.admin('POST', '/v1/members', member)).status).toBe(201)
    expect((await home.admin('POST', '/v1/recover', { directory: newest })).json.code).toBe(
      'center-recover-refused',
    )
  })
})
