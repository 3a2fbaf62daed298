import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { type JsonObject, type ReadJws, readJws } from '@sapan/trust'
import type { SubjectTokenIssuer } from '../directory/document.ts'
import { type ExchangeProblemCode, exchangeProblem } from '../problems.ts'

/** Where issuers are looked up: a directory's view. */
export interface IssuerView {
  readonly directory: { readonly subjectTokens: readonly SubjectTokenIssuer[] }
}

/** What an issuer of the directory has signed. */
export interface Issued {
  readonly issuer: SubjectTokenIssuer
  readonly payload: JsonObject
}

/**
 * Reads a token whose `iss` the directory names and that one of this issuer's keys has signed. Throws the given Problem,
 * whatever is wrong with it. Times, audience and content are the caller's to check.
 */
export function readIssued(
  jws: string,
  { view, type, refusal }: { view: IssuerView; type: string; refusal: ExchangeProblemCode },
): Issued {
  const read = parsed(jws, type, refusal)
  const issuer = view.directory.subjectTokens.find(
    (known) =>
      known.issuer === read.payload.iss && keysOf(known, read.header.kid).some((key) => read.verify(key)),
  )
  if (!issuer) throw exchangeProblem(refusal)
  return { issuer, payload: read.payload }
}

function parsed(jws: string, type: string, refusal: ExchangeProblemCode): ReadJws {
  try {
    return readJws(jws, { type })
  } catch (cause) {
    throw exchangeProblem(refusal, { cause })
  }
}

/** The JWK thumbprint (RFC 7638) by which an issuer's key is named: members in this order, those that the kind has. */
export function keyThumbprint(key: KeyObject): string {
  const { crv, kty, x, y } = key.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

interface NamedKey {
  readonly kid: unknown
  readonly key: KeyObject
}

/** Reading a key is slow beside verifying: once for each entry of a directory. */
const known = new WeakMap<SubjectTokenIssuer, readonly NamedKey[]>()

/** The key that is named; where none is named, each that has no name either or is the first. */
function keysOf(issuer: SubjectTokenIssuer, kid: unknown): KeyObject[] {
  let keys = known.get(issuer)
  if (!keys) {
    keys = [issuer.jwk, ...(issuer.keys ?? [])].flatMap((jwk) => readKey(jwk) ?? [])
    known.set(issuer, keys)
  }
  const named = kid === undefined ? keys.slice(0, 1) : keys.filter((one) => one.kid === kid)
  return named.map(({ key }) => key)
}

/** A directory with a key that we can't read still has others. */
function readKey(jwk: SubjectTokenIssuer['jwk']): NamedKey | undefined {
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    return { kid: jwk.kid ?? keyThumbprint(key), key }
  } catch {
    return undefined
  }
}
