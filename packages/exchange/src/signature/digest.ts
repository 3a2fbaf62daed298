import { hash } from 'node:crypto'
import { exchangeProblem } from '../problems.ts'

/** `Content-Digest` (RFC 9530 §2) from the body's SHA-256: `sha-256=:…:`. */
export function contentDigest(sha256: Buffer): string {
  return `sha-256=:${sha256.toString('base64')}:`
}

/** `Content-Digest` of a body held in memory. */
export function contentDigestOfBody(body: Uint8Array): string {
  return `sha-256=:${hash('sha256', body, 'base64')}:`
}

const member = /^[a-z*][a-z0-9_.*-]{0,31}=:[A-Za-z0-9+/]{0,512}={0,2}:$/

/**
 * The SHA-256 (32 bytes) that a Content-Digest states. Other algorithms beside it are passed over (RFC 9530 §2).
 * Throws Problem `digest-missing` where there is none or the header is not well-formed.
 */
export function parseContentDigest(value: string): Buffer {
  let sha256: Buffer | undefined
  for (const part of value.split(',')) {
    const text = part.trim()
    if (!member.test(text)) throw exchangeProblem('digest-missing')
    if (!text.startsWith('sha-256=')) continue
    if (sha256 !== undefined) throw exchangeProblem('digest-missing')
    sha256 = Buffer.from(text.slice(9, -1), 'base64')
  }
  if (sha256?.length !== 32) throw exchangeProblem('digest-missing')
  return sha256
}

/** Throws Problem `digest-mismatch` (or `digest-missing`) where the body's SHA-256 is not the one stated. */
export function checkContentDigest(value: string, sha256: Buffer): void {
  // Nothing here is secret, so the comparison need not take constant time.
  if (value !== contentDigest(sha256) && !parseContentDigest(value).equals(sha256)) {
    throw exchangeProblem('digest-mismatch')
  }
}
