import { fromArmour } from '../../network/armour.ts'
import { CallError, type CallOptions, call, hostOf } from '../../network/call.ts'
import { signProblem } from '../../problems/sign.ts'
import type { PathCertificate } from '../certificate/certificate.ts'
import type { RevocationSource } from '../options.ts'
import { type RevocationSourceOptions, type RevocationWay, revocationSource } from './source.ts'

export interface HttpRevocationOptions extends CallOptions, RevocationSourceOptions {
  /** Lists are asked for first. OCSP is first by default: its answers are small. */
  readonly preferLists?: boolean
}

/** CRLs may be large: those of national authorities have some megabytes. */
const mostListBytes = 32 * 1024 * 1024

/**
 * Asks where the certificates say: OCSP (RFC 6960 appendix A), CRLs, and the issuers' certificates where they are
 * missing (RFC 5280 §4.2.2.1).
 */
export function httpRevocation(options: HttpRevocationOptions = {}): RevocationSource {
  const ways = (certificate: PathCertificate): RevocationWay[] => {
    const ocsp = certificate.ocspUrls.map(
      (url): RevocationWay => ({ kind: 'ocsp', ask: (request) => askOcsp(url, request, options) }),
    )
    const lists = certificate.crlUrls.map(
      (url): RevocationWay => ({ kind: 'crl', fetch: () => fetchList(url, options) }),
    )
    return options.preferLists ? [...lists, ...ocsp] : [...ocsp, ...lists]
  }
  return revocationSource({ ways, issuer: (certificate) => fetchIssuer(certificate, options) }, options)
}

function askOcsp(url: string, body: Uint8Array, options: CallOptions): Promise<Uint8Array> {
  const contentType = 'application/ocsp-request'
  return orUnavailable(url, () =>
    call({ url, body, contentType, accept: 'application/ocsp-response' }, options),
  )
}

function fetchList(url: string, options: CallOptions): Promise<Uint8Array> {
  return orUnavailable(url, async () =>
    fromArmour(await call({ url }, { mostBytes: mostListBytes, ...options })),
  )
}

async function fetchIssuer(
  { issuerUrls }: PathCertificate,
  options: CallOptions,
): Promise<Uint8Array | undefined> {
  for (const url of issuerUrls) {
    try {
      return fromArmour(await call({ url }, options))
    } catch (error) {
      if (!(error instanceof CallError)) throw error
    }
  }
  return undefined
}

async function orUnavailable(url: string, ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await ask()
  } catch (cause) {
    if (!(cause instanceof CallError)) throw cause
    const said = `${hostOf(url)}: ${cause.message}`
    throw signProblem('revocation-unavailable', said, said, { cause })
  }
}
