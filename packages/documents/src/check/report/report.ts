import type { Text } from '@sapan/kernel'
import type { Indication, SubIndication } from '../engine/indication.ts'
import type { TimestampKind } from '../engine/signature.ts'
import type { CheckId } from '../texts/checks.ts'
import type { FindingCode } from '../texts/findings.ts'

/** What the checker says about a file. Plain JSON: times are ISO 8601 in UTC, bytes are lower-case hex. */
export interface Report {
  readonly file: {
    readonly name?: string
    readonly bytes: number
    readonly sha256: string
    readonly format: FileFormat
  }
  /** The time for which it was checked. */
  readonly at: string
  /** The worst of the signatures. */
  readonly conclusion: Indication | 'NO_SIGNATURE'
  readonly subIndication?: SubIndication
  readonly signatures: readonly SignatureReport[]
  /** Time-stamps over the file that belong to no signature: they prove when it was there, not who made it. */
  readonly timestamps?: readonly TimestampReport[]
  readonly document?: DocumentReport
  readonly findings: readonly Finding[]
}

export type FileFormat =
  | 'pdf'
  | 'unsigned-pdf'
  | 'asic-e'
  | 'asic-s'
  | 'cades'
  | 'xades'
  | 'timestamp'
  | 'unknown'

export type SignatureLevel =
  | `PAdES-B-${'B' | 'T' | 'LT' | 'LTA'}`
  | `CAdES-B-${'B' | 'T' | 'LT' | 'LTA'}`
  | `XAdES-B-${'B' | 'T' | 'LT' | 'LTA'}`
  | 'PKCS7'
  | 'none'

export interface SignatureReport {
  readonly id: string
  readonly level: SignatureLevel
  readonly indication: Indication
  readonly subIndication?: SubIndication
  readonly signer?: CertificateReport & { readonly chain: readonly CertificateReport[] }
  /** What the signer says; nobody else does. */
  readonly claimedAt?: string
  /** The earliest time at which the signature is proved to have existed. */
  readonly bestSignatureTime?: string
  readonly timestamps: readonly TimestampReport[]
  readonly scope: 'whole-file' | 'whole-revision' | 'partial' | 'detached'
  readonly algorithms: { readonly signature?: string; readonly digest?: string; readonly key?: string }
  readonly checks: readonly Check[]
  /** Of changes that came after it in the same file. */
  readonly changesAfter: 'none' | 'allowed' | 'suspicious' | 'refused'
  readonly reason?: string
  readonly location?: string
  /** Names of the things that it is over, in a container or detached. */
  readonly covers?: readonly string[]
  /** PDF only: the revision that it closes, 0-based. */
  readonly revision?: number
  /** Signatures of others over this one's value. They decide nothing about it. */
  readonly countersignatures?: readonly SignatureReport[]
  readonly findings: readonly Finding[]
}

export interface CertificateReport {
  readonly name: string
  readonly organisation?: string
  readonly country?: string
  readonly serial: string
  /** SHA-256 of the DER. */
  readonly fingerprint: string
  readonly notBefore: string
  readonly notAfter: string
  readonly issuer: string
  readonly trusted?: boolean
  readonly revoked?: string
}

export interface TimestampReport {
  readonly id: string
  readonly kind: TimestampKind
  readonly at?: string
  readonly authority?: string
  readonly indication: Indication
  readonly subIndication?: SubIndication
  readonly checks: readonly Check[]
}

export interface Check {
  readonly id: CheckId
  readonly passed: boolean
  readonly text: Text
  /** For specialists, English. */
  readonly detail?: string
}

export interface Finding {
  readonly code: FindingCode
  readonly severity: 'note' | 'warning' | 'error'
  readonly text: Text
  readonly detail?: string
}

export interface DocumentReport {
  readonly pages?: number
  readonly pdfaClaim?: string
  readonly title?: string
  readonly revisions: readonly RevisionReport[]
  readonly attachments: readonly AttachmentReport[]
  readonly embedded?: {
    readonly template: string
    readonly agrees: boolean
    readonly differences: readonly DataDifference[]
  }
}

/** Where the data inside and the pages do not say the same. */
export interface DataDifference {
  readonly kind: string
  readonly text: Text
  /** What the data makes, and what the page shows in its place: a few letters each, without spaces. */
  readonly expected?: string
  readonly shown?: string
}

export interface RevisionReport {
  readonly index: number
  readonly signedBy?: string
  readonly changes: readonly { readonly kind: string; readonly text?: Text; readonly detail?: string }[]
  readonly verdict: 'first' | 'allowed' | 'suspicious' | 'refused' | 'unsigned'
}

export interface AttachmentReport {
  readonly name: string
  readonly mime?: string
  readonly relationship?: string
  readonly sha256: string
  readonly bytes: number
}
