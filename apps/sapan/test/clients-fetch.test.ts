import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateSigner, type Signer, signJws } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startIssuer, type TestIssuer } from '../../../packages/identity/test/provider/issuer.ts'
import { clientsFetch } from '../src/identity/clients-fetch.ts'

let issuer: TestIssuer
let signer: Signer
let jwks: string
let server: Server
let origin: string
let answer: RequestListener
let asked: string[]
let isPublic: boolean
let made = 0

beforeAll(async () => {
  const here = clientsFetch('http://localhost:4201').fetch
  const elsewhere = clientsFetch('https://id.example.go.th').fetch
  issuer = await startIssuer({ fetch: (...call) => (isPublic ? elsewhere : here)(...call) })
  signer = generateSigner('ecdsa-p256-sha256')
  const jwk = signer.publicKey.export({ format: 'jwk' })
  jwks = JSON.stringify({ keys: [{ ...jwk, kid: signer.keyId, alg: 'ES256' }] })
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await issuer.stop()
})
beforeEach(() => {
  asked = []
  isPublic = false
  answer = (_request, response) => response.end(jwks)
})

/** A system whose keys lie at that address pushes a request: 201 where the issuer could check who it is. */
async function status(path = '/jwks.json'): Promise<number> {
  const id = `system-${++made}`
  await issuer.clients.register(
    {
      id,
      member: 'TH/GOV/RD',
      names: { th: 'ระบบ', en: 'System' },
      profile: 'basic',
      authentication: 'private_key_jwt',
      jwksUri: `${origin}${path}`,
      redirectUris: ['https://app.example/back'],
      scopes: ['openid'],
    },
    'file',
  )
  const iat = Math.floor(Date.now() / 1000)
  const assertion = signJws(
    { jti: `${id}-${iat}`, iss: id, sub: id, aud: issuer.issuer, iat, exp: iat + 60 },
    { signer, type: 'JWT' },
  )
  const answered = await fetch(`${issuer.issuer}/oidc/par`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: id,
      response_type: 'code',
      redirect_uri: 'https://app.example/back',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  })
  return answered.status
}

const refused = expect.toSatisfy(
  (code: number) => code >= 400 && code < 500,
  'refused, and no failure of ours',
)

describe('the keys of a system, fetched from its address', () => {
  it('let it in', async () => {
    expect(await status()).toBe(201)
    expect(asked).toEqual(['/jwks.json'])
  })

  it.each(['/elsewhere', 'http://127.0.0.1:1/'])(
    'are not looked for where a redirect leads: %s',
    async (to) => {
      answer = (request, response) =>
        request.url === '/jwks.json' ? response.writeHead(302, { location: to }).end() : response.end(jwks)
      expect(await status()).toEqual(refused)
      expect(asked).toEqual(['/jwks.json'])
    },
  )

  it('are not taken where they are longer than 64 KiB, whatever length was told', async () => {
    answer = (_request, response) => {
      response.write(jwks.slice(0, -1))
      response.end(`,"more":"${'x'.repeat(70_000)}"}`)
    }
    expect(await status()).toEqual(refused)
  })

  it.each([
    ['a page', '<html></html>', 200],
    ['a list of nothing', '[]', 200],
    ['no answer that is 200', '{}', 500],
  ])('are not taken from %s', async (_what, body, code) => {
    answer = (_request, response) => response.writeHead(code).end(body)
    expect(await status()).toEqual(refused)
  })

  it('are not waited for any longer than seconds', async () => {
    answer = () => {}
    expect(await status()).toEqual(refused)
  })

  it('are not fetched from a private address by an issuer that others reach', async () => {
    isPublic = true
    expect(await status()).toEqual(refused)
    expect(asked).toEqual([])
  })
})
