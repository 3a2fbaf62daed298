import type { DigestName, SigningKey } from '@sapan/trust'

/**
 * The baseline levels (EN 319 142-1 §6, EN 319 122-1 §6). B-B: signed. B-T: with a time-stamp that proves when. B-LT:
 * with the certificates and revocation data that checking needs. B-LTA: stamped over all of that, to be renewed.
 */
export type Level = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'

/** Makes time-stamps (RFC 3161). */
export interface Timestamper {
  /**
   * The TimeStampToken over that digest, DER, with the authority's certificate inside. Rejects with a problem
   * `signing-stamp-…`.
   */
  stamp(digest: Uint8Array, algorithm: DigestName): Promise<Uint8Array>
  /** Bytes that a token has at most, so that room can be left for it before there is one. Found by a first stamp when absent. */
  mostBytes?(algorithm: DigestName): Promise<number>
}

/** Revocation data of the certificates of a path, as it goes into a signature. */
export interface RevocationData {
  /** OCSPResponse (RFC 6960), DER. */
  readonly ocsps: readonly Uint8Array[]
  /** CertificateList (RFC 5280 §5), DER. */
  readonly crls: readonly Uint8Array[]
  /** Those that checking the above needs beside the path, DER: of OCSP responders, issuers that were missing. */
  readonly certificates: readonly Uint8Array[]
}

/** Finds out about revocation, with answers that others can check later. */
export interface RevocationSource {
  /**
   * Data for every certificate of the path, nearest first, but for its root. Rejects with `signer-certificate-revoked`,
   * `signer-chain-missing`, `revocation-unavailable`, `-unknown`, `-stale` or `-invalid`. `at`: the time of signing, in milliseconds.
   */
  collect(path: readonly Uint8Array[], at: number): Promise<RevocationData>
}

/** What every way of signing needs. */
export interface SigningOptions {
  readonly key: SigningKey
  readonly level: Level
  /** When it is signed, in milliseconds since 1970. Nothing here looks at a clock. */
  readonly time: number
  /** Needed from B-T on. */
  readonly timestamper?: Timestamper
  /** Needed from B-LT on. */
  readonly revocation?: RevocationSource
}

/** 1: no changes at all; 2: forms may be filled and signed; 3: annotations too (ISO 32000-2, table 257). */
export type Certification = 1 | 2 | 3

/** What a visible signature shows. Without it the signature is invisible, or its field stays as it looks. */
export interface SignatureAppearance {
  /** The page, from 0. With a field that exists, page and rectangle are the field's. */
  readonly page?: number
  /** Left, bottom, right, top in points from the page's lower left corner. */
  readonly rect?: readonly [number, number, number, number]
  readonly lines: readonly string[]
}

export interface PdfSigningOptions extends SigningOptions {
  /** An empty signature field's name, or a new one's; a free name when absent. */
  readonly field?: string
  readonly appearance?: SignatureAppearance
  readonly reason?: string
  readonly location?: string
  /** Certifies: says what may be changed afterwards. Only for the first signature of a document. */
  readonly certification?: Certification
}
