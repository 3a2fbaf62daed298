import type { Timestamper } from '@sapan/documents'
import type { DocumentIssuer } from '@sapan/identity'
import type { CertificateStatus } from '@sapan/trust'

/** The authority under which an operator's officers sign, and who stamps the time. */
export interface OperatorDocuments {
  readonly authority: DocumentIssuer
  readonly timestamper: Timestamper
  /** Lists of the authorities above it, DER. */
  lists(): Promise<readonly Uint8Array[]>
  /** Of what the same authority issued beside officers' certificates. */
  statusOf(serial: bigint): CertificateStatus
}
