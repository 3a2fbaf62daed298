import { signProblem } from '../../problems/sign.ts'
import type { PathCertificate } from '../certificate/certificate.ts'
import type { RevocationSource } from '../options.ts'
import { isListOf } from './crl.ts'
import { type RevocationSourceOptions, type RevocationWay, revocationSource } from './source.ts'

export interface LocalRevocationOptions extends RevocationSourceOptions {
  /** Answers an OCSPRequest (DER) with an OCSPResponse (DER), for the authorities that are in this process. */
  readonly ocsp?: (request: Uint8Array) => Uint8Array | Promise<Uint8Array>
  /** CRLs of whatever issuers, as they are now. */
  readonly crls?: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>
}

/** Authorities in the same process, or lists that lie there: no network. */
export function localRevocation({ ocsp, crls, ...options }: LocalRevocationOptions): RevocationSource {
  const ways = (certificate: PathCertificate): RevocationWay[] => [
    ...(ocsp ? [{ kind: 'ocsp' as const, ask: async (request: Uint8Array) => ocsp(request) }] : []),
    ...(crls ? [{ kind: 'crl' as const, fetch: async () => listOf(certificate, await crls()) }] : []),
  ]
  return revocationSource({ ways }, options)
}

function listOf(certificate: PathCertificate, lists: readonly Uint8Array[]): Uint8Array {
  const list = lists.find((each) => isListOf(each, certificate.issuer))
  if (!list) throw signProblem('revocation-unavailable', 'ไม่มี CRL ของผู้ออก', 'There is no CRL of the issuer')
  return list
}
