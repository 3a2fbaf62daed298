import { Asn1Error } from '../asn1/error.ts'
import { type Certificate, isAuthority } from '../certificates/certificate.ts'
import { readSignedData } from '../cms/signed-data.ts'
import type { Run } from '../run.ts'
import { hostOf, usable } from './online.ts'

const mostSteps = 6
const mostInAnswer = 20

/**
 * Fetches authorities' certificates that a file lacks, from where the certificates below them say (RFC 5280 §4.2.2.1),
 * step by step upwards. They are at hand then, and no more trusted than those in the file.
 */
export async function fetchIssuers(run: Run, end: Certificate): Promise<void> {
  const seen = new Set<string>()
  let below: Certificate | undefined = end
  for (let step = 0; below && step < mostSteps; step++) {
    if (below.isSelfIssued || seen.has(below.id)) return
    seen.add(below.id)
    below = (await issuerAtHand(run, below)) ?? (await fetchIssuer(run, below))
  }
}

async function issuerAtHand(run: Run, below: Certificate): Promise<Certificate | undefined> {
  for (const one of run.certificatesNamed(below.issuer.key)) {
    if (isAuthority(one) && (await run.isIssuedBy(below, one))) return one
  }
  return undefined
}

async function fetchIssuer(run: Run, below: Certificate): Promise<Certificate | undefined> {
  if (!run.online?.issuer || run.wasAsked(`issuer of ${below.id}`)) return undefined
  for (const url of usable(below.extensions.issuerAddresses)) {
    const answer = await run.online.issuer(url)
    if (answer) run.fetched(() => takeIn(run, answer))
    const issuer = await issuerAtHand(run, below)
    if (issuer) return issuer
    if (answer) run.useless.add(hostOf(url))
  }
  run.isUnanswered = true
  return undefined
}

function takeIn(run: Run, answer: Uint8Array): void {
  if (run.certificate(answer)) return
  try {
    const { certificates } = readSignedData(run.read(answer))
    for (const der of certificates.slice(0, mostInAnswer)) run.certificate(der)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
  }
}
