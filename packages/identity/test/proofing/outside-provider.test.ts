import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSandboxThaid } from '@sapan/sandbox'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOutsideProvider, type OutsideProvider } from '../../src/proofing/outside/outside-provider.ts'
import { createReproofing } from '../../src/proofing/reproof.ts'
import { evidenceOfAccount } from '../../src/proofing/store/evidence.ts'
import { OTHER, type ProofingTest, proofingTest, SOMEONE } from './proofing-ground.ts'

const about = { th: 'ก', en: 'x' }
const people = [
  {
    nationalId: SOMEONE,
    given: { th: 'จิรดนัย', en: 'Chiradanai' },
    family: { th: '', en: '' },
    birthDate: '1984-02-29',
    sex: 'male',
    about,
  },
  {
    nationalId: OTHER,
    given: { th: 'จิรพิมพ์', en: 'Chiraphim' },
    family: { th: 'ก', en: 'K' },
    birthDate: '1941',
    sex: 'female',
    about,
  },
] as const
const redirectUri = 'http://localhost:4402/me/proofing/outside/back'

let t: ProofingTest
let thaid: Server
let origin: string
let outside: OutsideProvider

const settings = () => ({
  issuer: origin,
  clientId: 'sapan',
  clientSecret: 'a-secret-of-the-sandbox-0123456789',
  redirectUri,
  scope: 'openid pid name birthdate gender',
})

beforeAll(async () => {
  t = await proofingTest()
  thaid = createServer()
  await new Promise<void>((resolve) => thaid.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(thaid.address() as AddressInfo).port}`
  const { clientId: id, clientSecret: secret } = settings()
  thaid.on(
    'request',
    createSandboxThaid({ issuer: origin, people, clients: [{ id, secret, redirectUris: [redirectUri] }] }),
  )
  outside = createOutsideProvider(t.ground, settings())
})
afterAll(async () => {
  await new Promise((resolve) => thaid.close(resolve))
  await t.stop()
})
beforeEach(() => t.ground.pool.query('delete from identity.identifier'))

/** A browser that follows the provider's own redirects and keeps its cookies; gives what comes back to us. */
async function signInAs(address: string, person: string): Promise<URLSearchParams> {
  const cookies = new Map<string, string>()
  let url = address
  let init: RequestInit = {}
  for (let step = 0; step < 10; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) {
      expect(await answer.text()).toContain('not the real ThaID')
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      init = { method: 'POST', headers, body: new URLSearchParams({ person }).toString() }
      continue
    }
    init = {}
    url = new URL(location, url).href
    if (url.startsWith(redirectUri)) return new URL(url).searchParams
  }
  throw new Error('the sign-in led nowhere')
}

const session = 'session-1'
const failure = { code: 'sign-in-elsewhere-failed' }

describe('a sign-in with ThaID', () => {
  it('raises the level to that of the app, with its number and names', async () => {
    const { id } = await t.newAccount()
    const visitor = { account: id, session }
    const evidence = await outside.prove(visitor, await signInAs(await outside.begin(visitor), SOMEONE))
    expect(evidence).toMatchObject({ method: 'outside-provider', levelAfter: '2.3' })
    expect(await t.ground.accounts.findByIdentifier('national-id', SOMEONE)).toMatchObject({ id })
    expect(await t.ground.accounts.profileOf(id)).toMatchObject({
      givenName: { th: 'จิรดนัย', en: 'Chiradanai' },
      birthDate: '1984-02-29',
      source: 'thaid',
    })
  })

  it('sends no secret and nothing personal, and asks with PKCE, state and nonce', async () => {
    const { id } = await t.newAccount()
    const { searchParams } = new URL(await outside.begin({ account: id, session }))
    expect(searchParams.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(name)?.length).toBeGreaterThan(40)
    expect(searchParams.toString()).not.toContain(id)
  })

  it('ends once', async () => {
    const { id } = await t.newAccount()
    const visitor = { account: id, session }
    const query = await signInAs(await outside.begin(visitor), SOMEONE)
    await outside.prove(visitor, query)
    await expect(outside.prove(visitor, query)).rejects.toMatchObject(failure)
    expect(await evidenceOfAccount(t.ground.pool, id)).toHaveLength(1)
  })

  it('ends only in the session and the account that began it, and within its time', async () => {
    const [mine, other] = [(await t.newAccount()).id, (await t.newAccount()).id]
    const query = await signInAs(await outside.begin({ account: mine, session }), SOMEONE)
    await expect(outside.prove({ account: mine, session: 'another' }, query)).rejects.toMatchObject(failure)
    await expect(outside.prove({ account: other, session }, query)).rejects.toMatchObject(failure)
    await expect(outside.find({ session }, query)).rejects.toMatchObject(failure)
    t.test.pass(16 * 60_000)
    await expect(outside.prove({ account: mine, session }, query)).rejects.toMatchObject(failure)
    expect((await t.ground.accounts.find(mine))?.ial).toBe('1.1')
  })

  it('with another’s code, another state, another issuer or none of them is refused', async () => {
    const { id } = await t.newAccount()
    const visitor = { account: id, session }
    const theirs = await signInAs(
      await outside.begin({ account: (await t.newAccount()).id, session: 's2' }),
      OTHER,
    )
    const tries: ((query: URLSearchParams) => void)[] = [
      (query) => query.set('code', theirs.get('code') ?? ''),
      (query) => query.set('state', theirs.get('state') ?? ''),
      (query) => query.set('iss', 'https://evil.example'),
      (query) => query.delete('code'),
      (query) => query.delete('state'),
    ]
    for (const change of tries) {
      const query = await signInAs(await outside.begin(visitor), SOMEONE)
      change(query)
      await expect(outside.prove(visitor, query)).rejects.toMatchObject(failure)
    }
    expect(await evidenceOfAccount(t.ground.pool, id)).toEqual([])
  })

  it('that the person breaks off changes nothing', async () => {
    const { id } = await t.newAccount()
    const visitor = { account: id, session }
    const query = await signInAs(await outside.begin(visitor), '')
    expect(query.get('error')).toBe('access_denied')
    await expect(outside.prove(visitor, query)).rejects.toMatchObject(failure)
  })

  it('as another person than the account’s is refused', async () => {
    const { id } = await t.newAccount()
    const visitor = { account: id, session }
    await outside.prove(visitor, await signInAs(await outside.begin(visitor), SOMEONE))
    const query = await signInAs(await outside.begin(visitor), OTHER)
    await expect(outside.prove(visitor, query)).rejects.toMatchObject({ code: 'proofing-other-person' })
  })

  it('without an account finds the one of the person, for recovery', async () => {
    const { id } = await t.newAccount()
    const visitor = { account: id, session }
    await outside.prove(visitor, await signInAs(await outside.begin(visitor), SOMEONE))
    const finding = await outside.find({ session }, await signInAs(await outside.begin({ session }), SOMEONE))
    expect(await createReproofing(t.ground).byFinding(finding)).toMatchObject({ account: { id }, ial: '2.3' })
  })

  it('is named as down while it does not answer', async () => {
    const { id } = await t.newAccount()
    const gone = createOutsideProvider(t.ground, { ...settings(), issuer: 'http://localhost:1' })
    await expect(gone.begin({ account: id, session })).rejects.toMatchObject({
      code: 'proofing-register-unavailable',
      detail: { en: expect.stringContaining('ThaID') },
    })
  })
})
