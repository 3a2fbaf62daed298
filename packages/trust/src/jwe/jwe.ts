import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import type { JsonObject } from '../jws/jws.ts'

/** ECDH-ES with A256GCM (RFC 7518 §4.6 and §5.3), and nothing else. */
const [alg, enc] = ['ECDH-ES', 'A256GCM']

/** RFC 8410 §7: what stands before the 32 bytes of an X25519 private key in PKCS #8. */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** An X25519 key of a secret of 32 bytes, whatever they are: each is a key (RFC 7748 §5). */
export function agreementKey(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' })
}

/** The public half as a JWK (RFC 8037), as others have to know it. */
export function agreementJwk(key: KeyObject): JsonObject {
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' })
  return { kty, crv, x }
}

/**
 * Encrypts a text to whoever has the private half of an X25519 key (JWE compact serialisation, RFC 7516 §3.1). Who sends
 * it, it doesn't say. Rejects where the key is none.
 */
export async function sealTo(jwk: JsonObject, text: string): Promise<string> {
  return await new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg, enc })
    .encrypt(await importJWK({ ...jwk }, alg))
}

/** What `sealTo` encrypted; undefined for anything else. */
export async function openSealedTo(key: KeyObject, jwe: string): Promise<string | undefined> {
  try {
    const only = { keyManagementAlgorithms: [alg], contentEncryptionAlgorithms: [enc] }
    const { plaintext } = await compactDecrypt(jwe, key, only)
    return Buffer.from(plaintext).toString()
  } catch {
    // Text from outside: whatever is wrong with it, it is none that was meant for this key.
    return undefined
  }
}
