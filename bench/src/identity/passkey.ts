import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { accountOf, credentialOf, userHandleOf } from './people.ts'

/** User present, user verified; no backup. */
const flags = 0x05

/** Passkeys in software, one for each person, all with the same ES256 key and without a counter (WebAuthn Level 3 §6). */
export class Passkeys {
  readonly #key: KeyObject
  readonly #origin: string

  /** `key`: PKCS#8 PEM. */
  constructor(key: string, origin: string) {
    this.#key = createPrivateKey(key)
    this.#origin = origin
  }

  /** Answers `navigator.credentials.get` as this person, as JSON. */
  answer(person: number, options: { readonly challenge: string; readonly rpId?: string }): string {
    const { challenge, rpId = '' } = options
    const clientData = Buffer.from(
      JSON.stringify({ type: 'webauthn.get', challenge, origin: this.#origin, crossOrigin: false }),
    )
    const data = Buffer.concat([hash(rpId), Buffer.from([flags]), Buffer.alloc(4)])
    const signature = sign('sha256', Buffer.concat([data, hash(clientData)]), this.#key)
    const id = credentialOf(person).toString('base64url')
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: userHandleOf(accountOf(person)).toString('base64url'),
    }
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
  }
}

/** The public half as a COSE_Key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} (RFC 9053 §7.1). */
export function coseKey(privateKey: string): Buffer {
  const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const [head, between] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')]
  return Buffer.concat([head, Buffer.from(x, 'base64url'), between, Buffer.from(y, 'base64url')])
}

function hash(of: string | Buffer): Buffer {
  return createHash('sha256').update(of).digest()
}
