import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import * as oidc from 'openid-client'

/** A client's own key, for private_key_jwt and request objects. */
export async function clientKey(): Promise<{ key: CryptoKey; jwk: Record<string, unknown> }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const jwk = {
    ...(await crypto.subtle.exportKey('jwk', pair.publicKey)),
    kid: 'one',
    alg: 'ES256',
    use: 'sig',
  }
  const { key_ops: _operations, ext: _ext, ...rest } = jwk as Record<string, unknown>
  return { key: pair.privateKey, jwk: rest }
}

export function byKey({ key }: { key: CryptoKey }): oidc.ClientAuth {
  return oidc.PrivateKeyJwt({ key, kid: 'one' })
}

/** A DPoP proof made by hand (RFC 9449 §4.2), so that it can be wrong. */
export async function dpopProof(
  pair: { privateKey: KeyObject; publicKey: KeyObject },
  claims: { htm: string; htu: string; ath?: string; jti?: string; iat?: number },
): Promise<string> {
  const { iat = Math.floor(Date.now() / 1000), jti = Math.random().toString(36), ...rest } = claims
  const jwk = pair.publicKey.export({ format: 'jwk' })
  return await new SignJWT({ ...rest, jti, iat })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty: 'EC', ...jwk } })
    .sign(pair.privateKey)
}

export function dpopKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
