import { constants, type KeyObject, verify } from 'node:crypto'
import { der } from '@sapan/trust'

const { DerSequence, oids } = der

/** Digests by object identifier, of signatures that authorities elsewhere make. */
const digestNames: ReadonlyMap<string, string> = new Map([
  [oids.sha256, 'sha256'],
  [oids.sha384, 'sha384'],
  [oids.sha512, 'sha512'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
])

/** The name that `node:crypto` has for a digest; undefined for weak and unknown ones. */
export function digestNameOf(identifier: string): string | undefined {
  return digestNames.get(identifier)
}

/** Signature algorithms that name their digest themselves (RFC 4055, RFC 5758). */
const combined: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
])

const rsaEncryption = '1.2.840.113549.1.1.1'
const rsaPss = '1.2.840.113549.1.1.10'
const ed25519 = '1.3.101.112'

/**
 * Whether the key signed the bytes by that AlgorithmIdentifier. `digestOid`: the digest that CMS names beside it, for
 * an algorithm that doesn't. False for algorithms that are weak or not known. Throws DerError.
 */
export function isSignedWith(
  algorithm: der.DerElement,
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
  digestOid?: string,
): boolean {
  const parts = new DerSequence(algorithm)
  const identifier = parts.next().oid()
  try {
    if (identifier === ed25519) return verify(null, bytes, key, signature)
    if (identifier === rsaPss) return verifyPss(parts.rest()[0], key, bytes, signature)
    const named = combined.get(identifier)
    const beside = identifier === rsaEncryption && digestOid ? digestNameOf(digestOid) : undefined
    const digest = named ?? beside
    return digest !== undefined && verify(digest, bytes, key, signature)
  } catch (error) {
    if (error instanceof der.DerError) throw error
    return false
  }
}

/** RSASSA-PSS-params (RFC 4055 §3.1); only with one digest for hash and mask. */
function verifyPss(
  parameters: der.DerElement | undefined,
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  const found = new Map(parameters?.children(0x30).map((each) => [each.tag, each.only()]))
  const hash = found.get(0xa0)?.children(0x30)[0]?.oid()
  const mask = found.get(0xa1)?.children(0x30)[1]?.children(0x30)[0]?.oid()
  const saltLength = Number(found.get(0xa2)?.integer() ?? 20n)
  const digest = hash === undefined || hash !== mask ? undefined : digestNameOf(hash)
  if (digest === undefined) return false
  return verify(digest, bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}
