import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { JsonObject } from '../jws/jws.ts'

/** RFC 8410 §7: what stands before the 32 bytes of an X25519 private key in PKCS #8. */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** An X25519 key of a secret of 32 bytes: any 32 bytes are one (RFC 7748 §5). */
export function agreementKey(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' })
}

/** The public half as a JWK (RFC 8037), as others have to know it. */
export function agreementJwk(key: KeyObject): JsonObject {
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' })
  return { kty, crv, x }
}

/**
 * Encrypts a text to whoever has the private half of an X25519 key (JWE compact serialisation, RFC 7516 §3.1; ECDH-ES with
 * A256GCM, RFC 7518 §4.6 and §5.3). Who sends it, it doesn't say. Throws where the key is none.
 */
export function sealTo(jwk: JsonObject, text: string): string {
  const to = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  const once = generateKeyPairSync('x25519')
  const header = encode(
    JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', epk: agreementJwk(once.privateKey) }),
  )
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', agreed(once.privateKey, to), iv)
  cipher.setAAD(Buffer.from(header))
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [header, '', encode(iv), encode(content), encode(cipher.getAuthTag())].join('.')
}

/** What `sealTo` encrypted; undefined for anything else. */
export function openSealedTo(key: KeyObject, jwe: string): string | undefined {
  try {
    const [header = '', none, iv = '', content = '', tag = '', ...more] = jwe.split('.')
    const { alg, enc, epk, ...others }: JsonObject = JSON.parse(Buffer.from(header, 'base64url').toString())
    const isOurs = alg === 'ECDH-ES' && enc === 'A256GCM' && none === '' && more.length === 0
    if (!isOurs || Object.keys(others).length > 0 || typeof epk !== 'object' || epk === null) return undefined
    const from = createPublicKey({ key: { ...epk }, format: 'jwk' })
    const decipher = createDecipheriv('aes-256-gcm', agreed(key, from), Buffer.from(iv, 'base64url'), {
      authTagLength: 16,
    })
    decipher.setAAD(Buffer.from(header))
    decipher.setAuthTag(Buffer.from(tag, 'base64url'))
    return decipher.update(content, 'base64url', 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

/** The content key that both sides agree on: one round of Concat KDF (RFC 7518 §4.6.2), without party information. */
function agreed(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const algorithm = Buffer.from('A256GCM')
  return createHash('sha256')
    .update(number(1))
    .update(diffieHellman({ privateKey, publicKey }))
    .update(number(algorithm.length))
    .update(algorithm)
    .update(number(0))
    .update(number(0))
    .update(number(256))
    .digest()
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function encode(value: string | Buffer): string {
  return Buffer.from(value).toString('base64url')
}
