import { X509Certificate } from 'node:crypto'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { testCertificate } from './certificate.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { begin, discover, publicClient } from './relying-party.ts'

let issuer: TestIssuer
/** The certificate with which the next requests come, as the operator's proxy would tell. */
let shown: { certificate: X509Certificate; trusted: boolean } | undefined

const mtls = { ...publicClient, member: 'TH/GOV/RD', profile: 'fapi2', bound: 'mtls' } as const
const mine = new X509Certificate(testCertificate('filing.tax.example'))
const theirs = new X509Certificate(testCertificate('evil.example'))

beforeAll(async () => {
  issuer = await startIssuer({ certificateOf: () => shown })
  issuer.act = signsIn(issuer, await issuer.person())
  const tlsSubject = { kind: 'dns', value: 'filing.tax.example' }
  await issuer.clients.register(
    { ...mtls, id: 'by-name', authentication: 'tls_client_auth', tlsSubject },
    'file',
  )
  const key = mine.publicKey.export({ format: 'jwk' })
  const jwks = { keys: [{ ...key, x5c: [mine.raw.toString('base64')] }] }
  await issuer.clients.register(
    { ...mtls, id: 'by-itself', authentication: 'self_signed_tls_client_auth', jwks },
    'file',
  )
})
afterAll(() => issuer.stop())

async function attempt(id: string): Promise<[oidc.Configuration, oidc.TokenEndpointResponse]> {
  const configuration = await discover(issuer, id, oidc.TlsClientAuth())
  const { url, checks } = await begin(configuration)
  const pushed = await oidc.buildAuthorizationUrlWithPAR(configuration, url.searchParams)
  const { at } = await new Browser().follow(pushed)
  return [configuration, await oidc.authorizationCodeGrant(configuration, at, checks)]
}

describe('a client that comes with a certificate', () => {
  test.each(['by-name', 'by-itself'])(
    'is known by it, and its tokens are of no use without it: %s',
    async (id) => {
      shown = { certificate: mine, trusted: id === 'by-name' }
      const [configuration, tokens] = await attempt(id)
      const me = () => oidc.fetchUserInfo(configuration, tokens.access_token, oidc.skipSubjectCheck)
      expect(await me()).toMatchObject({ name: 'สมหญิง ใจดี' })
      for (const other of [undefined, { certificate: theirs, trusted: true }]) {
        shown = other
        await expect(me()).rejects.toThrow()
        await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toThrow()
      }
    },
  )

  test('is refused with none, with another’s, and by name with one that no trusted authority gave', async () => {
    for (const wrong of [
      undefined,
      { certificate: theirs, trusted: true },
      { certificate: mine, trusted: false },
    ]) {
      shown = wrong
      await expect(attempt('by-name')).rejects.toMatchObject({ error: 'invalid_client' })
    }
    shown = { certificate: theirs, trusted: false }
    await expect(attempt('by-itself')).rejects.toMatchObject({ error: 'invalid_client' })
  })
})

test('an issuer to which nobody passes certificates on offers no method with them', async () => {
  const without = await startIssuer()
  const methods = async (at: TestIssuer) =>
    (await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json())
      .token_endpoint_auth_methods_supported
  expect(await methods(without)).not.toContain('tls_client_auth')
  expect(await methods(issuer)).toContain('tls_client_auth')
  await without.stop()
})
