import {
  type AuthorizationRequest,
  createSigningService,
  type Handler,
  type ServiceCredential,
  type SigningEvent,
  type SigningServiceOptions,
} from '../src/index.ts'
import { now, TestDocumentAuthority } from './document-authority.ts'

export interface CscAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: CscBody
}

/** Members of answers that are looked at. */
export interface CscBody {
  readonly error?: string
  readonly error_description?: string
  readonly error_description_th?: string
  readonly methods?: readonly string[]
  readonly credentialInfos?: readonly object[]
  readonly auth?: object
  readonly authMode?: string
  readonly PIN?: object
  readonly OTP?: object
  readonly key?: { readonly status: string }
  readonly cert?: {
    readonly status?: string
    readonly certificates: readonly string[]
    readonly subjectDN: string
    readonly validFrom: string
  }
  readonly SAD?: string
  readonly signatures?: readonly string[]
  readonly responseID?: string
  readonly timestamp?: string
}

/** A signing service with two users, a clock that is turned by hand, and a memory of what it was asked. */
export class ServiceDesk {
  readonly service: Handler
  readonly asked: AuthorizationRequest[] = []
  readonly events: SigningEvent[] = []
  readonly faults: unknown[] = []
  time = now

  private constructor(credentials: readonly ServiceCredential[], more: Partial<SigningServiceOptions>) {
    this.service = createSigningService({
      name: 'บริการทดสอบ',
      region: 'TH',
      clock: () => this.time,
      authenticate: async (token) => users.get(token),
      credentials: async (user) => (user === 'officer' ? credentials : []),
      authorize: async (request) => {
        this.asked.push(request)
        return request.credential.pin && request.pin !== '1234' ? 'pin-wrong' : 'granted'
      },
      record: (event) => {
        this.events.push(event)
      },
      onError: (error) => this.faults.push(error),
      ...more,
    })
  }

  static async open(
    credential: Partial<ServiceCredential> = {},
    more: Partial<SigningServiceOptions> = {},
  ): Promise<ServiceDesk> {
    const key = await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey()
    const one = { id: 'seal', key, pin: {}, multisign: 4, ...credential }
    const another = { id: 'another', key, description: 'ตราประทับ' }
    return new ServiceDesk([one, another], more)
  }

  /** A desk of a house that has its own credentials, tokens and stores. */
  static with(credentials: readonly ServiceCredential[], more: Partial<SigningServiceOptions>): ServiceDesk {
    return new ServiceDesk(credentials, more)
  }

  /** Calls a method as the officer, or as who holds that token. */
  async call(
    method: string,
    parameters: unknown = {},
    token: string | undefined = 'officer',
  ): Promise<CscAnswer> {
    const body = Buffer.from(typeof parameters === 'string' ? parameters : JSON.stringify(parameters))
    const authorization = token === '' ? {} : { authorization: `Bearer ${token}` }
    const headers = { 'content-type': 'application/json', ...authorization }
    return this.request({ path: `/csc/${method}`, headers, body })
  }

  async request(request: Partial<Parameters<Handler>[0]>): Promise<CscAnswer> {
    const whole = { method: 'POST', path: '/', headers: {}, body: new Uint8Array(), ...request }
    const { status, headers, body } = await this.service(whole)
    const text = Buffer.from(body).toString()
    return { status, headers, body: text === '' ? {} : JSON.parse(text) }
  }

  /** An authorisation of these digests for the credential `seal`. */
  async sad(hashes: readonly string[], numSignatures = hashes.length): Promise<string> {
    const parameters = { credentialID: 'seal', numSignatures, hash: hashes, PIN: '1234' }
    const { body } = await this.call('v1/credentials/authorize', parameters)
    return body.SAD ?? ''
  }

  /** An attempt to authorise the signature of some digest for the credential `seal`. */
  authorize(PIN: string): Promise<CscAnswer> {
    const hash = [Buffer.alloc(32, 1).toString('base64')]
    return this.call('v1/credentials/authorize', { credentialID: 'seal', numSignatures: 1, hash, PIN })
  }

  sign(sad: string | undefined, hashes: readonly string[], more: object = {}): Promise<CscAnswer> {
    const parameters = {
      credentialID: 'seal',
      SAD: sad,
      hash: hashes,
      signAlgo: '1.2.840.113549.1.1.11',
      ...more,
    }
    return this.call('v1/signatures/signHash', parameters)
  }
}

const users = new Map([
  ['officer', { user: 'officer' }],
  ['somebody', { user: 'somebody' }],
])
