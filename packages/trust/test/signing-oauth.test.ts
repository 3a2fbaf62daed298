import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  createAuthorizationServer,
  cscKey,
  memoryAuthorizations,
  type ServiceCredential,
} from '../src/index.ts'
import { now, TestDocumentAuthority } from './document-authority.ts'
import { PinSignIn } from './pin-sign-in.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'oauth-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sha256 = (text: string) => createHash('sha256').update(text).digest()
const one = sha256('หนึ่ง')
const verifier = 'v'.repeat(43)
const challenge = sha256(verifier).toString('base64url')
const redirectUri = 'https://app.example/back?from=signing'
const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
const forSigning = {
  scope: 'credential',
  credentialID: 'seal',
  numSignatures: '1',
  hashes: one.toString('base64url'),
  hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
}

/** An authorisation server with its signing service, two clients and a person who signs in with a PIN. */
class House {
  readonly server: AuthorizationServer
  readonly desk: ServiceDesk
  readonly signIn: PinSignIn
  time = now

  private constructor(
    credential: Partial<ServiceCredential>,
    key: ServiceCredential['key'],
    desk: (server: AuthorizationServer, options: AuthorizationServerOptions) => ServiceDesk,
  ) {
    const authorizations = memoryAuthorizations(() => this.time)
    this.signIn = new PinSignIn(join(folder, 'pins.json'), { officer: '482913' })
    const seal: ServiceCredential = { id: 'seal', key, mode: 'oauth2code', multisign: 4, ...credential }
    const plainKey: ServiceCredential = { id: 'another', key, pin: {} }
    const clients = new Map([
      ['app', { id: 'app', name: 'ระบบสารบรรณ', redirectUris: [redirectUri], secretHash: sha256('s3cret') }],
      ['phone', { id: 'phone', name: 'โทรศัพท์', redirectUris: ['app:/back'] }],
    ])
    const options: AuthorizationServerOptions = {
      clock: () => this.time,
      signIn: this.signIn,
      client: async (id) => clients.get(id),
      credentials: async (user) => (user === 'officer' ? [seal, plainKey] : []),
      authorizations,
    }
    this.server = createAuthorizationServer(options)
    this.desk = desk(this.server, options)
  }

  static async open(credential: Partial<ServiceCredential> = {}): Promise<House> {
    const key = await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey()
    const house: House = new House(credential, key, ({ authenticate }, { credentials, authorizations }) =>
      ServiceDesk.with([], { authenticate, credentials, authorizations, clock: () => house.time }),
    )
    return house
  }

  async #ask(method: string, path: string, more: object) {
    const request = { method, path, headers: {}, body: new Uint8Array(), ...more }
    const { status, headers, body } = await this.server.handler(request)
    const text = Buffer.from(body).toString()
    return { status, headers, body: text.startsWith('{') ? JSON.parse(text) : {} }
  }

  authorize(parameters: Record<string, string>, append = '') {
    const asked = {
      response_type: 'code',
      client_id: 'app',
      redirect_uri: redirectUri,
      state: 'x y',
      ...parameters,
    }
    return this.#ask('GET', '/oauth2/authorize', { query: new URLSearchParams(asked).toString() + append })
  }

  /** The person behind the last request signs in and says yes; gives where the browser goes. */
  async consent(pin = '482913', user = 'officer'): Promise<URL> {
    const found = this.signIn.userOf(user, pin)
    const { ticket } = this.signIn
    const address = await (found ? this.server.approve(ticket, found) : this.server.deny(ticket))
    return new URL(address ?? 'none:')
  }

  post(name: string, form: Record<string, string>, headers: object = {}) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = Buffer.from(new URLSearchParams(form).toString())
    return this.#ask('POST', `/oauth2/${name}`, { headers: { ...type, ...headers }, body })
  }

  redeem(code: string, more: Record<string, string> = {}, headers: object = {}) {
    const secret = 'authorization' in headers ? {} : { client_id: 'app', client_secret: 's3cret' }
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }
    return this.post('token', { ...form, ...secret, ...more }, headers)
  }

  async code(parameters: Record<string, string> = {}): Promise<string> {
    await this.authorize({ ...pkce, ...parameters })
    return (await this.consent()).searchParams.get('code') ?? ''
  }

  async token(parameters: Record<string, string> = {}): Promise<string> {
    return (await this.redeem(await this.code(parameters))).body.access_token
  }
}

const hashes = [one.toString('base64')]
const signing = { credentialID: 'seal', hashes, signAlgo: '1.2.840.113549.1.1.11' }

describe('a token of scope service', () => {
  it('is given for a code, after the person signed in, and opens the service', async () => {
    const house = await House.open()
    expect(await house.authorize(pkce)).toMatchObject({ status: 200 })
    expect(house.signIn.shown).toEqual([{ client: { id: 'app', name: 'ระบบสารบรรณ' }, scope: 'service' }])
    const back = await house.consent()
    expect(back.origin + back.pathname).toBe('https://app.example/back')
    expect(back.searchParams.get('from')).toBe('signing')
    expect(back.searchParams.get('state')).toBe('x y')
    const answer = await house.redeem(back.searchParams.get('code') ?? '')
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { token_type: 'Bearer', expires_in: 3600 },
    })
    const token = answer.body.access_token
    expect((await house.desk.call('v2/credentials/list', {}, token)).body).toEqual({
      credentialIDs: ['seal', 'another'],
    })
    house.time += 3_600_000
    expect((await house.desk.call('v2/credentials/list', {}, token)).status).toBe(401)
  })

  it('authorises no signature', async () => {
    const house = await House.open()
    const token = await house.token()
    const { body } = await house.desk.call('v2/signatures/signHash', signing, token)
    expect(body.error_description).toBe('Missing (or invalid type) string parameter SAD')
    const asked = { credentialID: 'seal', numSignatures: 1, hashes }
    expect((await house.desk.call('v2/credentials/authorize', asked, token)).body.error_description).toMatch(
      /OAuth 2.0/,
    )
  })

  it('is given to a program that keeps no secret, whose code PKCE binds', async () => {
    const house = await House.open()
    await house.authorize({ ...pkce, client_id: 'phone', redirect_uri: 'app:/back' })
    const code = (await house.consent()).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: 'app:/back', client_id: 'phone' }
    expect((await house.post('token', { ...form, code_verifier: verifier })).status).toBe(200)
  })

  it('is given to a program that shows its secret in the header', async () => {
    const house = await House.open()
    const authorization = `Basic ${Buffer.from('app:s3cret').toString('base64')}`
    expect((await house.redeem(await house.code(), {}, { authorization })).status).toBe(200)
  })
})

describe('a token of scope credential', () => {
  it('signs what the person was shown, once, and nothing else', async () => {
    const house = await House.open()
    const token = await house.token({ ...forSigning, description: 'คำสั่งที่ ๑' })
    expect(house.signIn.shown[0]?.signing).toEqual({
      credential: 'seal',
      count: 1,
      hashes: [one.toString('hex')],
      description: 'คำสั่งที่ ๑',
    })
    const other = { ...signing, hashes: [sha256('สอง').toString('base64')] }
    expect((await house.desk.call('v2/credentials/list', {}, token)).body.error).toBe('insufficient_scope')
    const another = { ...signing, credentialID: 'another' }
    expect((await house.desk.call('v2/signatures/signHash', another, token)).body.error_description).toBe(
      'Invalid parameter credentialID',
    )
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).body.signatures).toHaveLength(1)
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(400)
    const fresh = await house.token(forSigning)
    expect((await house.desk.call('v2/signatures/signHash', other, fresh)).body.error_description).toBe(
      'Hash is not authorized by the SAD',
    )
  })

  it('may be given as the SAD beside a token of scope service', async () => {
    const house = await House.open()
    const [service, credential] = [await house.token(), await house.token(forSigning)]
    const { status } = await house.desk.call(
      'v2/signatures/signHash',
      { ...signing, SAD: credential },
      service,
    )
    expect(status).toBe(200)
  })

  it('runs out', async () => {
    const house = await House.open()
    const token = await house.token(forSigning)
    house.time += 300_000
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(401)
  })

  it('makes a key of our own client sign', async () => {
    const house = await House.open()
    const service = await house.token()
    const key = await cscKey({
      baseUrl: 'https://signing.example',
      credentialId: 'seal',
      token: () => service,
      authorize: async ({ hashes: [hash] }) => ({
        sad: await house.token({ ...forSigning, hashes: Buffer.from(hash ?? []).toString('base64url') }),
      }),
      post: async ({ url, headers, body }) =>
        house.desk.service({ method: 'POST', path: new URL(url).pathname, headers, body: Buffer.from(body) }),
    })
    expect(await key.sign(Buffer.from('หนังสือ'))).toHaveLength(256)
  })

  it.each([
    ['of somebody else', { credentialID: 'theirs' }, 'Invalid parameter credentialID'],
    ['that is authorised with a PIN', { credentialID: 'another' }, 'Invalid parameter credentialID'],
    ['more often than it may', { numSignatures: '5' }, 'Numbers of signatures is too high'],
    ['without digests', { hashes: '' }, 'Missing parameter hashes'],
  ])('is not given for a credential %s', async (_, change, description) => {
    const house = await House.open()
    await house.authorize({ ...pkce, ...forSigning, ...change })
    const back = await house.consent()
    expect(back.searchParams.get('code')).toBeNull()
    expect(back.searchParams.get('error_description')).toBe(description)
  })

  it('is not given for a credential that is disabled', async () => {
    const house = await House.open({ enabled: false })
    await house.authorize({ ...pkce, ...forSigning })
    expect((await house.consent()).searchParams.get('error')).toBe('access_denied')
  })
})

describe('a person', () => {
  it('who says no, or whose PIN is wrong, is sent back with that', async () => {
    const house = await House.open()
    await house.authorize(pkce)
    const back = await house.consent('000000')
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('x y')
  })

  it('decides once, and within ten minutes', async () => {
    const house = await House.open()
    await house.authorize(pkce)
    await house.consent()
    expect((await house.consent()).protocol).toBe('none:')
    await house.authorize(pkce)
    house.time += 600_000
    expect((await house.consent()).protocol).toBe('none:')
  })
})

describe('what is asked wrongly', () => {
  it.each([
    ['another program', { client_id: 'nobody' }],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/' }],
    ['an address that only begins like one', { redirect_uri: `${redirectUri}/../evil` }],
    ['no address', { redirect_uri: '' }],
  ])('%s: the browser is sent nowhere', async (_, change) => {
    const answer = await (await House.open()).authorize({ ...pkce, ...change })
    expect(answer.status).toBe(400)
    expect(answer.headers.location).toBeUndefined()
  })

  it.each([
    ['another type', { response_type: 'token' }, 'unsupported_response_type'],
    ['another scope', { scope: 'all' }, 'invalid_scope'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a challenge in the open', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge of no kind', { code_challenge_method: '' }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['a request elsewhere', { request_uri: 'https://evil.example' }, 'invalid_request'],
    ['no credential', { scope: 'credential' }, 'invalid_request'],
    ['no number', { ...forSigning, numSignatures: '-1' }, 'invalid_request'],
    [
      'more digests than signatures',
      { ...forSigning, hashes: `${forSigning.hashes},${forSigning.hashes}` },
      'invalid_request',
    ],
    ['a digest of another length', { ...forSigning, hashes: 'AAAA' }, 'invalid_request'],
    ['no Base64', { ...forSigning, hashes: '@@' }, 'invalid_request'],
    ['no digest algorithm', { ...forSigning, hashAlgorithmOID: '' }, 'invalid_request'],
    ['an unknown one', { ...forSigning, hashAlgorithmOID: '1.2.3' }, 'invalid_request'],
    ['a text turned round', { ...forSigning, description: 'a\u202eb' }, 'invalid_request'],
  ])('%s: the program is told', async (_, change, error) => {
    const answer = await (await House.open()).authorize({ ...pkce, ...change })
    expect(answer.status).toBe(302)
    const back = new URL(answer.headers.location ?? '')
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.get('state')).toBe('x y')
  })

  it('a parameter that comes twice', async () => {
    const house = await House.open()
    expect((await house.authorize(pkce, '&scope=credential&scope=service')).status).toBe(400)
  })

  it.each([
    ['no program', { client_id: '' }, 'invalid_request', 'Missing parameter client_id'],
    ['an unknown one', { client_id: 'nobody' }, 'invalid_request', 'Invalid parameter client_id'],
    ['no secret', { client_secret: '' }, 'invalid_request', 'Client authorization required'],
    ['a wrong secret', { client_secret: 'guess' }, 'invalid_request', 'Invalid parameter client_secret'],
    ['no type', { grant_type: '' }, 'invalid_request', 'Missing parameter grant_type'],
    ['another type', { grant_type: 'password' }, 'invalid_request', 'Invalid parameter grant_type'],
    ['no code', { code: '' }, 'invalid_request', 'Missing parameter code'],
    ['an unknown code', { code: 'x' }, 'invalid_grant', 'Authorization code is invalid or expired'],
    [
      'another address',
      { redirect_uri: 'https://app.example/' },
      'invalid_grant',
      'redirect_uri parameter does not match',
    ],
    ['no verifier', { code_verifier: '' }, 'invalid_grant', 'Invalid parameter code_verifier'],
    [
      'a wrong verifier',
      { code_verifier: 'w'.repeat(43) },
      'invalid_grant',
      'Invalid parameter code_verifier',
    ],
  ])('a token asked for with %s', async (_, change, error, error_description) => {
    const house = await House.open()
    const answer = await house.redeem(await house.code(), change)
    expect(answer).toMatchObject({ status: 400, body: { error, error_description } })
  })

  it('other methods, paths and types', async () => {
    const house = await House.open()
    const ask = (method: string, path: string) =>
      house.server.handler({ method, path, headers: {}, body: new Uint8Array() })
    expect((await ask('POST', '/oauth2/authorize')).status).toBe(405)
    expect((await ask('GET', '/oauth2/token')).status).toBe(405)
    expect((await ask('GET', '/oauth2/pushed_authorize')).status).toBe(404)
    expect((await ask('POST', '/oauth2/token')).status).toBe(400)
  })
})

describe('a code', () => {
  it('is used once: whoever brings it again ends the token that it gave', async () => {
    const house = await House.open()
    const code = await house.code(forSigning)
    const token = (await house.redeem(code)).body.access_token
    expect((await house.redeem(code)).body.error).toBe('invalid_grant')
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(401)
    const service = await house.token()
    const { body } = await house.desk.call('v2/signatures/signHash', { ...signing, SAD: token }, service)
    expect(body.error_description).toBe('Invalid parameter SAD')
  })

  it('holds for a minute, for its own program', async () => {
    const house = await House.open()
    const late = await house.code()
    house.time += 60_000
    expect((await house.redeem(late)).body.error).toBe('invalid_grant')
    const stolen = await house.code()
    const thief = { client_id: 'phone', client_secret: '' }
    expect((await house.redeem(stolen, thief)).body.error).toBe('invalid_grant')
    expect((await house.redeem(stolen)).body.error).toBe('invalid_grant')
  })
})

describe('a token that is revoked', () => {
  const client = { client_id: 'app', client_secret: 's3cret' }

  it('opens nothing and signs nothing any more', async () => {
    const house = await House.open()
    const token = await house.token(forSigning)
    expect((await house.post('revoke', { ...client, token })).status).toBe(204)
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(401)
  })

  it('is revoked by its own program only, and nobody learns whether it was there', async () => {
    const house = await House.open()
    const token = await house.token()
    expect((await house.post('revoke', { client_id: 'phone', token })).status).toBe(204)
    expect((await house.post('revoke', { ...client, token: 'nothing' })).status).toBe(204)
    expect((await house.desk.call('v2/credentials/list', {}, token)).status).toBe(200)
    expect((await house.post('revoke', client)).status).toBe(400)
  })
})
