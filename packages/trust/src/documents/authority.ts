import { createPublicKey, type KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import {
  backdated,
  type CertificateBody,
  certificateBody,
  dayMilliseconds,
  yearsLater,
} from '../certificates/body.ts'
import { type CertificateParts, readCertificateParts } from '../certificates/certificate.ts'
import {
  type AlternativeNames,
  alternativeNamesExtension,
  authorityConstraints,
  authorityKeyExtension,
  extensionValue,
  keyIdentifier,
  keyUsageExtension,
  subjectKeyExtension,
  usage,
} from '../certificates/extensions.ts'
import { nameDer, type Subject } from '../certificates/subject.ts'
import { subjectKeyIdentifier } from '../der/oids.ts'
import { DerError } from '../der/read.ts'
import { bits, sequence } from '../der/write.ts'
import { trustProblems } from '../problems.ts'
import { defaultKeyAlgorithm, keyAlgorithmDer } from '../signing/algorithm.ts'
import { type SigningKey, type UncertifiedKey, withCertificate } from '../signing/signing-key.ts'
import { type DocumentProfile, documentProfile } from './profile.ts'
import { readDocumentRequest } from './request.ts'
import { type RevocationAddresses, revocationExtensions } from './revocation-addresses.ts'

export interface DocumentAuthorityOptions extends RevocationAddresses {
  readonly subject: Subject
  /** Milliseconds since 1970. */
  readonly now: number
  readonly years: number
}

/** A self-signed root for document certificates, with a key of any kind. Its key stays offline: it makes issuers. */
export async function createDocumentRoot(
  key: UncertifiedKey,
  { subject, now, years }: DocumentAuthorityOptions,
): Promise<SigningKey> {
  const name = nameDer(subject)
  const certificate = await signBody(key, {
    issuerName: name,
    subjectName: name,
    publicKey: key.publicKey,
    notBefore: now - backdated,
    notAfter: yearsLater(now, years),
    extensions: [
      authorityConstraints(undefined),
      keyUsageExtension(usage.keyCertSign, usage.crlSign),
      subjectKeyExtension(keyIdentifier(key.publicKey)),
    ],
  })
  return withCertificate(key, certificate)
}

/**
 * An issuer under the root, which issues end certificates only (path length 0) and never outlives the root. The
 * addresses are where the root's revocations are found.
 */
export async function createDocumentIssuer(
  root: SigningKey,
  key: UncertifiedKey,
  { subject, now, years, ...addresses }: DocumentAuthorityOptions,
): Promise<SigningKey> {
  const above = readAuthority(root.certificate)
  const certificate = await signBody(root, {
    issuerName: above.subject.raw,
    subjectName: nameDer(subject),
    publicKey: key.publicKey,
    notBefore: now - backdated,
    notAfter: Math.min(yearsLater(now, years), above.notAfter),
    extensions: [
      authorityConstraints(0),
      keyUsageExtension(usage.keyCertSign, usage.crlSign),
      subjectKeyExtension(keyIdentifier(key.publicKey)),
      authorityKeyExtension(above.keyIdentifier),
      ...revocationExtensions(addresses),
    ],
  })
  return withCertificate(key, certificate, [root.certificate, ...root.chain])
}

export interface DocumentCertificateOptions extends AlternativeNames, RevocationAddresses {
  /** `document` by default. */
  readonly profile?: DocumentProfile
  /** Whose key: from a request (PEM or DER), of which only the key is taken, or as it is. */
  readonly csr?: string | Uint8Array
  readonly publicKey?: KeyObject
  readonly subject: Subject
  /** Milliseconds since 1970. */
  readonly now: number
  readonly days: number
  readonly serial?: bigint
  /** Object identifiers of the policies under which it is issued (RFC 5280 §4.2.1.4). */
  readonly policies?: readonly string[]
}

/**
 * Issues a certificate (DER) for signing documents, for a time-stamp authority, or for an OCSP responder. Names are the
 * caller's to decide. It never outlives its issuer. Throws `certificate-request-refused`, `signing-key-unsupported`.
 */
export async function issueDocumentCertificate(
  issuer: SigningKey,
  options: DocumentCertificateOptions,
): Promise<Buffer> {
  const { profile = 'document', subject, now, days, serial, policies = [] } = options
  const above = readAuthority(issuer.certificate)
  const publicKey = options.csr === undefined ? options.publicKey : readDocumentRequest(options.csr).publicKey
  if (!publicKey) throw new TypeError('a certificate needs a request or a public key')
  defaultKeyAlgorithm(publicKey)
  return signBody(issuer, {
    issuerName: above.subject.raw,
    subjectName: nameDer(subject),
    publicKey,
    notBefore: now - backdated,
    notAfter: Math.min(now + days * dayMilliseconds, above.notAfter),
    ...(serial === undefined ? {} : { serial }),
    extensions: [
      ...documentProfile(profile, policies),
      alternativeNamesExtension(options),
      subjectKeyExtension(keyIdentifier(publicKey)),
      authorityKeyExtension(above.keyIdentifier),
      // Whoever asks about a responder would ask the responder (RFC 6960 §4.2.2.2.1).
      ...(profile === 'ocsp' ? [] : revocationExtensions(options)),
    ],
  })
}

/** A certificate and the identifier by which those that it issues name its key. */
export interface AuthorityCertificate extends CertificateParts {
  readonly keyIdentifier: Buffer
}

/** Reads an authority's certificate, whoever made it. Throws `signing-certificate-unreadable`. */
export function readAuthority(certificate: Uint8Array): AuthorityCertificate {
  try {
    const parts = readCertificateParts(certificate)
    const named = extensionValue(parts.extensions, subjectKeyIdentifier)?.octets()
    return { ...parts, keyIdentifier: named ?? keyIdentifier(spkiKey(parts.publicKey.raw)) }
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause
    throw new Problem(trustProblems['signing-certificate-unreadable'], { cause })
  }
}

function spkiKey(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' })
  } catch {
    throw new DerError('a public key')
  }
}

async function signBody(
  key: Pick<SigningKey, 'algorithm' | 'sign'>,
  parts: CertificateBody,
): Promise<Buffer> {
  const algorithm = keyAlgorithmDer(key.algorithm)
  const body = certificateBody(algorithm, parts)
  return sequence(body, algorithm, bits(await key.sign(body)))
}
