import type { Certificate } from '../certificates/certificate.ts'
import type { DigestName, SignatureScheme } from '../crypto/port.ts'
import type { CheckId } from '../texts/checks.ts'
import type { FindingCode } from '../texts/findings.ts'
import type { SubIndication } from './indication.ts'

/**
 * A signature as the engine sees it, whatever format carried it. A reader of a format (CAdES, PAdES, XAdES) finds the
 * parts and says which bytes each part covers; the engine decides what they are worth (EN 319 102-1 §5).
 */
export interface SignatureInput {
  /** Unique in the file: a field's name, an XML id, `signature-1`. */
  readonly id: string
  readonly format: 'cades' | 'pades' | 'xades' | 'cms'
  /** What the reader found wrong with the form; the first decides (EN 319 102-1 §5.2.2, §5.2.8). */
  readonly flaws: readonly Flaw[]
  readonly scheme: SignatureScheme | undefined
  readonly value: Uint8Array
  /** The bytes under the signature value: DER of the signed attributes, canonical SignedInfo. */
  readonly signedBytes: Uint8Array
  /** Each thing that is signed through its digest. */
  readonly references: readonly SignedReference[]
  /** Unprotected pointers to the certificate: CMS `sid`, XML KeyInfo order. Tried when no protected one is there. */
  readonly signerHint: CertificateHint | undefined
  /** Protected references (ESS signing-certificate, XAdES SigningCertificateV2); the first names the signer's. */
  readonly certificateReferences: readonly CertificateReference[]
  /** Whether the format demands a protected reference: without it `SIG_CONSTRAINTS_FAILURE`. */
  readonly needsCertificateReference: boolean
  /** A signature policy other than an implied one. */
  readonly policy?: { readonly id: string; readonly digest?: { algorithm: DigestName; value: Uint8Array } }
  /** Claimed signing time, milliseconds since 1970. */
  readonly claimedAt?: number
  /** DER of all that the signature, or the file for it, carries. */
  readonly material: ValidationMaterial
  readonly timestamps: readonly TimestampInput[]
  /** What is demanded of it beyond its format, where something is (EN 319 102-1 §5.2.8). */
  readonly constraints?: SignatureConstraints
  /** Whether it has what level B of its format demands (EN 319 122-1, 132-1, 142-1 §6). */
  readonly isBaseline: boolean
  readonly reason?: string
  readonly location?: string
  /** Signatures over the value of this one. They are for information: nothing of this one hangs on them. */
  readonly countersignatures?: readonly SignatureInput[]
  /** What the reader found and made no use of. */
  readonly remarks?: readonly Remark[]
}

export interface Remark {
  readonly code: FindingCode
  readonly detail?: string
}

/** Which demands are not met, by what validation found. */
export type SignatureConstraints = (found: {
  /** The signer's certificate first, the anchor last. */
  readonly path: readonly Certificate[]
  /** There is a time-stamp over the signature that is believed. */
  readonly isTimestamped: boolean
}) => readonly Flaw[]

export interface Flaw {
  readonly why: SubIndication
  readonly check: CheckId
  /** A few words for specialists, English, no personal data. */
  readonly detail?: string
}

export interface SignedReference {
  readonly name: string
  readonly algorithm: DigestName | undefined
  /** Undefined where the signature value is over the content itself (CMS without signed attributes). */
  readonly expected: Uint8Array | undefined
  /** What was referred to, in pieces as they lie in the file; undefined when it is not there. */
  readonly content: readonly Uint8Array[] | undefined
}

/** An unprotected pointer. `issuer` is the DER of the name, `serial` the content bytes of the INTEGER. */
export type CertificateHint =
  | { readonly kind: 'issuer-serial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array }
  | { readonly kind: 'certificate'; readonly certificate: Uint8Array }
  | { readonly kind: 'any' }

export interface CertificateReference {
  readonly algorithm: DigestName | undefined
  readonly digest: Uint8Array
  /** DER of the issuer's name (a directoryName) and the serial's INTEGER content, where given. */
  readonly issuer?: Uint8Array
  readonly serial?: Uint8Array
}

/** DER each. OCSP answers as `OCSPResponse` or `BasicOCSPResponse`. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
}

export const noMaterial: ValidationMaterial = { certificates: [], crls: [], ocsps: [] }

export type TimestampKind =
  /** Over the content before it was signed. */
  | 'content'
  /** Over the signature value. */
  | 'signature'
  /** Over references to validation data (CAdES-C time-stamps, XAdES SigAndRefs, RefsOnly). */
  | 'references'
  /** Over the signature and its validation data: CAdES archive-time-stamp v3, XAdES ArchiveTimeStamp, ASiC. */
  | 'archive'
  /** A PDF document time-stamp. */
  | 'document'

export interface TimestampInput {
  readonly id: string
  readonly kind: TimestampKind
  /** DER of the token: CMS ContentInfo. */
  readonly token: Uint8Array
  /**
   * What the imprint must be the digest of, in pieces. A function where it depends on the imprint's algorithm (it gives
   * the bytes to digest, or undefined when something is missing or does not fit). It may reject with nothing but `TooMuchWork`.
   */
  readonly covered:
    | readonly Uint8Array[]
    | undefined
    | ((algorithm: DigestName, digest: DigestFunction) => Promise<readonly Uint8Array[] | undefined>)
  /** What exists since then if the token holds (EN 319 102-1 §5.6.2.3). */
  readonly proves: ProvenObjects
  /** Material for validating the token that lies outside it (DSS, TimeStampValidationData). */
  readonly material?: ValidationMaterial
}

export type DigestFunction = (algorithm: DigestName, data: Uint8Array) => Promise<Uint8Array>

export interface ProvenObjects {
  /** Whether the value of the signature that the time-stamp belongs to is covered. */
  readonly signature: boolean
  /** Whether what is signed is covered itself (not only through the signature's own digest). */
  readonly signedData: boolean
  /** DER of certificates, CRLs, OCSP answers covered. */
  readonly material: ValidationMaterial
  /** Tokens (DER) of time-stamps covered. */
  readonly timestamps: readonly Uint8Array[]
}
