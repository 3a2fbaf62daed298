import { localRevocation, type RevocationSource } from '@sapan/documents'
import type { Pool } from '@sapan/kernel'
import { type CertificateStatus, createCrl, crlHandler, type Handler, ocspHandler } from '@sapan/trust'
import type { DocumentIssuer } from './ports.ts'
import { revocations, statusOfSerial } from './store/keys.ts'

export interface RevocationOptions {
  readonly pool: Pool
  readonly clock: () => number
  readonly authority: DocumentIssuer
  /** What the same authority issued beside officers' certificates: seals, time-stamps. */
  readonly others?: (serial: bigint) => CertificateStatus | Promise<CertificateStatus>
  readonly onError?: (error: unknown) => void
}

/** What says whether officers' certificates still hold. */
export interface OfficerRevocation {
  /** RFC 6960. */
  readonly ocsp: Handler
  /** RFC 5280 §5. */
  readonly crl: Handler
}

/** How long a list may be taken for new. */
const listValidity = 24 * 3_600_000

export function createOfficerRevocation(options: RevocationOptions): OfficerRevocation {
  const { pool, clock, authority, others, onError } = options
  const { issuer } = authority
  return {
    ocsp: ocspHandler({
      responder: issuer,
      issuer: issuer.certificate,
      clock,
      status: async (serial) => {
        const status = await statusOfSerial(pool, serial)
        return status.state === 'unknown' && others ? others(serial) : status
      },
      ...(onError ? { onError } : {}),
    }),
    crl: crlHandler(async () => {
      const now = clock()
      const nextUpdate = now + listValidity
      // Its number grows as time does: every process makes the same list.
      const list = { revoked: await revocations(pool), number: now, now, nextUpdate }
      return { crl: await createCrl(issuer, list), nextUpdate }
    }, clock),
  }
}

/** The same, for signatures that are to carry it; `crls` are lists of the authorities above. */
export function revocationSourceOf(
  { ocsp, crl }: OfficerRevocation,
  crls: () => Promise<readonly Uint8Array[]>,
): RevocationSource {
  const asked = { path: '/', headers: { 'content-type': 'application/ocsp-request' } }
  return localRevocation({
    ocsp: async (body) => (await ocsp({ ...asked, method: 'POST', body })).body,
    crls: async () => [
      (await crl({ ...asked, method: 'GET', body: new Uint8Array() })).body,
      ...(await crls()),
    ],
  })
}
