import { createHash, type KeyObject } from 'node:crypto'
import type { AnyCertificate } from '../certificates/any-certificate.ts'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import { retagged } from '../der/write.ts'
import { type DigestName, digestOfOid } from '../signing/algorithm.ts'
import { namesCertificate } from './ess.ts'
import { versionFor } from './sign.ts'
import type { SignerKind } from './signer-kind.ts'

/** SignedData that was read, with its one signer. Nothing is verified yet. */
export interface SignedData<C extends AnyCertificate> {
  readonly contentType: string
  /** Undefined when detached. */
  readonly content: Buffer | undefined
  readonly certificates: readonly Buffer[]
  /** The claimed time, in milliseconds. */
  readonly signingTime: number | undefined
  /** The certificate that the signature names, found among `certificates` and those given; undefined when not there. */
  findSigner(others: readonly Uint8Array[]): C | undefined
  /** Whether the certificate's key signed that content. */
  isSignedBy(certificate: C, content: Uint8Array): boolean
}

/** Reads a ContentInfo with SignedData. Throws DerError. */
export function readSignedData<C extends AnyCertificate>(
  der: Uint8Array,
  kind: SignerKind<C>,
): SignedData<C> {
  const info = new DerSequence(readDer(der))
  if (info.next().oid() !== oids.signedData) throw new DerError('not SignedData')
  const parts = new DerSequence(info.next().only(0xa0))
  info.end()
  const version = parts.next().integer()
  const digestAlgorithms = parts.next().children(0x31)
  const encapsulated = new DerSequence(parts.next())
  const contentType = encapsulated.next().oid()
  const content = encapsulated.optional(0xa0)?.only().octets()
  encapsulated.end()
  if (version !== versionFor(contentType)) throw new DerError('another version than its content has')
  const certificates = parts.optional(0xa0)?.children(0xa0) ?? []
  const signer = readSignerInfo(parts.next().only(0x31), kind)
  parts.end()
  const [digestAlgorithm, ...more] = digestAlgorithms
  if (!digestAlgorithm?.raw.equals(signer.digestAlgorithm) || more.length > 0) {
    throw new DerError('another digest than the signer has')
  }
  const held = certificates.map(({ raw }) => raw)
  return {
    contentType,
    content,
    certificates: held,
    signingTime: signer.attributes.get(oids.signingTime)?.time(),
    findSigner: (others) => findCertificate([...held, ...others], signer, kind),
    isSignedBy: (certificate, bytes) => isSigned(signer, contentType, certificate, bytes),
  }
}

interface SignerInfo {
  readonly issuer: Buffer
  readonly serial: bigint
  readonly digestAlgorithm: Buffer
  readonly digest: DigestName
  /** The value of each signed attribute. */
  readonly attributes: ReadonlyMap<string, DerElement>
  /** The signed attributes as they were signed. */
  readonly signedBytes: Buffer
  /** Whether the key made the signature over those bytes. */
  verifies(publicKey: KeyObject, bytes: Uint8Array): boolean
}

function readSignerInfo(element: DerElement, kind: SignerKind<AnyCertificate>): SignerInfo {
  const parts = new DerSequence(element)
  if (parts.next().integer() !== 1n) throw new DerError('the signer is not named by issuer and serial number')
  const name = new DerSequence(parts.next())
  const issuer = name.next().raw
  const serial = name.next().integer()
  name.end()
  const digestAlgorithm = parts.next()
  const digest = digestOfOid(new DerSequence(digestAlgorithm).next().oid())
  if (!digest) throw new DerError('an unknown digest')
  const signed = parts.next()
  const attributes = readAttributes(signed)
  const verifies = kind.verifier(parts.next(), digest, parts.next().octets())
  parts.optional(0xa1)
  parts.end()
  const signedBytes = retagged(0x31, signed.raw)
  return {
    issuer,
    serial,
    digestAlgorithm: digestAlgorithm.raw,
    digest,
    attributes,
    signedBytes,
    verifies,
  }
}

function readAttributes(signed: DerElement): Map<string, DerElement> {
  const attributes = new Map<string, DerElement>()
  for (const each of signed.children(0xa0)) {
    const parts = new DerSequence(each)
    const type = parts.next().oid()
    const values = parts.next().children(0x31)
    parts.end()
    const [value] = values
    if (!value || attributes.has(type)) throw new DerError('an attribute without a value, or given twice')
    attributes.set(type, value)
  }
  return attributes
}

function findCertificate<C extends AnyCertificate>(
  candidates: readonly Uint8Array[],
  { issuer, serial }: SignerInfo,
  kind: SignerKind<C>,
): C | undefined {
  for (const der of candidates) {
    const certificate = parseIfPossible(der, kind)
    if (certificate?.serial === serial && certificate.issuerDer.equals(issuer)) return certificate
  }
  return undefined
}

/** Other parties' certificates in the same bag may be of kinds that are not used here. */
function parseIfPossible<C extends AnyCertificate>(der: Uint8Array, kind: SignerKind<C>): C | undefined {
  try {
    return kind.parse(der)
  } catch {
    return undefined
  }
}

function isSigned(
  signer: SignerInfo,
  contentType: string,
  certificate: AnyCertificate,
  content: Uint8Array,
): boolean {
  const { attributes, signedBytes } = signer
  const binding = attributes.get(oids.signingCertificateV2)
  const hashed = createHash(signer.digest).update(content).digest()
  return (
    attributes.get(oids.contentType)?.oid() === contentType &&
    attributes.get(oids.messageDigest)?.octets().equals(hashed) === true &&
    binding !== undefined &&
    namesCertificate(binding, certificate) &&
    signer.verifies(certificate.publicKey, signedBytes)
  )
}
