import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { KeyFolder, type Signer } from '@sapan/trust'
import { layoutOf } from '../home/layout.ts'

/** Who vouches for a subject in the sandbox, until people sign in with a digital identity. */
export const sandboxIssuer = 'urn:sapan:sandbox-subjects'

/** The sandbox's stand-in issuer of subject tokens; its key is made at first use. */
async function issuerSigner(home: string): Promise<Signer> {
  return new KeyFolder(join(layoutOf(home).sandbox, 'keys')).loadOrCreate(
    'subject-tokens',
    'ecdsa-p256-sha256',
  )
}

/** The stand-in issuer as the directory publishes it. */
export async function sandboxSubjectIssuer(
  home: string,
): Promise<{ issuer: string; jwk: Record<string, unknown> }> {
  const { publicKey } = await issuerSigner(home)
  const jwk = publicKey.export({ format: 'jwk' })
  return { issuer: sandboxIssuer, jwk: { ...jwk, kid: thumbprint(jwk) } }
}

/** A fresh token with which this person may ask this gateway, once, who looked at their data. */
export async function subjectToken(home: string, subject: string, gateway: string): Promise<string> {
  const { signSubjectToken } = await import('@sapan/exchange')
  return signSubjectToken(
    { issuer: sandboxIssuer, subject, audience: gateway, tokenId: randomUUID() },
    { signer: await issuerSigner(home), now: Date.now() },
  )
}

/** RFC 7638: the members in this order. */
function thumbprint(jwk: { crv?: string; kty?: string; x?: string; y?: string }): string {
  const { crv, kty, x, y } = jwk
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}
