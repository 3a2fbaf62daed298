import { type KeyFolder, privateKeyOf } from '@sapan/trust'

/** The operator's keys for push services (VAPID, RFC 8292), in base64url. Browsers are given the public one. */
export interface PushKeys {
  /** The point, uncompressed: 65 bytes. */
  readonly publicKey: string
  /** 32 bytes. */
  readonly privateKey: string
}

/**
 * The keys of the folder, made on first use. Browsers are registered with them: with other keys none gets anything.
 * Throws as `KeyFolder.loadOrCreate`.
 */
export async function pushKeys(folder: KeyFolder): Promise<PushKeys> {
  const signer = await folder.loadOrCreate('push', 'ecdsa-p256-sha256')
  const { x = '', y = '', d = '' } = privateKeyOf(signer).export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { publicKey: point.toString('base64url'), privateKey: d }
}
