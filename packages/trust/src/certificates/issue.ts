import type { KeyObject } from 'node:crypto'
import { signatureAlgorithmDer, signatureDer } from '../der/signature.ts'
import { bits, sequence } from '../der/write.ts'
import { algorithmOf, type Signer } from '../keys/signer.ts'
import { backdated, type CertificateBody, certificateBody, dayMilliseconds, yearsLater } from './body.ts'
import { parseCertificate } from './certificate.ts'
import {
  type AlternativeNames,
  alternativeNamesExtension,
  authorityConstraints,
  authorityKeyExtension,
  keyIdentifier,
  keyUsageExtension,
  subjectKeyExtension,
  usage,
} from './extensions.ts'
import { type CertificateProfile, profileExtensions, profileUris } from './profile.ts'
import { readRequest } from './request.ts'
import { nameDer, type Subject } from './subject.ts'

/** Who issues certificates: a root or an issuer under it. */
export interface Authority {
  /** DER. */
  readonly certificate: Buffer
  readonly signer: Signer
}

export interface AuthorityOptions {
  readonly subject: Subject
  readonly signer: Signer
  /** Milliseconds since 1970. */
  readonly now: number
  readonly years: number
}

/** A self-signed root. Its key stays offline: it only makes issuers. */
export function createRoot({ subject, signer, now, years }: AuthorityOptions): Authority {
  const key = keyIdentifier(signer.publicKey)
  const certificate = signCertificate(signer, {
    issuerName: nameDer(subject),
    subjectName: nameDer(subject),
    publicKey: signer.publicKey,
    notBefore: now - backdated,
    notAfter: yearsLater(now, years),
    extensions: [
      authorityConstraints(undefined),
      keyUsageExtension(usage.keyCertSign, usage.crlSign),
      subjectKeyExtension(key),
    ],
  })
  return { certificate, signer }
}

/** An issuer under the root, which issues end certificates only (path length 0). Never outlives the root. */
export function createIssuer(root: Authority, { subject, signer, now, years }: AuthorityOptions): Authority {
  const above = parseCertificate(root.certificate)
  const certificate = signCertificate(root.signer, {
    issuerName: above.subjectDer,
    subjectName: nameDer(subject),
    publicKey: signer.publicKey,
    notBefore: now - backdated,
    notAfter: Math.min(yearsLater(now, years), above.notAfter),
    extensions: [
      authorityConstraints(0),
      keyUsageExtension(usage.keyCertSign, usage.crlSign),
      subjectKeyExtension(keyIdentifier(signer.publicKey)),
      authorityKeyExtension(keyIdentifier(above.publicKey)),
    ],
  })
  return { certificate, signer }
}

export interface CertificateOptions extends AlternativeNames {
  /** Whose key: from a request (PEM or DER), of which only the key is taken, or as it is. */
  readonly csr?: string | Uint8Array
  readonly publicKey?: KeyObject
  readonly profile: CertificateProfile
  readonly subject: Subject
  /** Milliseconds since 1970. */
  readonly now: number
  readonly days: number
  /** Above 0, at most 20 bytes; random by default. */
  readonly serial?: bigint
}

/**
 * Issues a certificate (DER). Names are the caller's to decide, never taken from the request. It never outlives its
 * issuer. Throws `certificate-request-refused` for a bad request, `key-wrong-kind` for other keys.
 */
export function issueCertificate(issuer: Authority, options: CertificateOptions): Buffer {
  const { profile, subject, now, days, uris = [], dns = [], ips = [] } = options
  const above = parseCertificate(issuer.certificate)
  const publicKey = options.csr === undefined ? options.publicKey : readRequest(options.csr).publicKey
  if (!publicKey) throw new TypeError('a certificate needs a request or a public key')
  algorithmOf(publicKey)
  return signCertificate(issuer.signer, {
    issuerName: above.subjectDer,
    subjectName: nameDer(subject),
    publicKey,
    notBefore: now - backdated,
    notAfter: Math.min(now + days * dayMilliseconds, above.notAfter),
    ...(options.serial === undefined ? {} : { serial: options.serial }),
    extensions: [
      ...profileExtensions(profile),
      alternativeNamesExtension({ uris: profileUris(profile, uris), dns, ips }),
      subjectKeyExtension(keyIdentifier(publicKey)),
      authorityKeyExtension(keyIdentifier(above.publicKey)),
    ],
  })
}

/** RFC 5280 §4.1. */
function signCertificate(signer: Signer, parts: CertificateBody): Buffer {
  const algorithm = signatureAlgorithmDer(signer.algorithm)
  const body = certificateBody(algorithm, parts)
  return sequence(body, algorithm, bits(signatureDer(signer.algorithm, signer.sign(body))))
}
