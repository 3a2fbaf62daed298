import { createHash, type KeyObject } from 'node:crypto'

/** SHA-256 of a public key's SubjectPublicKeyInfo: by it a key is told from others. */
export function keyHash(publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
}
