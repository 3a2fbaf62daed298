import { randomBytes, randomUUID } from 'node:crypto'
import { agreementJwk, agreementKey, generateSigner } from '@sapan/trust'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewaySettings } from '../../src/gateway/settings.ts'
import { type AccessHint, openHint, signHintsToken, signSubjectToken } from '../../src/index.ts'
import { type Country, client, grantTerms, startAgencies } from './agencies.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { somebody } from './register.ts'

const dopa = 'TH/GOV/DOPA/gateway-1'
const key = agreementKey(randomBytes(32))
let issuer: TestIssuer
let country: Country
let lastPerson = 3000000000200

beforeAll(async () => {
  issuer = await startIssuer()
  const { unusual } = Value.Default(GatewaySettings, { unusual: { leastPerHour: 2 } }) as GatewaySettings
  country = await startAgencies({
    country: { subjectTokens: [{ ...issuer.entry, hints: agreementJwk(key) }] },
    dopa: { settings: { unusual } },
  })
})
afterAll(async () => {
  await country?.stop()
  await issuer?.close()
})

const someone = () => String(lastPerson++)

function token(changes: { issuer?: string; audience?: string } = {}, signer = issuer.next): string {
  const claims = { issuer: issuer.entry.issuer, audience: dopa, tokenId: randomUUID(), ...changes }
  return signHintsToken(claims, { signer, now: Date.now() })
}

/** As the house of identity asks, whose system stands behind RD's gateway. */
async function fetchHints(body: object = {}) {
  const answer = await fetch(`${country.rd.edge}/sapan/v1/hints`, {
    method: 'POST',
    headers: { 'x-road-client': client, 'content-type': 'application/json' },
    body: JSON.stringify({ gateway: dopa, token: token(), taken: [], ...body }),
  })
  return (await answer.json()) as { code?: string; hints: { number: number; jwe: string }[] }
}

async function hintsOf(person: string): Promise<AccessHint[]> {
  const { hints } = await fetchHints()
  const opened = await Promise.all(hints.map(({ jwe }) => openHint(key, jwe)))
  return opened.filter((hint) => hint !== undefined).filter(({ subject }) => subject === person)
}

async function look(person: string, more: Record<string, string> = {}): Promise<void> {
  const headers = { 'sapan-purpose': 'tax-assessment', ...more }
  expect((await country.ask(`/persons/${person}`, { headers })).status).toBe(200)
}

describe('a hint that there is something to see', () => {
  it('is there for a person whose data was looked at, once an hour, for their issuer alone', async () => {
    const person = someone()
    for (let i = 0; i < 3; i++) await look(person)
    await expect.poll(() => hintsOf(person)).toHaveLength(1)
    const [hint] = await hintsOf(person)
    expect(hint?.unusual).toBe(false)
    const { hints } = await fetchHints()
    expect(JSON.stringify(hints)).not.toContain(person)
    const { rows } = await country.dopa.pool.query('select * from gateway.access_hint')
    expect(JSON.stringify(rows)).not.toContain(person)
    const other = agreementKey(randomBytes(32))
    for (const { jwe } of hints) expect(await openHint(other, jwe)).toBeUndefined()
  })

  it('stays until it was taken', async () => {
    const person = someone()
    await look(person)
    await expect.poll(() => hintsOf(person)).toHaveLength(1)
    expect(await hintsOf(person)).toHaveLength(1)
    const { hints } = await fetchHints()
    expect(await fetchHints({ taken: hints.map(({ number }) => number) })).toEqual({ hints: [] })
    await look(person)
    expect(await hintsOf(person)).toEqual([])
  })

  it('says of an officer’s access that it was unusual, always, and is as long as any other', async () => {
    const person = someone()
    for (let i = 0; i < 4; i++) await look(person, { 'sapan-actor': issuer.actor() })
    await expect
      .poll(async () => (await hintsOf(person)).filter(({ unusual }) => unusual).length)
      .toBeGreaterThanOrEqual(2)
    const { hints } = await fetchHints()
    const lengths = hints.map(({ jwe }) => jwe.length - (jwe.split('.')[0]?.length ?? 0))
    expect(new Set(lengths).size).toBe(1)
  })

  it.each([
    ['for a purpose of which nobody may be told', { purpose: 'audit' }],
    ['that is withheld by law', { purpose: 'investigation', withheldUntil: '2090-01-01T00:00:00Z' }],
  ])('is not made of an access %s, unusual or not', async (_, terms) => {
    const person = someone()
    await country.dopa.operator('POST', '/v1/grants', { ...grantTerms, ...terms })
    await country.rd.gateway.directory.refresh()
    const headers = { 'sapan-purpose': terms.purpose, 'sapan-actor': issuer.actor() }
    for (let i = 0; i < 4; i++) await look(person, headers)
    const judged = async () => {
      const { accesses } = await country.dopa.operator('GET', '/v1/unusual')
      return (accesses as { purpose: string }[]).filter(({ purpose }) => purpose === terms.purpose).length
    }
    await expect.poll(judged).toBeGreaterThan(0)
    // What comes after it is there; so it would be, too.
    const witness = someone()
    await look(witness)
    await expect.poll(() => hintsOf(witness)).toHaveLength(1)
    expect(await hintsOf(person)).toEqual([])
  })

  it('is given to no one but the issuer, with a fresh token', async () => {
    await look(someone())
    const foreign = generateSigner('ecdsa-p256-sha256')
    const subject = { issuer: issuer.entry.issuer, subject: somebody, audience: dopa, tokenId: randomUUID() }
    const wrong = [
      token({}, foreign),
      token({ issuer: 'https://other.example' }),
      token({ audience: 'TH/GOV/RD/gateway-1' }),
      signSubjectToken(subject, { signer: issuer.next, now: Date.now() }),
      signHintsToken(
        { issuer: issuer.entry.issuer, audience: dopa, tokenId: randomUUID() },
        { signer: issuer.next, now: Date.now() - 120_000 },
      ),
      'x',
    ]
    for (const one of wrong)
      expect(await fetchHints({ token: one })).toMatchObject({ code: 'hints-token-invalid' })
    const used = token()
    await fetchHints({ token: used })
    expect((await fetchHints({ token: used })).code).toBe('message-replayed')
    expect((await fetchHints({ gateway: 'TH/GOV/XX/gateway-1' })).code).toBe('gateway-unknown')
    expect((await fetchHints({ taken: ['x'] })).code).toBe('request-invalid')
  })
})
