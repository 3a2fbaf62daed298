import type { RevocationSource, Timestamper } from '@sapan/documents'
import type { DocumentIssuer } from '@sapan/identity'
import type { CertificateStatus, SigningKey } from '@sapan/trust'

/** The authority under which an operator's officers sign, and who stamps the time. */
export interface OperatorDocuments {
  readonly authority: DocumentIssuer
  readonly timestamper: Timestamper
  /** The operator's own seal, where it has one. */
  readonly seal?: { readonly key: SigningKey; readonly revocation: RevocationSource }
  /** Of the agencies whose services the operator runs, by their members' ids. */
  readonly agencySeals: ReadonlyMap<
    string,
    { readonly key: SigningKey; readonly revocation: RevocationSource }
  >
  /** Lists of the authorities above it, DER. */
  lists(): Promise<readonly Uint8Array[]>
  /** Of what the same authority issued beside officers' certificates. */
  statusOf(serial: bigint): CertificateStatus
}
