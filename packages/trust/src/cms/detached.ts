import { Problem } from '@sapan/kernel'
import type { AnyCertificate } from '../certificates/any-certificate.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { type VerifiedCertificate, verifyPath } from '../certificates/path.ts'
import type { CertificateProfile } from '../certificates/profile.ts'
import * as oids from '../der/oids.ts'
import { DerError } from '../der/read.ts'
import type { Signer } from '../keys/signer.ts'
import { trustProblems } from '../problems.ts'
import { signSignedData } from './sign.ts'
import { readSignedData, type SignedData } from './signed-data.ts'
import { houseSigners } from './signer-kind.ts'

export interface DetachedOptions {
  readonly signer: Signer
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array
  /** Those above it, DER; sent along. */
  readonly chain: readonly Uint8Array[]
  /** The claimed time of signing, in milliseconds since 1970. */
  readonly signingTime: number
}

/** Signs content as CAdES baseline B (ETSI EN 319 122-1 §6), the content beside it; gives DER. */
export function signDetached(content: Uint8Array, options: DetachedOptions): Buffer {
  const { signer, certificate, chain, signingTime } = options
  return signSignedData({
    contentType: oids.data,
    content,
    detached: true,
    signer,
    certificate,
    certificates: [certificate, ...chain],
    signingTime,
  })
}

export interface VerificationOptions {
  /** SHA-256 fingerprints of the trusted roots. */
  readonly roots: readonly string[]
  readonly profile: CertificateProfile
  /** When the certificate must have been valid: the time of a time-stamp over the signature, or now. */
  readonly at: number
  readonly revoked?: ReadonlySet<string>
  /** Certificates beside those in the signature, DER. */
  readonly intermediates?: readonly Uint8Array[]
}

export interface VerifiedSignedData {
  readonly signer: VerifiedCertificate
  /** What the signer claims, in milliseconds; proves nothing. */
  readonly signingTime: number | undefined
}

/**
 * Verifies a detached signature. Throws `signature-container-malformed`, `signature-container-invalid`, or what
 * `verifyPath` throws on the signer's certificate.
 */
export function verifyDetached(
  signature: Uint8Array,
  content: Uint8Array,
  options: VerificationOptions,
): VerifiedSignedData {
  const signed = readContainer(signature)
  if (signed.contentType !== oids.data || signed.content !== undefined) throw malformed('not detached')
  return verifySignedData(signed, content, options)
}

function verifySignedData(
  signed: SignedData<Certificate>,
  content: Uint8Array,
  { roots, profile, at, revoked = new Set(), intermediates = [] }: VerificationOptions,
): VerifiedSignedData {
  const signer = verifySigner(signed, content, intermediates, ({ der }, pool) =>
    verifyPath(der, pool, roots, { profile, at, revoked }),
  )
  return { signer, signingTime: signed.signingTime }
}

/**
 * Verifies SignedData that was read, whatever its content; `follow` verifies the path of who signed. Throws
 * `signature-container-malformed`, `signature-container-invalid`, or what `follow` throws.
 */
export function verifySigner<C extends AnyCertificate, V extends Pick<VerifiedCertificate, 'chain'>>(
  signed: SignedData<C>,
  content: Uint8Array,
  intermediates: readonly Uint8Array[],
  follow: (certificate: C, pool: readonly Uint8Array[]) => V,
): V {
  const certificate = signed.findSigner(intermediates)
  if (!certificate || !isSigned(signed, certificate, content)) {
    throw new Problem(trustProblems['signature-container-invalid'])
  }
  const signer = follow(certificate, [...signed.certificates, ...intermediates])
  // Nothing else covers the bag of certificates: what is not on the path may have been altered or slipped in.
  const path = [certificate.der, ...signer.chain]
  if (!signed.certificates.every((each) => path.some((der) => der.equals(each)))) {
    throw new Problem(trustProblems['signature-container-invalid'], {
      detail: {
        th: 'มีใบรับรองที่ไม่อยู่ในเส้นทางของผู้ลงนาม',
        en: "It carries a certificate that is not on the signer's path",
      },
    })
  }
  return signer
}

/** Reads SignedData; throws `signature-container-malformed`. */
export function readContainer(der: Uint8Array): SignedData<Certificate> {
  try {
    return readSignedData(der, houseSigners)
  } catch (cause) {
    if (cause instanceof DerError) throw malformed(cause.message, cause)
    throw cause
  }
}

function isSigned<C extends AnyCertificate>(
  signed: SignedData<C>,
  certificate: C,
  content: Uint8Array,
): boolean {
  try {
    return signed.isSignedBy(certificate, content)
  } catch (cause) {
    if (cause instanceof DerError) throw malformed(cause.message, cause)
    throw cause
  }
}

function malformed(reason: string, cause?: unknown): Problem {
  const type = trustProblems['signature-container-malformed']
  const detail = { th: `${type.title.th}: ${reason}`, en: `${type.title.en}: ${reason}` }
  return new Problem(type, { detail, cause })
}
