import https from 'node:https'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, grantTerms, service, startAgencies } from './agencies.ts'
import { close } from './closing.ts'
import type { TestGateway } from './country.ts'
import { somebody } from './register.ts'
import { codeOf, craft, sendTo } from './wire.ts'

const minute = 60_000

let country: Country
let stranger: TestGateway
let ahead = 0
const clock = () => Date.now() + ahead

beforeAll(async () => {
  country = await startAgencies({ rd: { clock }, dopa: { clock } })
  stranger = await country.join('DBD', { clock })
  await country.dopa.operator('POST', '/v1/grants', { ...grantTerms, consumer: 'TH/GOV/DBD/main' })
  await Promise.all([country.rd, country.dopa, stranger].map(({ gateway }) => gateway.directory.refresh()))
  expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  await country.leave()
})
afterAll(() => country?.stop())
beforeEach(() => {
  ahead = 0
})

async function ask(gateway = country.rd, client = 'TH/GOV/RD/main') {
  const answer = await fetch(`${gateway.edge}/r1/${service}/persons/${somebody}`, {
    headers: { 'x-road-client': client, accept: 'application/problem+json' },
  })
  const body = await answer.json()
  return { status: answer.status, code: body.code }
}

async function grade(gateway: TestGateway): Promise<string> {
  await gateway.gateway.directory.refresh()
  return gateway.gateway.directory.standing().grade
}

/** Minutes after the directory's end, which is ten minutes after it was signed. */
function past(minutes: number) {
  ahead = (10 + minutes) * minute
}

describe('while the center is gone', () => {
  it('exchange goes on: the center is not on its way', async () => {
    expect(await ask()).toMatchObject({ status: 200 })
    expect(await grade(country.rd)).toBe('fresh')
  })

  it('past the directory’s end, everybody is still served, and the operator is warned', async () => {
    past(5)
    expect(await grade(country.rd)).toBe('warning')
    expect(await ask()).toMatchObject({ status: 200 })
    const { standing } = await country.rd.operator('GET', '/v1/directory')
    expect(standing).toMatchObject({ grade: 'warning', problem: expect.stringMatching(/^center-/) })
  })

  it('later still, known peers are served and new ones are not, at either end', async () => {
    past(30)
    expect(await grade(country.rd)).toBe('no-new-peers')
    expect(await ask()).toMatchObject({ status: 200 })
    expect(await ask(stranger, 'TH/GOV/DBD/main')).toEqual({
      status: 503,
      code: 'directory-stale-for-new-peer',
    })
    const [speaker] = stranger.membership.signers()
    if (!speaker) throw new Error('no signer')
    const fields = { 'x-road-client': 'TH/GOV/DBD/main', 'sapan-sender': 'TH/GOV/DBD' }
    const created = Math.floor(clock() / 1000)
    const heard = await sendTo(
      country.dopa.peer,
      stranger.membership.tls(),
      craft(country, { speaker, fields, created }),
    )
    expect([heard.status, codeOf(heard)]).toEqual([503, 'directory-stale-for-new-peer'])
  })

  it('a restart does not make anything fresh, nor anybody unknown', async () => {
    past(30)
    await grade(country.rd)
    await Promise.all([country.rd.restart(), country.dopa.restart()])
    expect(await grade(country.rd)).toBe('no-new-peers')
    expect(await ask()).toMatchObject({ status: 200 })
  })

  it('setting the clock back does not make anything fresh either', async () => {
    past(30)
    expect(await grade(country.rd)).toBe('no-new-peers')
    ahead = 0
    expect(await grade(country.rd)).toBe('no-new-peers')
    await country.rd.restart()
    expect(await grade(country.rd)).toBe('no-new-peers')
  })

  it('in the end nothing is exchanged, at either end, and health says so', async () => {
    past(120)
    expect(await grade(country.rd)).toBe('refuse')
    expect(await ask()).toEqual({ status: 503, code: 'directory-stale' })
    const created = Math.floor(clock() / 1000)
    const heard = await sendTo(country.dopa.peer, country.rd.membership.tls(), craft(country, { created }))
    expect([heard.status, codeOf(heard)]).toEqual([503, 'directory-stale'])
    const health = await fetch(`${country.rd.admin}/health`)
    expect([health.status, (await health.json()).directory]).toEqual([503, 'refuse'])
  })
})

describe('when the center is back', () => {
  it('everything is fresh again by itself', async () => {
    await country.comeBack()
    await expect.poll(() => grade(country.rd)).toBe('fresh')
    await expect.poll(() => grade(country.dopa)).toBe('fresh')
    expect(await ask()).toMatchObject({ status: 200 })
  })

  it('a clock that is off is named as the cause where the directory seems old', async () => {
    past(120)
    await country.rd.gateway.directory.refresh()
    const { standing } = await country.rd.operator('GET', '/v1/directory')
    expect((standing as { clockSkew: number }).clockSkew).toBeLessThan(-60)
    const { admin, adminToken } = country.rd
    expect(await (await fetch(`${admin}/health`)).json()).toMatchObject({ clock: 'off' })
    const metrics = await fetch(`${admin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })
    expect(await metrics.text()).toMatch(/^sapan_clock_skew_seconds -\d{4}$/m)
    expect(await ask()).toEqual({ status: 503, code: 'clock-skew' })
  })
})

describe('a center that was restored from an old copy', () => {
  it('offers a directory that is refused: what was revoked since stays revoked, and the operator is told', async () => {
    const { directory } = country.rd.gateway
    const old = directory.current().jws
    await country.operator('POST', '/v1/members', {
      class: 'GOV',
      code: 'NEW',
      name: { th: 'ใหม่', en: 'New' },
    })
    // The other side may have looked at its clock while that was ahead.
    await Promise.all([directory.refresh(), country.dopa.gateway.directory.refresh()])
    const { version } = directory.current()
    await country.leave()
    const restored = https.createServer(country.center.tls(), (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/jose' }).end(old)
    })
    await new Promise<void>((resolve) => {
      restored.listen(Number(new URL(country.centerUrl).port), '127.0.0.1', resolve)
    })
    const problem = async () => {
      await country.rd.gateway.directory.refresh()
      return country.rd.gateway.directory.standing().problem
    }
    await expect.poll(problem).toBe('directory-rolled-back')
    const { standing } = await country.rd.operator('GET', '/v1/directory')
    expect(standing).toMatchObject({ version, problem: 'directory-rolled-back' })
    await country.rd.restart()
    await expect.poll(problem).toBe('directory-rolled-back')
    expect(country.rd.gateway.directory.standing()).toMatchObject({
      version,
      problem: 'directory-rolled-back',
    })
    expect(await ask()).toMatchObject({ status: 200 })
    await close(restored)
  })
})
