import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { type SignatureAlgorithm, type Signer, verifySignature } from '../keys/signer.ts'
import { trustProblems } from '../problems.ts'

/** RFC 7518 §3.4 and RFC 9864 §2.2: names that say the whole algorithm. */
const nameOf = { 'ecdsa-p256-sha256': 'ES256', ed25519: 'Ed25519' } as const

const algorithmNamed = new Map<unknown, SignatureAlgorithm>([
  ['ES256', 'ecdsa-p256-sha256'],
  ['Ed25519', 'ed25519'],
])

/** Members of a JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

export interface JwsOptions {
  readonly signer: Signer
  /** The `typ` header: `sapan-grant+jws`. What reads must ask for the same. */
  readonly type: string
  /** Certificates in DER, the signer's first (`x5c`). */
  readonly chain?: readonly Uint8Array[]
}

/** A JSON object, signed: JWS compact serialisation (RFC 7515 §3.1). */
export function signJws(payload: object, { signer, type, chain = [] }: JwsOptions): string {
  const header = {
    alg: nameOf[signer.algorithm],
    typ: type,
    ...(signer.keyId === undefined ? {} : { kid: signer.keyId }),
    ...(chain.length === 0 ? {} : { x5c: chain.map((der) => Buffer.from(der).toString('base64')) }),
  }
  const input = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}`
  return `${input}.${signer.sign(Buffer.from(input)).toString('base64url')}`
}

/** A JWS that was read. Nothing in it is to be believed before `verify` said yes. */
export interface ReadJws {
  readonly header: JsonObject
  readonly payload: JsonObject
  readonly algorithm: SignatureAlgorithm
  /** Certificates in DER from `x5c`, the signer's first; empty when there is no `x5c`. */
  readonly chain: readonly Buffer[]
  verify(publicKey: KeyObject): boolean
}

/**
 * Reads a compact JWS whose `typ` is exactly `type` and whose `alg` is ES256 or Ed25519; the payload must be a JSON
 * object. Throws `jws-malformed` for anything else, also for header members that would have to be understood
 * (`crit`, `b64`).
 */
export function readJws(jws: string, { type }: { readonly type: string }): ReadJws {
  const [headerPart, payloadPart, signaturePart, ...more] = jws.split('.')
  if (
    headerPart === undefined ||
    payloadPart === undefined ||
    signaturePart === undefined ||
    more.length > 0
  ) {
    throw malformed('not three parts')
  }
  const header = jsonObject(decode(headerPart), 'header')
  if (header.typ !== type) throw malformed(`typ is not ${type}`)
  if ('crit' in header || 'b64' in header) throw malformed('critical header members')
  const algorithm = algorithmNamed.get(header.alg)
  if (!algorithm) throw malformed('alg is neither ES256 nor Ed25519')
  const signature = decode(signaturePart)
  const input = Buffer.from(`${headerPart}.${payloadPart}`)
  return {
    header,
    payload: jsonObject(decode(payloadPart), 'payload'),
    algorithm,
    chain: readChain(header.x5c),
    verify: (publicKey) => verifySignature(algorithm, publicKey, input, signature),
  }
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** Node skips characters that are not base64url, so what it read must encode to what was written. */
function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw malformed('not base64url')
  return bytes
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function jsonObject(bytes: Buffer, what: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch (cause) {
    throw malformed(`${what} is not JSON`, cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`${what} is not a JSON object`)
  }
  return value as JsonObject
}

function readChain(x5c: unknown): Buffer[] {
  if (x5c === undefined) return []
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > 8) throw malformed('x5c')
  return x5c.map((text: unknown) => {
    const der = Buffer.from(typeof text === 'string' ? text : '', 'base64')
    if (der.length === 0 || der.toString('base64') !== text) throw malformed('x5c')
    return der
  })
}

function malformed(reason: string, cause?: unknown): Problem {
  const type = trustProblems['jws-malformed']
  return new Problem(type, {
    detail: { th: `${type.title.th}: ${reason}`, en: `${type.title.en}: ${reason}` },
    cause,
  })
}
