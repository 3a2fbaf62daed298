import { createHash } from 'node:crypto'
import { type Certificate, parseCertificate } from '../certificates/certificate.ts'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import { readSignature, readSignatureAlgorithm } from '../der/signature.ts'
import { retagged } from '../der/write.ts'
import { type SignatureAlgorithm, verifySignature } from '../keys/signer.ts'
import { namesCertificate } from './ess.ts'
import { versionFor } from './sign.ts'

/** With Ed25519, CMS digests with SHA-512 (RFC 8419 §3.1). */
const digestOf = {
  'ecdsa-p256-sha256': { name: 'sha256', oid: oids.sha256 },
  ed25519: { name: 'sha512', oid: oids.sha512 },
} as const

/** SignedData that was read, with its one signer. Nothing is verified yet. */
export interface SignedData {
  readonly contentType: string
  /** Undefined when detached. */
  readonly content: Buffer | undefined
  readonly certificates: readonly Buffer[]
  readonly algorithm: SignatureAlgorithm
  /** The claimed time, in milliseconds. */
  readonly signingTime: number | undefined
  /** The certificate that the signature names, found among `certificates` and those given; undefined when not there. */
  findSigner(others: readonly Uint8Array[]): Certificate | undefined
  /** Whether the certificate's key signed that content. */
  isSignedBy(certificate: Certificate, content: Uint8Array): boolean
}

/** Reads a ContentInfo with SignedData. Throws DerError. */
export function readSignedData(der: Uint8Array): SignedData {
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
  const signer = readSignerInfo(parts.next().only(0x31))
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
    algorithm: signer.algorithm,
    signingTime: signer.attributes.get(oids.signingTime)?.time(),
    findSigner: (others) => findCertificate([...held, ...others], signer),
    isSignedBy: (certificate, bytes) => isSigned(signer, contentType, certificate, bytes),
  }
}

interface SignerInfo {
  readonly issuer: Buffer
  readonly serial: bigint
  readonly digestAlgorithm: Buffer
  readonly algorithm: SignatureAlgorithm
  /** The value of each signed attribute. */
  readonly attributes: ReadonlyMap<string, DerElement>
  /** The signed attributes as they were signed. */
  readonly signedBytes: Buffer
  readonly signature: Buffer
}

function readSignerInfo(element: DerElement): SignerInfo {
  const parts = new DerSequence(element)
  if (parts.next().integer() !== 1n) throw new DerError('the signer is not named by issuer and serial number')
  const name = new DerSequence(parts.next())
  const issuer = name.next().raw
  const serial = name.next().integer()
  name.end()
  const digestAlgorithm = parts.next()
  const digestOid = new DerSequence(digestAlgorithm).next().oid()
  const signed = parts.next()
  const attributes = readAttributes(signed)
  const algorithm = readSignatureAlgorithm(parts.next())
  if (digestOf[algorithm].oid !== digestOid) throw new DerError('the digest does not belong to the signature')
  const signature = readSignature(algorithm, parts.next().octets())
  parts.optional(0xa1)
  parts.end()
  const signedBytes = retagged(0x31, signed.raw)
  return {
    issuer,
    serial,
    digestAlgorithm: digestAlgorithm.raw,
    algorithm,
    attributes,
    signedBytes,
    signature,
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

function findCertificate(
  candidates: readonly Uint8Array[],
  { issuer, serial }: SignerInfo,
): Certificate | undefined {
  for (const der of candidates) {
    const certificate = parseIfPossible(der)
    if (certificate?.serial === serial && certificate.issuerDer.equals(issuer)) return certificate
  }
  return undefined
}

/** Other parties' certificates in the same bag may be of kinds that are not used here. */
function parseIfPossible(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der)
  } catch {
    return undefined
  }
}

function isSigned(
  signer: SignerInfo,
  contentType: string,
  certificate: Certificate,
  content: Uint8Array,
): boolean {
  const { attributes, algorithm, signedBytes, signature } = signer
  const binding = attributes.get(oids.signingCertificateV2)
  const digest = createHash(digestOf[algorithm].name).update(content).digest()
  return (
    attributes.get(oids.contentType)?.oid() === contentType &&
    attributes.get(oids.messageDigest)?.octets().equals(digest) === true &&
    binding !== undefined &&
    namesCertificate(binding, certificate) &&
    verifySignature(algorithm, certificate.publicKey, signedBytes, signature)
  )
}
