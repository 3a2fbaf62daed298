import { createPrivateKey, createPublicKey, randomUUID, sign } from 'node:crypto'
import { type Party, systemClient } from './orders.ts'

/** The form with which a system asks for a token of its own (RFC 6749 §4.4, RFC 7523 §2.2). */
export function systemForm({
  issuer,
  systemKey,
}: Pick<Party, 'issuer' | 'systemKey'>): Record<string, string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: systemClient,
    sub: systemClient,
    aud: issuer,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
  }
  const text = `${part({ alg: 'ES256', kid: systemClient })}.${part(claims)}`
  const key = { key: createPrivateKey(systemKey), dsaEncoding: 'ieee-p1363' } as const
  return {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`,
  }
}

/** Its public half as a JWK Set. */
export function systemKeys(systemKey: string): { keys: Record<string, string>[] } {
  const { kty = '', crv = '', x = '', y = '' } = createPublicKey(systemKey).export({ format: 'jwk' })
  return { keys: [{ kty, crv, x, y, kid: systemClient, use: 'sig', alg: 'ES256' }] }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
