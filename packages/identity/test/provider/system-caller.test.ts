import { createPrivateKey, createPublicKey } from 'node:crypto'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SystemCall } from '../../src/provider/system-caller.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey, dpopKeys, dpopProof, hashOf } from './keys-of-clients.ts'
import { discover, publicClient } from './relying-party.ts'

const url = 'https://id.example/api/consents'
let issuer: TestIssuer
let payroll: oidc.Configuration
let keyed: oidc.Configuration
let key: Awaited<ReturnType<typeof clientKey>>
let keys: ReturnType<typeof dpopKeys>
/** A token that nothing binds, and one that is bound to `keys`. */
let plain: string
let bound: string

const settings = {
  ...publicClient,
  redirectUris: [],
  authentication: 'private_key_jwt',
  refresh: false,
} as const

beforeAll(async () => {
  issuer = await startIssuer()
  key = await clientKey()
  const jwks = { keys: [key.jwk] }
  await issuer.clients.register({ ...settings, jwks, id: 'payroll', consents: true }, 'file')
  const fapi = { ...settings, jwks, profile: 'fapi2', bound: 'dpop', consents: true }
  await issuer.clients.register({ ...fapi, id: 'payroll-dpop' }, 'file')
  const app = { ...settings, redirectUris: publicClient.redirectUris, jwks }
  await issuer.clients.register({ ...app, id: 'no-consents' }, 'file')
  payroll = await discover(issuer, 'payroll', byKey(key))
  keyed = await discover(issuer, 'payroll-dpop', byKey(key))
  plain = (await oidc.clientCredentialsGrant(payroll, { scope: 'consents' })).access_token
  bound = await boundToken()
})
afterAll(() => issuer.stop())

async function boundToken(): Promise<string> {
  const pair = await oidc.randomDPoPKeyPair('ES256', { extractable: true })
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const privateKey = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  keys = { privateKey, publicKey: createPublicKey(privateKey) }
  const DPoP = oidc.getDPoPHandle(keyed, pair)
  const answer = await oidc.clientCredentialsGrant(keyed, { scope: 'consents' }, { DPoP })
  return answer.access_token
}

async function outcome(call: Partial<SystemCall>): Promise<string> {
  const whole = { method: 'POST', url, scope: 'consents', authorization: undefined, dpop: undefined, ...call }
  return await issuer.provider.caller(whole).then(
    ({ member, client }) => `${member} ${client}`,
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
}

const proof = (claims: Partial<Parameters<typeof dpopProof>[1]> = {}, pair = keys) =>
  dpopProof(pair, { htm: 'POST', htu: url, ath: hashOf(bound), ...claims })

describe('a system that calls an API of the house', () => {
  test('is known by the token that it got for itself', async () => {
    expect(await outcome({ authorization: `Bearer ${plain}` })).toBe('TH/GOV/DGA payroll')
  })

  test('proves its key where the token is bound to one, for this call', async () => {
    const call = { authorization: `DPoP ${bound}`, dpop: await proof() }
    expect(await outcome(call)).toBe('TH/GOV/DGA payroll-dpop')
    expect(await outcome(call)).toBe('system-token-needed')
  })

  test('gets one through of two that use a proof at once, in whatever process', async () => {
    const call = { authorization: `DPoP ${bound}`, dpop: await proof() }
    const tries = await Promise.all([outcome(call), outcome(call), outcome(call)])
    expect(tries.filter((one) => one !== 'system-token-needed')).toHaveLength(1)
  })

  test.each<[string, () => Promise<Partial<SystemCall>>]>([
    ['no token', async () => ({})],
    ['a made-up token', async () => ({ authorization: 'Bearer made-up' })],
    ['a password', async () => ({ authorization: 'Basic cGF5cm9sbDpwYXNz' })],
    ['another scope', async () => ({ authorization: `Bearer ${plain}`, scope: 'notices' })],
    ['a plain token with DPoP', async () => ({ authorization: `DPoP ${plain}`, dpop: await proof() })],
    ['a bound token as bearer', async () => ({ authorization: `Bearer ${bound}` })],
    ['no proof', async () => ({ authorization: `DPoP ${bound}` })],
    ['another method', async () => ({ authorization: `DPoP ${bound}`, dpop: await proof({ htm: 'GET' }) })],
    [
      'another address',
      async () => ({ authorization: `DPoP ${bound}`, dpop: await proof({ htu: `${url}/1` }) }),
    ],
    [
      'another token’s proof',
      async () => ({ authorization: `DPoP ${bound}`, dpop: await proof({ ath: 'x' }) }),
    ],
    ['another key', async () => ({ authorization: `DPoP ${bound}`, dpop: await proof({}, dpopKeys()) })],
    ['an old proof', async () => ({ authorization: `DPoP ${bound}`, dpop: await proof({ iat: past(120) }) })],
    [
      'a proof from the future',
      async () => ({ authorization: `DPoP ${bound}`, dpop: await proof({ iat: past(-120) }) }),
    ],
    ['something else for a proof', async () => ({ authorization: `DPoP ${bound}`, dpop: 'a.b.c' })],
  ])('is not known by %s', async (_what, call) => {
    expect(await outcome(await call())).toBe('system-token-needed')
  })

  test('is not known any more when its client is disabled', async () => {
    const other = await discover(issuer, 'payroll', byKey(key))
    const { access_token: token } = await oidc.clientCredentialsGrant(other, { scope: 'consents' })
    await issuer.clients.disable('payroll', 'file')
    expect(await outcome({ authorization: `Bearer ${token}` })).toBe('system-token-needed')
  })

  test('gets no token where it is not registered to ask', async () => {
    const app = await discover(issuer, 'no-consents', byKey(key))
    await expect(oidc.clientCredentialsGrant(app, { scope: 'consents' })).rejects.toMatchObject({
      error: 'invalid_request',
    })
  })

  test('is registered to ask only as a member’s that proves itself by its key', async () => {
    const jwks = { keys: [key.jwk] }
    for (const wrong of [
      { ...settings, jwks, id: 'house', member: undefined },
      { ...settings, id: 'secret', authentication: 'client_secret_basic' },
    ]) {
      await expect(issuer.clients.register({ ...wrong, consents: true }, 'file')).rejects.toMatchObject({
        extensions: { place: '/consents' },
      })
    }
  })
})

const past = (seconds: number) => Math.floor(Date.now() / 1000) - seconds
