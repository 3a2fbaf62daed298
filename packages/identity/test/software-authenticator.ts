import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What differs from an honest answer, so that a test can tell what is refused. */
export interface Dishonesty {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  /** Leaves the user unverified. */
  readonly unverified?: boolean
  /** The counter that is written, in place of the next. */
  readonly counter?: number
  /** Says the other of whether the key may be backed up. */
  readonly otherBackup?: boolean
  readonly crossOrigin?: boolean
}

interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id?: string }
  readonly user: { readonly id: string }
}

interface RequestOptions {
  readonly challenge: string
  readonly rpId?: string
}

/** An authenticator in software: ES256, one credential, real signatures (Web Authentication Level 3 §6). */
export class SoftwareAuthenticator {
  readonly origin: string
  readonly isSynced: boolean
  readonly credentialId = randomBytes(32)
  readonly #privateKey: KeyObject
  readonly #publicKey: KeyObject
  #userHandle = ''
  #counter: number

  /** `counts`: whether it keeps a counter, as keys in hardware do. */
  constructor(origin: string, { isSynced = false, counts = true } = {}) {
    this.origin = origin
    this.isSynced = isSynced
    this.#counter = counts ? 1 : 0
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#privateKey = privateKey
    this.#publicKey = publicKey
  }

  /** Answers `navigator.credentials.create`, as JSON. */
  create(options: CreationOptions, lie: Dishonesty = {}): string {
    this.#userHandle = options.user.id
    const clientData = this.#clientData('webauthn.create', options.challenge, lie)
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0, this.credentialId.length]),
      this.credentialId,
      this.#coseKey(),
    ])
    const data = Buffer.concat([this.#authenticatorData(options.rp.id ?? '', 0x40, lie), attested])
    // {"fmt": "none", "attStmt": {}, "authData": data}
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      Buffer.from([0x58, data.length]),
      data,
    ])
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** Answers `navigator.credentials.get`, as JSON. `tamper` changes the client data after it was signed. */
  get(options: RequestOptions, lie: Dishonesty = {}, tamper = (clientData: string) => clientData): string {
    if (this.#counter > 0) this.#counter++
    const clientData = this.#clientData('webauthn.get', options.challenge, lie)
    const data = this.#authenticatorData(options.rpId ?? '', 0, lie)
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()])
    return this.#answer({
      clientDataJSON: Buffer.from(tamper(clientData.toString())).toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.#privateKey).toString('base64url'),
      userHandle: this.#userHandle,
    })
  }

  #answer(response: object): string {
    const id = this.credentialId.toString('base64url')
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
  }

  #clientData(type: string, challenge: string, lie: Dishonesty): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: lie.challenge ?? challenge,
        origin: lie.origin ?? this.origin,
        crossOrigin: lie.crossOrigin ?? false,
      }),
    )
  }

  #authenticatorData(rpId: string, more: number, lie: Dishonesty): Buffer {
    const hash = createHash('sha256')
      .update(lie.rpId ?? rpId)
      .digest()
    const backup = this.isSynced !== (lie.otherBackup ?? false) ? 0x18 : 0
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(lie.counter ?? this.#counter)
    return Buffer.concat([hash, Buffer.from([0x01 | (lie.unverified ? 0 : 0x04) | backup | more]), counter])
  }

  /** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' })
    const [head, between] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')]
    return Buffer.concat([head, Buffer.from(x, 'base64url'), between, Buffer.from(y, 'base64url')])
  }
}
