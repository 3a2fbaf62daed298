import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as plainRequest } from 'node:http'
import { createServer, request, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { createRoot, generateSigner, issueCertificate, privateKeyOf, toPem } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startIssuer, type TestIssuer } from '../../../packages/identity/test/provider/issuer.ts'
import { clientCertificates } from '../src/identity/client-certificates.ts'

const now = Date.now()
const authority = createRoot({
  subject: { commonName: 'Trusted' },
  signer: generateSigner('ecdsa-p256-sha256'),
  now,
  years: 1,
})

/** A certificate for a name with its key, as a TLS end holds them. */
function identityOf(dns: string) {
  const signer = generateSigner('ecdsa-p256-sha256')
  const subject = { commonName: dns }
  const certificate = issueCertificate(authority, {
    publicKey: signer.publicKey,
    profile: 'tls',
    subject,
    now,
    days: 30,
    dns: [dns],
  })
  return { key: privateKeyOf(signer).export({ type: 'pkcs8', format: 'pem' }), cert: toPem(certificate) }
}

const mine = identityOf('filing.tax.example')
const theirs = identityOf('evil.example')

/** TLS ends here, as at an operator's proxy: any certificate is taken, and passed on (RFC 9440). */
function proxyTo(issuer: () => string): Server {
  const options = { ...identityOf('localhost'), requestCert: true, rejectUnauthorized: false }
  return createServer(options, (incoming, answer) => {
    const { raw } = (incoming.socket as TLSSocket).getPeerCertificate()
    const { 'client-cert': _claimed, ...headers } = incoming.headers
    const passed = raw ? { 'client-cert': `:${raw.toString('base64')}:` } : {}
    const onward = plainRequest(
      new URL(incoming.url ?? '/', issuer()),
      { method: incoming.method, headers: { ...headers, ...passed } },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(answer)
      },
    )
    incoming.pipe(onward)
  })
}

let folder: string
let issuer: TestIssuer
let proxy: Server
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-mutual-tls-'))
  await writeFile(join(folder, 'trusted.pem'), toPem(authority.certificate))
  const told = {
    proxies: ['127.0.0.0/8', '::1'],
    clientCertificates: { authorities: [join(folder, 'trusted.pem')] },
  }
  issuer = await startIssuer(await clientCertificates(told, Date.now))
  const client = {
    member: 'TH/GOV/RD',
    names: { th: 'ระบบภาษี', en: 'Tax system' },
    profile: 'fapi2',
    bound: 'mtls',
    redirectUris: ['https://filing.tax.example/back'],
    scopes: ['openid'],
  }
  const tlsSubject = { kind: 'dns', value: 'filing.tax.example' }
  await issuer.clients.register(
    { ...client, id: 'by-name', authentication: 'tls_client_auth', tlsSubject },
    'file',
  )
  const held = new X509Certificate(mine.cert)
  const key = held.publicKey.export({ format: 'jwk' })
  const jwks = { keys: [{ ...key, x5c: [held.raw.toString('base64')] }] }
  await issuer.clients.register(
    { ...client, id: 'by-itself', authentication: 'self_signed_tls_client_auth', jwks },
    'file',
  )
  proxy = proxyTo(() => issuer.issuer)
  await new Promise<void>((resolve) => proxy.listen(0, 'localhost', resolve))
})
afterAll(async () => {
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
  await issuer.stop()
  await rm(folder, { recursive: true })
})

/** What a client is answered that pushes a request over TLS with that certificate. */
function pushed(id: string, identity: Partial<typeof mine>, headers = {}): Promise<number | undefined> {
  const body = new URLSearchParams({
    client_id: id,
    response_type: 'code',
    redirect_uri: 'https://filing.tax.example/back',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString()
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: 'localhost',
        port: (proxy.address() as AddressInfo).port,
        path: '/oidc/par',
        method: 'POST',
        ca: toPem(authority.certificate),
        agent: false,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        ...identity,
      },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    sent.on('error', reject).end(body)
  })
}

describe.each(['by-name', 'by-itself'])('over mutual TLS, a client known %s', (id) => {
  it('is let in with its own certificate', async () => {
    expect(await pushed(id, mine)).toBe(201)
  })

  it('is refused without one, with another’s, and with one that it only claims to have', async () => {
    expect(await pushed(id, {})).toBe(401)
    expect(await pushed(id, theirs)).toBe(401)
    const claimed = new X509Certificate(mine.cert).raw.toString('base64')
    expect(await pushed(id, theirs, { 'client-cert': `:${claimed}:` })).toBe(401)
  })
})
