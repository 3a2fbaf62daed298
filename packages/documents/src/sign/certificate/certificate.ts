import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { der } from '@sapan/trust'

const { DerSequence, readDer } = der

/**
 * A certificate (RFC 5280 §4.1) as a signer needs it: whatever its key, nothing judged. What is on no path of ours may
 * have names and extensions that trust's own reader, which is for our own certificates, refuses.
 */
export interface PathCertificate {
  readonly der: Buffer
  readonly serial: Buffer
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: KeyObject
  /** The BIT STRING of the public key, for OCSP's key hash. */
  readonly keyBits: Buffer
  /** The extension that other parts name the key by (RFC 5280 §4.2.1.2). */
  readonly keyIdentifier: Buffer | undefined
  readonly isSelfIssued: boolean
  /** Where its revocation can be asked, HTTP only (§4.2.2.1, §4.2.1.13). */
  readonly ocspUrls: readonly string[]
  readonly crlUrls: readonly string[]
  readonly issuerUrls: readonly string[]
  /** An OCSP responder's certificate that needs no check itself (RFC 6960 §4.2.2.2.1). */
  readonly needsNoCheck: boolean
  readonly purposes: ReadonlySet<string>
  /** Bits of keyUsage; undefined when the extension is absent. */
  readonly usage: ReadonlySet<number> | undefined
  readonly isAuthority: boolean
}

const subjectKeyIdentifier = '2.5.29.14'
const keyUsage = '2.5.29.15'
const basicConstraints = '2.5.29.19'
const extendedKeyUsage = '2.5.29.37'
const distributionPoints = '2.5.29.31'
const authorityAccess = '1.3.6.1.5.5.7.1.1'
const accessOcsp = '1.3.6.1.5.5.7.48.1'
const accessIssuers = '1.3.6.1.5.5.7.48.2'
const ocspNoCheck = '1.3.6.1.5.5.7.48.1.5'

/** Certificates recur: those of a path are read once as long as the same bytes are handed in. */
const read = new WeakMap<Uint8Array, PathCertificate>()

/** Reads a certificate. Throws DerError, or what `node:crypto` throws for a key that it does not know. */
export function readPathCertificate(bytes: Uint8Array): PathCertificate {
  const known = read.get(bytes)
  if (known) return known
  const certificate = parse(bytes)
  read.set(bytes, certificate)
  return certificate
}

/** What a bag of certificates from outside has of readable ones. */
export function readablePathCertificates(bag: readonly Uint8Array[]): PathCertificate[] {
  return bag.flatMap((bytes) => {
    try {
      return [readPathCertificate(bytes)]
    } catch {
      return []
    }
  })
}

function parse(bytes: Uint8Array): PathCertificate {
  const outer = new DerSequence(readDer(bytes))
  const body = new DerSequence(outer.next())
  body.optional(0xa0)
  const serial = body.next().content
  body.next()
  const issuer = body.next().raw
  const validity = new DerSequence(body.next())
  const notBefore = validity.next().time()
  const notAfter = validity.next().time()
  const subject = body.next().raw
  const spki = new DerSequence(body.next())
  spki.next()
  const keyBits = spki.next().bits()
  const { publicKey, raw } = new X509Certificate(bytes)
  return {
    der: raw,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    keyBits,
    isSelfIssued: issuer.equals(subject),
    ...readExtensions(body),
  }
}

function readExtensions(body: der.DerSequence) {
  body.optional(0x81)
  body.optional(0x82)
  const list = body.optional(0xa3)?.only()
  const values = new Map<string, Buffer>()
  for (const each of list?.children(0x30) ?? []) {
    const parts = new DerSequence(each)
    const type = parts.next().oid()
    parts.optional(0x01)
    values.set(type, parts.next().octets())
  }
  const value = (type: string) => {
    const found = values.get(type)
    return found === undefined ? undefined : readDer(found)
  }
  const access = readAccess(value(authorityAccess))
  return {
    keyIdentifier: value(subjectKeyIdentifier)?.octets(),
    ocspUrls: access.get(accessOcsp) ?? [],
    issuerUrls: access.get(accessIssuers) ?? [],
    crlUrls: readDistributionPoints(value(distributionPoints)),
    needsNoCheck: values.has(ocspNoCheck),
    purposes: new Set(
      value(extendedKeyUsage)
        ?.children(0x30)
        .map((each) => each.oid()),
    ),
    usage: value(keyUsage)?.namedBits(),
    isAuthority: value(basicConstraints)?.children(0x30)[0]?.tag === 0x01,
  }
}

function readAccess(value: der.DerElement | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const each of value?.children(0x30) ?? []) {
    const parts = new DerSequence(each)
    const method = parts.next().oid()
    found.set(method, [...(found.get(method) ?? []), ...httpUrl(parts.next())])
  }
  return found
}

function readDistributionPoints(value: der.DerElement | undefined): string[] {
  const urls: string[] = []
  for (const point of value?.children(0x30) ?? []) {
    // A point of a part of the reasons would need the others beside it.
    const parts = point.children(0x30)
    if (parts.some(({ tag }) => tag === 0x81)) continue
    const name = parts.find(({ tag }) => tag === 0xa0)?.only(0xa0)
    if (name?.tag === 0xa0) urls.push(...name.children(0xa0).flatMap(httpUrl))
  }
  return urls
}

function httpUrl(name: der.DerElement): string[] {
  const text = name.tag === 0x86 ? name.content.toString('latin1') : ''
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? [text] : []
}

/** Whether `above` issued `below`, by name and signature. */
export function isIssuedBy(below: PathCertificate, above: PathCertificate): boolean {
  if (!below.issuer.equals(above.subject)) return false
  try {
    return new X509Certificate(below.der).verify(above.publicKey)
  } catch {
    return false
  }
}

/** The path from a certificate upwards, as far as the bag has it, nearest first; a root ends it. */
export function pathFrom(leaf: PathCertificate, bag: readonly PathCertificate[]): PathCertificate[] {
  const path = [leaf]
  for (let top = leaf; !top.isSelfIssued && path.length < longestPath; ) {
    const above = bag.find((each) => !path.includes(each) && isIssuedBy(top, each))
    if (!above) break
    path.push(above)
    top = above
  }
  return path
}

const longestPath = 10

const keys = new WeakMap<Uint8Array, string>()

/** SHA-256 in lower-case hex: tells certificates, CRLs and OCSP responses apart. */
export function contentKey(bytes: Uint8Array): string {
  let key = keys.get(bytes)
  if (key === undefined) {
    key = createHash('sha256').update(bytes).digest('hex')
    keys.set(bytes, key)
  }
  return key
}

/** The same without those that come twice. */
export function distinct(items: readonly Uint8Array[]): Uint8Array[] {
  const seen = new Map<string, Uint8Array>()
  for (const each of items) {
    const key = contentKey(each)
    if (!seen.has(key)) seen.set(key, each)
  }
  return [...seen.values()]
}

/** The common name for people to read, or the serial number where there is none. */
export function displayName(certificate: PathCertificate): string {
  const subject = new X509Certificate(certificate.der).subject ?? ''
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? certificate.serial.toString('hex')
}
