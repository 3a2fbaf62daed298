import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantTerms } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { alpha, type HostingCountry, offer, serviceOf, startHosting } from './hosting-country.ts'
import { answerPerson, somebody, startRegister, type TestRegister } from './register.ts'

let country: HostingCountry
let rd: TestGateway
let register: TestRegister

beforeAll(async () => {
  country = await startHosting()
  rd = await country.join('RD')
  register = await startRegister()
  register.answering = answerPerson
})
afterAll(async () => {
  await country?.stop()
  await register?.close()
})

/** Describes the member's service anew and gives RD a grant, as after each beginning. */
async function offers(gateway: TestGateway): Promise<void> {
  await offer(gateway, alpha, register.url)
  const terms = { ...grantTerms, service: serviceOf(alpha), consumer: 'TH/GOV/RD/main' }
  await gateway.operator('POST', '/v1/grants', terms)
  await rd.gateway.directory.refresh()
}

/** An exchange that RD was answered in. */
async function asked(): Promise<string> {
  const answer = await fetch(`${rd.edge}/r1/${serviceOf(alpha)}/persons/${somebody}`, {
    headers: { 'x-road-client': 'TH/GOV/RD/main' },
  })
  expect(answer.status).toBe(200)
  return answer.headers.get('sapan-exchange') ?? ''
}

interface LogState {
  member: string
  epoch: number
  checkpoint: { size: number }
  recoverNeeded: { en: string } | null
}

async function logOf({ operator }: TestGateway): Promise<LogState | undefined> {
  const { logs } = (await operator('GET', '/v1/status')).evidence as { logs: LogState[] }
  return logs.find(({ member }) => member === alpha)
}

async function audited({ admin, adminToken }: TestGateway) {
  const answer = await fetch(`${admin}/v1/audit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ member: alpha }),
  })
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '').report
}

describe.each([
  ['was let go by its host, and joins with a gateway of its own', 2],
  ['has lost that gateway with database and keys, and joins again', 3],
])('a member that %s', (_, epoch) => {
  let own: TestGateway
  let before: string

  beforeAll(async () => {
    if (epoch === 2) {
      await offers(country.district)
      await asked()
      await country.district.operator('DELETE', `/v1/members/${encodeURIComponent(alpha)}`)
    }
    own = await country.join('ALPHA', { memberClass: 'LOC', again: true })
    await offers(own)
    before = await asked()
  })
  afterAll(() => own?.stop())

  it('is served and keeps evidence, but signs nothing of a log that went on without it', async () => {
    await expect.poll(async () => (await logOf(own))?.recoverNeeded?.en).toContain('begun elsewhere')
    expect((await logOf(own))?.checkpoint.size).toBe(0)
    await own.restart()
    await expect.poll(async () => (await logOf(own))?.recoverNeeded?.en).toContain('begun elsewhere')
    const { checks } = await own.operator('GET', '/v1/checks')
    expect(checks).toContainEqual(
      expect.objectContaining({
        code: 'log',
        next: expect.objectContaining({ en: expect.stringMatching(/^sapan gateway recover .*ALPHA$/) }),
      }),
    )
  })

  it('goes on, told so, in a new epoch that links to what witnesses know of the one before', async () => {
    const recovery = await own.operator('POST', '/v1/recover', { member: alpha })
    expect(recovery).toMatchObject({
      epoch,
      previous: { epoch: epoch - 1, size: 0, witnessedSize: expect.any(Number) },
    })
    const later = await asked()
    await expect.poll(async () => (await logOf(own))?.checkpoint.size).toBe(5)
    for (const exchange of [before, later]) {
      expect(await own.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({ state: 'answered' })
    }
    expect(await audited(own)).toMatchObject({ sound: true, entries: 5, findings: [] })
    await own.gateway.directory.refresh()
    const log = own.gateway.directory.current().member(alpha)?.log ?? []
    expect(log.map((key) => key.epoch)).toEqual(Array.from({ length: epoch }, (_, n) => n + 1))
    await own.restart()
    expect((await logOf(own))?.recoverNeeded).toBeNull()
    expect(await audited(own)).toMatchObject({ sound: true, findings: [] })
  })
})
