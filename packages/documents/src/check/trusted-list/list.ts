/** Names by language (`en`, `th`). */
export type Names = Readonly<Record<string, string>>

/** A trusted list (ETSI TS 119 612), as it was read; times in milliseconds since 1970. */
export interface TrustedList {
  /** TSLType: a list of services, or a list of lists. */
  readonly type: string
  readonly version: number
  readonly sequence: number
  /** ISO 3166-1, or `EU`. */
  readonly territory: string
  readonly operator: Names
  readonly scheme: Names
  readonly issued: number
  /** When the next one was to be there at the latest; undefined for a list that was closed. */
  readonly nextUpdate: number | undefined
  /** Other lists, with the certificates of those who sign them. */
  readonly pointers: readonly ListPointer[]
  readonly services: readonly ListedService[]
}

export interface ListPointer {
  readonly location: string
  readonly territory: string | undefined
  /** DER. */
  readonly signers: readonly Uint8Array[]
}

export interface ListedService {
  readonly provider: Names
  readonly name: Names
  /** DER of the certificates that stand for the service. */
  readonly certificates: readonly Uint8Array[]
  /** The present status first, then its history. */
  readonly statuses: readonly ServiceStatus[]
}

export interface ServiceStatus {
  /** ServiceTypeIdentifier without its prefix: `CA/QC`, `TSA/QTST`. */
  readonly type: string
  /** ServiceStatus without its prefix: `granted`, `withdrawn`. */
  readonly status: string
  readonly from: number
  /** AdditionalServiceInformation without its prefix: `ForeSignatures`. */
  readonly uses: readonly string[]
  /** Critical extensions that are not understood: what they restrict is not known. */
  readonly unknown: readonly string[]
}
