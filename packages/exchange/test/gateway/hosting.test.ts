import { randomUUID } from 'node:crypto'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinGateway, publishServices, signSubjectToken } from '../../src/index.ts'
import { grantTerms } from './agencies.ts'
import { addMember, type TestGateway } from './country.ts'
import { alpha, beta, type HostingCountry, offer, serviceOf, startHosting } from './hosting-country.ts'
import { answerPerson, somebody, startRegister, type TestRegister } from './register.ts'

const gamma = 'TH/LOC/GAMMA'
const id = 'TH/LOC/DISTRICT/gateway-1'
const issuer = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')

let country: HostingCountry
let district: TestGateway
/** An agency elsewhere. */
let rd: TestGateway
let register: TestRegister

beforeAll(async () => {
  const jwk = identity.publicKey.export({ format: 'jwk' })
  const speakers = [alpha, beta, gamma].map((member) => `${member}/main`)
  country = await startHosting({
    country: { subjectTokens: [{ issuer, jwk: { ...jwk } }] },
    district: { settings: { withoutCredential: speakers, limits: { inFlight: 4, waiting: 8 } } },
  })
  district = country.district
  rd = await country.join('RD')
  register = await startRegister()
  await addMember(country.operator, 'LOC', 'GAMMA')
})
afterAll(async () => {
  await country?.stop()
  await register?.close()
})

const hostingToken = async (members: string[], gateway = id) =>
  String((await country.operator('POST', '/v1/tokens', { gateway, members, hosting: true })).token)

async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => 'none',
    (error: Error & { code?: string }) => error.code ?? /"code":"([^"]*)"/.exec(error.message)?.[1],
  )
}

async function audited(member: string) {
  const answer = await fetch(`${district.admin}/v1/audit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${district.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ member }),
  })
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '').report
}

describe('two members of one gateway', () => {
  it('exchange as with anybody: by a grant, with evidence on both sides, each in its own log', async () => {
    const answer = await country.ask(alpha, beta, `/persons/${somebody}`)
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { nationalId: somebody, name: expect.anything() },
    ])
    const exchange = answer.headers.get('sapan-exchange')
    for (const [member, side] of [
      [alpha, 'consumer'],
      [beta, 'provider'],
    ] as const) {
      const shown = await district.operator('GET', `/v1/evidence/${exchange}?member=${member}`)
      expect(shown).toMatchObject({ member, side, status: 200 })
      await district.operator('GET', '/v1/status')
      expect(await audited(member)).toMatchObject({ member, findings: [] })
    }
  })

  it('share its room: one whose register is slow leaves the other theirs, on both sides', async () => {
    const held: (() => void)[] = []
    const slow = country.registers[beta]
    if (!slow) throw new Error('there is no register')
    slow.answering = (request, response, body) => {
      held.push(() => answerPerson(request, response, body))
    }
    const asked = Array.from({ length: 12 }, () => country.ask(alpha, beta, `/persons/${somebody}`))
    await expect.poll(() => held.length).toBe(3)
    expect((await country.ask(beta, alpha, `/persons/${somebody}`)).status).toBe(200)
    slow.answering = answerPerson
    for (const answer of held) answer()
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort()
    // Three ran, six waited, and the rest were told at once to come back.
    expect(statuses).toEqual([...Array(9).fill(200), ...Array(3).fill(503)])
  })

  it('are counted apart', async () => {
    const answer = await fetch(`${district.admin}/metrics`, {
      headers: { authorization: `Bearer ${district.adminToken}` },
    })
    const lines = (await answer.text()).split('\n')
    for (const [side, member] of [
      ['consumer', alpha],
      ['provider', beta],
    ]) {
      const line = `sapan_exchanges_total{side="${side}",member="${member}",service="${serviceOf(beta)}",operation="getPerson",outcome="200"}`
      expect(lines.some((each) => each.startsWith(line))).toBe(true)
    }
  })

  it('are strangers to each other where no grant says otherwise', async () => {
    const answer = await country.ask(beta, alpha, '/persons?born=1980')
    expect([answer.status, answer.headers.get('x-road-error')]).toEqual([403, expect.any(String)])
  })
})

describe('a member that is taken in while the gateway runs', () => {
  it('speaks, offers and keeps evidence at once; the others keep their keys and connections', async () => {
    const before = district.membership.tls().cert
    await district.operator('POST', '/v1/members', { token: await hostingToken([gamma]) })
    expect(district.membership.tls().cert).toBe(before)
    await offer(district, gamma, register.url)
    await district.operator('POST', '/v1/grants', {
      ...grantTerms,
      service: serviceOf(gamma),
      consumer: 'TH/GOV/RD/main',
    })
    await district.operator('POST', '/v1/grants', {
      ...grantTerms,
      service: serviceOf(beta),
      consumer: `${gamma}/main`,
    })
    await rd.gateway.directory.refresh()
    const asked = await fetch(`${rd.edge}/r1/${serviceOf(gamma)}/persons/${somebody}`, {
      headers: { 'x-road-client': 'TH/GOV/RD/main' },
    })
    expect(asked.status).toBe(200)
    expect((await country.ask(gamma, beta, `/persons/${somebody}`)).status).toBe(200)
    expect(await audited(gamma)).toMatchObject({ member: gamma, findings: [] })
    const { logs } = (await district.operator('GET', '/v1/status')).evidence as { logs: { member: string }[] }
    expect(logs.map(({ member }) => member)).toContain(gamma)
  })

  it('is still there after a restart', async () => {
    await district.restart()
    expect(JSON.stringify(await district.operator('GET', '/v1/members'))).toContain(gamma)
    expect((await country.ask(gamma, beta, `/persons/${somebody}`)).status).toBe(200)
  })

  it('needs a token for hosting it, at this gateway, once', async () => {
    await addMember(country.operator, 'LOC', 'DELTA')
    const take = (token: string) => refusalOf(district.operator('POST', '/v1/members', { token }))
    const joining = await country.operator('POST', '/v1/tokens', { gateway: id, members: ['TH/LOC/DELTA'] })
    expect(await take(String(joining.token))).toBe('join-token-unknown')
    const elsewhere = await hostingToken(['TH/LOC/DELTA'], 'TH/GOV/RD/gateway-1')
    expect(await take(elsewhere)).toBe('join-token-for-another')
    expect(await take('x')).toBe('join-token-malformed')
    const stolen = await hostingToken(['TH/LOC/DELTA'])
    expect(
      await refusalOf(
        joinGateway({ token: stolen, keys: rd.keys, peerAddress: rd.peer, centerUrl: country.centerUrl }),
      ),
    ).toBe('join-token-for-another')
    expect(await take(stolen)).toBe('none')
    // The answer was lost, and it is asked again.
    expect(await take(stolen)).toBe('none')
    expect(await refusalOf(hostingToken(['TH/LOC/DELTA']))).toBe('already-registered')
    expect(await refusalOf(hostingToken([], id))).toBe('request-invalid')
  })
})

describe('a member that is let go', () => {
  it('is spoken for no more, here or at the center; what was kept of it stays and is told to whom it concerns', async () => {
    register.answering = answerPerson
    const { logs } = (await district.operator('GET', '/v1/status')).evidence as { logs: { member: string }[] }
    expect(logs.map(({ member }) => member)).toContain(gamma)
    const signer = district.membership.signers().find(({ member }) => member === gamma)
    await district.operator('DELETE', `/v1/members/${encodeURIComponent(gamma)}`)
    await rd.gateway.directory.refresh()

    const view = rd.gateway.directory.current()
    expect(view.gatewaysOf(gamma)).toEqual([])
    expect(view.service(serviceOf(gamma))).toBeUndefined()
    expect(view.certificate(signer?.keyId ?? '')).toBeUndefined()
    expect(view.isRevoked(signer?.keyId ?? '')).toBe(false)
    expect((await country.ask(gamma, beta, `/persons/${somebody}`)).status).toBe(403)
    // Who kept the key can no longer speak for it.
    if (!signer) throw new Error('there was no key')
    const { signer: key, keyId: fingerprint, certificate, chain } = signer
    const signing = { signer: key, fingerprint, certificate, chain, issuedAt: 0, notAfter: 0 }
    const { rootFingerprint } = country
    const speaker = { center: district.membership.center, rootFingerprint, signing, clock: Date.now }
    expect(await refusalOf(publishServices(speaker, {}))).toBe('statement-invalid')

    expect(await audited(gamma)).toMatchObject({ member: gamma, findings: [] })
    const token = signSubjectToken(
      { issuer, subject: somebody, audience: id, tokenId: randomUUID() },
      { signer: identity, now: Date.now() },
    )
    const { accesses } = await district.operator('POST', '/v1/usage', { token })
    expect(accesses).toEqual(expect.arrayContaining([expect.objectContaining({ member: gamma })]))
    await district.restart()
    expect(await audited(gamma)).toMatchObject({ member: gamma, findings: [] })
  })

  it('is not the one that owns the gateway, nor one that is not hosted', async () => {
    const end = (member: string) =>
      refusalOf(district.operator('DELETE', `/v1/members/${encodeURIComponent(member)}`))
    expect(await end('TH/LOC/DISTRICT')).toBe('gateway-owner-stays')
    expect(await end('TH/GOV/RD')).toBe('member-unknown')
    expect(await end(gamma)).toBe('member-unknown')
  })
})
