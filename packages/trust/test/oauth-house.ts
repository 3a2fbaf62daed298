import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  createAuthorizationServer,
  memoryAuthorizations,
  type ServiceCredential,
} from '../src/index.ts'
import { now, TestDocumentAuthority } from './document-authority.ts'
import { PinSignIn } from './pin-sign-in.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const folder = join(tmpdir(), `oauth-${process.pid}`)

/** After each file, since one process runs several. */
export const removeFolder = () => rmSync(folder, { recursive: true, force: true })

export const sha256 = (text: string) => createHash('sha256').update(text).digest()
export const one = sha256('หนึ่ง')
export const verifier = 'v'.repeat(43)
const challenge = sha256(verifier).toString('base64url')
export const redirectUri = 'https://app.example/back?from=signing'
export const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
export const forSigning = {
  scope: 'credential',
  credentialID: 'seal',
  numSignatures: '1',
  hashes: one.toString('base64url'),
  hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
}

/** An authorisation server with its signing service, two clients and a person who signs in with a PIN. */
export class House {
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
    mkdirSync(folder, { recursive: true })
    this.signIn = new PinSignIn(join(folder, 'pins.json'), {
      officer: '482913',
    })
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
