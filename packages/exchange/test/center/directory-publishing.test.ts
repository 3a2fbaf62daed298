import { signJws } from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDirectory } from '../../src/index.ts'
import { refusal, startCenter, type TestCenter } from './fixture.ts'

let home: TestCenter

beforeAll(async () => {
  home = await startCenter({ validitySeconds: 600 })
  await home.join('TH/GOV/DOPA')
})
afterAll(() => home.close())

const get = (headers: Record<string, string> = {}, center = home.center) =>
  center.publicApp.inject({ method: 'GET', url: '/v1/directory', headers })

test('every change makes the next version, and what is refused makes none', async () => {
  const before = (await home.directory()).version
  await home.admin('POST', '/v1/members', { class: 'LOC', code: 'BKK', name: { th: 'กทม.', en: 'BMA' } })
  expect((await home.directory()).version).toBe(before + 1)
  const again = await home.admin('POST', '/v1/members', {
    class: 'LOC',
    code: 'bkk',
    name: { th: 'กทม.', en: 'BMA' },
  })
  expect(again.json.code).toBe('already-registered')
  expect((await home.directory()).version).toBe(before + 1)
})

test('changes that come at once each get their own version', async () => {
  const before = (await home.directory()).version
  await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      home.admin('POST', '/v1/members', { class: 'NGO', code: `N${n}`, name: { th: 'ก', en: 'N' } }),
    ),
  )
  const directory = await home.directory()
  expect(directory.version).toBe(before + 8)
  expect(directory.members.filter((member) => member.class === 'NGO')).toHaveLength(8)
})

test('who has the newest version is told so by 304, without a body', async () => {
  const first = await get()
  const etag = String(first.headers.etag)
  expect(first.statusCode).toBe(200)
  for (const tag of [etag, `W/${etag}`, `"x", ${etag}`]) {
    const again = await get({ 'if-none-match': tag })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  }
  expect((await get({ 'if-none-match': '"0"' })).statusCode).toBe(200)
})

test('a standby answers the very same document', async () => {
  const standby = await home.standby()
  await standby.start()
  expect((await get({}, standby)).body).toBe((await get()).body)
})

test('it is signed anew before half of its validity is over, by one of several centers', async () => {
  const before = await home.directory()
  const standby = await home.standby()
  home.clock.now += 299_000
  await standby.start()
  expect((await home.directory()).version).toBe(before.version)
  home.clock.now += 2_000
  const others = await Promise.all([home.standby(), home.standby()])
  await Promise.all(others.map((other) => other.start()))
  const after = await home.directory()
  expect(after.version).toBe(before.version + 1)
  expect(Date.parse(after.validUntil)).toBe(home.clock() + 600_000)
})

test('of versions that say the same, the first and the last are kept', async () => {
  for (let n = 0; n < 4; n++) {
    home.clock.now += 400_000
    const standby = await home.standby()
    await standby.start()
  }
  const { rows } = await home.pool.query(
    'select content, count(*)::int from center.directory group by content',
  )
  expect(Math.max(...rows.map((row) => row.count))).toBe(2)
})

test('a directory signed by a member is not a directory', async () => {
  const gateway = await home.join('TH/COM/MALLORY')
  const signing = gateway.speaker('TH/COM/MALLORY').signing
  const directory = await home.directory()
  const forged = signJws(
    { ...directory, version: 99_999 },
    {
      signer: signing.signer,
      type: 'sapan-directory+jws',
      chain: [signing.certificate, ...signing.chain],
    },
  )
  expect(await refusal(() => readDirectory(forged, home.center.rootFingerprint))).toBe('directory-invalid')
})

test('a changed byte anywhere in the signed document is noticed', async () => {
  const { body } = await get()
  for (let at = 0; at < body.length; at += Math.ceil(body.length / 60)) {
    const changed = `${body.slice(0, at)}${body[at] === 'A' ? 'B' : 'A'}${body.slice(at + 1)}`
    expect(await refusal(() => readDirectory(changed, home.center.rootFingerprint))).toBe('directory-invalid')
  }
})

test('another root’s fingerprint is not satisfied', async () => {
  const { body } = await get()
  expect(await refusal(() => readDirectory(body, '00'.repeat(32)))).toBe('directory-invalid')
})

test('a center does not start on another instance’s database', async () => {
  await home.pool.query("update center.state set instance = 'XX'")
  const standby = await home.standby()
  expect(await refusal(standby.start())).toBe('center-of-another-instance')
  await home.pool.query("update center.state set instance = 'TH'")
})
