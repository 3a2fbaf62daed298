import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { judgeClock } from '../../src/center/checks/clock.ts'
import { createCenter } from '../../src/index.ts'
import { quiet, startCenter, type TestCenter, testClock } from './fixture.ts'

interface Found {
  readonly code: string
  readonly outcome: string
  readonly text: { readonly th: string; readonly en: string }
  readonly next: { readonly th: string; readonly en: string } | null
}

const day = 86_400_000
let home: TestCenter
let started: number

beforeAll(async () => {
  home = await startCenter({}, undefined, testClock(Date.now()))
  started = home.clock.now
  await home.join('TH/GOV/RD')
})
afterAll(() => home.close())
afterEach(() => {
  home.clock.now = started
})

async function look(): Promise<Found[]> {
  return (await home.admin('GET', '/v1/checks')).json.checks as Found[]
}

async function notGood() {
  const found = (await look()).filter(({ outcome }) => outcome !== 'good')
  for (const { next } of found) expect(next?.th && next.en).toBeTruthy()
  return found.map(({ code, outcome }) => `${code} ${outcome}`)
}

describe('a center looks at itself:', () => {
  it('where all is well, each code says so', async () => {
    home.clock.now = Date.now()
    const found = await look()
    expect(found.filter(({ code }) => code !== 'durability').map(({ outcome }) => outcome)).toEqual(
      Array(11).fill('good'),
    )
    expect([...new Set(found.map(({ code }) => code))].sort()).toEqual([
      ...[
        'alerts',
        'certificate',
        'clock',
        'contradictions',
        'database',
        'directory',
        'durability',
        'issuer',
      ],
      ...['member-certificates', 'migrations'],
    ])
  })

  const codes = async (code: string) => (await look()).filter((check) => check.code === code)

  it('a directory that is not signed anew, before and after it is past its time', async () => {
    home.clock.now += 500_000
    expect(await codes('directory')).toMatchObject([{ outcome: 'warning' }])
    home.clock.now += 100_000
    expect(await codes('directory')).toMatchObject([
      { outcome: 'bad', text: { en: 'directory version 3 is past its time' } },
    ])
    home.clock.now = started - day
    expect(await codes('directory')).toMatchObject([{ outcome: 'warning' }])
  })

  it('members whose gateways did not renew in time, by name and days', async () => {
    home.clock.now += 60 * day
    expect(await codes('member-certificates')).toMatchObject([{ outcome: 'good' }])
    home.clock.now += 10 * day
    expect(await codes('member-certificates')).toMatchObject([
      {
        outcome: 'warning',
        text: {
          en: 'not renewed in time: signing TH/GOV/RD (19 days left), tls TH/GOV/RD/gateway-1 (19 days left)',
        },
      },
    ])
  })

  it('its own certificates, and the issuer that only the offline root renews', async () => {
    home.clock.now += 70 * day
    const [tls] = (await codes('certificate')).filter(({ text }) => text.en.startsWith('tls'))
    expect(tls).toMatchObject({ outcome: 'warning' })
    home.clock.now += 30 * day
    expect((await codes('certificate')).find(({ text }) => text.en === 'tls: it has ended')).toMatchObject({
      outcome: 'bad',
    })
    const ends = Date.parse(String((await home.admin('GET', '/health')).json.issuerEnds))
    home.clock.now = ends - 100 * day
    expect(await codes('issuer')).toMatchObject([
      {
        outcome: 'warning',
        next: {
          en: 'bring the root back into keys/offline, then: sapan center renew-issuer --config center.yaml',
        },
      },
    ])
    home.clock.now = ends + day
    expect(await codes('issuer')).toMatchObject([{ outcome: 'bad' }])
  })

  it('its clock, held against the database’s', async () => {
    home.clock.now = Date.now() + 4_000
    expect(await codes('clock')).toMatchObject([{ outcome: 'warning' }])
    expect([2, 3, 6, -6].map((ahead) => judgeClock(ahead).outcome)).toEqual([
      ...['good', 'warning'],
      ...['bad', 'bad'],
    ])
  })

  it('what whoever runs it sees of the machine', async () => {
    const text = { th: 'ดิสก์ว่าง 0.1 GB', en: '0.1 GB of disk are free' }
    const seen = { code: 'disk', outcome: 'bad', text, next: { th: 'เพิ่มที่ว่าง', en: 'free some' } } as const
    const center = await createCenter({
      ...{ pool: home.pool, keys: home.keys, clock: home.clock, log: quiet },
      config: { instance: 'TH', publicUrl: 'https://center.test:4000' },
      lookAtMachine: async () => [seen],
    })
    await center.start()
    const answer = await center.adminApp.inject({
      url: '/v1/checks',
      headers: { authorization: `Bearer ${center.adminToken}` },
    })
    expect(answer.json().checks).toContainEqual(seen)
    await center.stop()
  })

  it('a log that contradicts itself', async () => {
    await home.pool.query(
      `insert into center.contradiction (origin, held, offered, reason, at) values ('x', '{}', '', 'x', now())`,
    )
    expect(await notGood()).toContain('contradictions bad')
  })
})
