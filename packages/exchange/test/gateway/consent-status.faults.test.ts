import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, grantTerms, startAgencies } from './agencies.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { somebody } from './register.ts'
import { codeOf, craft, sendTo } from './wire.ts'

let issuer: TestIssuer
let country: Country
let grant = ''
let ahead = 0
let index = 300

beforeAll(async () => {
  issuer = await startIssuer()
  const clock = () => Date.now() + ahead
  country = await startAgencies({
    country: { subjectTokens: [issuer.entry] },
    rd: { clock },
    dopa: { clock },
  })
  const { hash } = await country.dopa.operator('POST', '/v1/grants', {
    ...grantTerms,
    purpose: 'loan',
    consent: true,
  })
  grant = String(hash)
  await country.rd.gateway.directory.refresh()
})
afterAll(async () => {
  await country?.stop()
  await issuer?.close()
})
beforeEach(() => {
  ahead = 0
  issuer.ahead = 0
  issuer.down = false
  issuer.forged = false
})

const receipt = (at = index++) => issuer.receipt({ purpose: 'loan', status: { uri: issuer.uri, index: at } })

async function ask(consent: string): Promise<string> {
  const answer = await country.ask(`/persons/${somebody}`, {
    headers: { 'sapan-purpose': 'loan', 'sapan-consent': consent, accept: 'application/problem+json' },
  })
  const { code } = await answer.json()
  return answer.status === 200 ? 'answered' : code
}

async function send(consent: string): Promise<string> {
  const fields = { 'sapan-grant': grant, 'sapan-purpose': 'loan', 'sapan-consent': consent }
  const created = Math.floor((Date.now() + ahead) / 1000)
  const message = craft({ ...country, grant }, { fields, created })
  const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
  return answer.status === 200 ? 'answered' : codeOf(answer)
}

const gateways = [
  ['the consumer’s', ask],
  ['the provider’s', send],
] as const

describe('from the moment of a withdrawal', () => {
  it.each(gateways)('%s gateway refuses what it knew a moment ago as good', async (name, call) => {
    const times: number[] = []
    for (let round = 0; round < 10; round++) {
      const at = index++
      const jws = receipt(at)
      await expect.poll(() => call(jws), { timeout: 15_000 }).toBe('answered')
      const withdrawn = performance.now()
      issuer.set(at, 'withdrawn')
      while ((await call(jws)) === 'answered');
      times.push(performance.now() - withdrawn)
      expect(await call(jws)).toBe('consent-withdrawn')
    }
    times.sort((a, b) => a - b)
    const [median, longest] = [times[5], times[9]].map((time) => `${Math.round(time ?? 0)} ms`)
    console.log(`withdrawn → refused at ${name} gateway: median ${median}, longest ${longest}`)
  })
})

describe('an issuer that can’t be reached', () => {
  it.each(gateways)('is done without for a minute at %s gateway, and no longer', async (_, call) => {
    const jws = receipt()
    await expect.poll(() => call(jws), { timeout: 15_000 }).toBe('answered')
    issuer.down = true
    ahead = 40_000
    expect(await call(jws)).toBe('answered')
    ahead = 70_000
    expect(await call(jws)).toBe('consent-status-stale')
    issuer.down = false
    issuer.ahead = 70_000
    await expect.poll(() => call(jws), { timeout: 15_000 }).toBe('answered')
  })

  it('is done without over a restart, for the rest of that minute', async () => {
    const jws = receipt()
    await expect.poll(() => send(jws), { timeout: 15_000 }).toBe('answered')
    issuer.down = true
    await country.dopa.restart()
    expect(await send(jws)).toBe('answered')
    ahead = 70_000
    await country.dopa.restart()
    expect(await send(jws)).toBe('consent-status-stale')
  })

  it('whose place another takes is not believed: the list before holds until it is stale', async () => {
    const at = index++
    const jws = receipt(at)
    await expect.poll(() => send(jws), { timeout: 15_000 }).toBe('answered')
    issuer.forged = true
    issuer.set(at, 'withdrawn')
    expect(await send(jws)).toBe('answered')
    ahead = 70_000
    expect(await send(jws)).toBe('consent-status-stale')
  })

  it('whose clock is wrong vouches for nothing', async () => {
    for (const wrong of [-70_000, 70_000]) {
      issuer.ahead = wrong
      await country.dopa.pool.query('delete from gateway.status_list_held')
      await country.dopa.restart()
      const jws = issuer.receipt({
        purpose: 'loan',
        issuedAt: Date.now(),
        expires: Date.now() + 3_600_000,
        status: { uri: issuer.uri, index: index++ },
      })
      expect(await send(jws)).toBe('consent-status-stale')
    }
  })
})
