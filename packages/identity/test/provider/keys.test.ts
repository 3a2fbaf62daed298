import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose'
import type * as oidc from 'openid-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKeys } from '../../src/keys/keys.ts'
import { Browser } from './browser.ts'
import { keyOptions, signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { discover, portal, signIn } from './relying-party.ts'

let issuer: TestIssuer

beforeEach(async () => {
  issuer = await startIssuer()
  issuer.act = signsIn(issuer, await issuer.person())
  await issuer.clients.register(portal, 'file')
})
afterEach(() => issuer.stop())

async function published(of: TestIssuer): Promise<{ keys: JWK[] }> {
  return await (await fetch(`${of.issuer}/oidc/jwks`)).json()
}

async function idToken(of: TestIssuer, configuration: oidc.Configuration, refresh: string) {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'portal',
    refresh_token: refresh,
  })
  const answer = await (await fetch(`${of.issuer}/oidc/token`, { method: 'POST', body })).json()
  expect(configuration.serverMetadata().issuer).toBe(issuer.issuer)
  return answer as { id_token: string; refresh_token: string }
}

describe('the provider’s keys', () => {
  test('are made once, however many processes begin at the same time', async () => {
    const others = await Promise.all([issuer.another(), issuer.another()])
    const sets = await Promise.all([issuer, ...others].map(published))
    expect(new Set(sets.map(({ keys }) => keys.map(({ kid }) => kid).join())).size).toBe(1)
    await Promise.all(others.map((one) => one.stop()))
  })

  test('show only public halves, and lie sealed', async () => {
    const { keys } = await published(issuer)
    for (const key of keys) expect(Object.keys(key)).not.toContain('d')
    const { rows } = await issuer.ground.pool.query('select private_sealed, public from identity.oidc_key')
    expect(rows[0].private_sealed.toString('latin1')).not.toContain('"d"')
    expect(rows[0].public).not.toHaveProperty('d')
  })

  test('change under load with every token verifiable, at every process, by who fetched the keys long ago', async () => {
    const other = await issuer.another()
    const configuration = await discover(issuer, 'portal')
    let { refresh_token: token = '' } = await signIn(configuration, new Browser())
    const signedBy = new Set<string>()
    for (let round = 0; round < 24; round++) {
      if (round % 8 === 2) await issuer.provider.rotateKeys({ now: true })
      // As old as a client may have them: from before the lead time.
      const [held, at] = [
        createLocalJWKSet(await published(round % 2 ? issuer : other)),
        round % 2 ? other : issuer,
      ]
      issuer.ground.pass(keyOptions.lead * 900)
      const answer = await idToken(at, configuration, token)
      token = answer.refresh_token
      const { protectedHeader } = await jwtVerify(answer.id_token, held)
      signedBy.add(protectedHeader.kid ?? '')
    }
    expect(signedBy.size).toBeGreaterThanOrEqual(3)
    await other.stop()
  })

  test('stay published until what they signed has expired, and no longer', async () => {
    const configuration = await discover(issuer, 'portal')
    const { id_token: early = '' } = await signIn(configuration, new Browser())
    const { kid } = decodeProtectedHeader(early)
    const kids = async () => (await published(issuer)).keys.map((key) => key.kid)
    await issuer.provider.rotateKeys({ now: true })
    expect(await kids()).toHaveLength(2)
    issuer.ground.pass((keyOptions.lead + keyOptions.tail - 1) * 1000)
    expect(await kids()).toContain(kid)
    await jwtVerify(early, createRemoteJWKSet(new URL(`${issuer.issuer}/oidc/jwks`)), {
      currentDate: new Date(),
    })
    issuer.ground.pass(10_000)
    expect(await kids()).not.toContain(kid)
    await issuer.provider.rotateKeys()
    const { rowCount } = await issuer.ground.pool.query('select from identity.oidc_key')
    expect(rowCount).toBe(1)
  })

  test('have their successors in time, once, whichever processes run the job', async () => {
    const keys = [1, 2, 3].map(() => createKeys(issuer.ground, { ...keyOptions, period: 3600 }))
    await Promise.all(keys.map((one) => one.rotate()))
    issuer.ground.pass((3600 - keyOptions.lead) * 1000)
    await Promise.all(keys.map((one) => one.rotate()))
    const sets = await Promise.all(keys.map((one) => one.current()))
    expect(sets.map((set) => set.keys.length)).toEqual([2, 2, 2])
    const first = sets[0]?.keys[0]?.kid
    issuer.ground.pass((keyOptions.lead + 1) * 1000)
    expect((await keys[1]?.current())?.keys[0]?.kid).not.toBe(first)
  })

  test('of each algorithm serve who asks for it', async () => {
    const keys = createKeys(issuer.ground, { algorithms: ['ES256', 'EdDSA', 'RS256'] })
    const { keys: set } = await keys.current()
    expect(set.map(({ kty }) => kty).sort()).toEqual(['EC', 'OKP', 'RSA'])
  })

  test('that cannot be read are no fault of who asks: 503, to be tried again', async () => {
    await issuer.ground.pool.end()
    const response = await fetch(`${issuer.issuer}/oidc/jwks`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
  })
})
