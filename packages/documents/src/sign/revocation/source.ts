import { Problem } from '@sapan/kernel'
import { ocspRequest } from '../../check/revocation/ocsp-request.ts'
import { KeptAnswers } from '../../network/kept-answers.ts'
import { signProblem } from '../../problems/sign.ts'
import {
  contentKey,
  displayName,
  distinct,
  type PathCertificate,
  pathFrom,
  readablePathCertificates,
  readPathCertificate,
} from '../certificate/certificate.ts'
import type { RevocationData, RevocationSource } from '../options.ts'
import { checkCrl } from './crl.ts'
import { checkOcsp } from './ocsp.ts'

/** Where answers about one certificate come from. */
export interface RevocationChannel {
  /** Ways to ask about the certificate, the best first. */
  ways(certificate: PathCertificate): readonly RevocationWay[]
  /** The certificate above, where the path handed in lacks it. */
  issuer?(certificate: PathCertificate): Promise<Uint8Array | undefined>
}

export type RevocationWay =
  | { readonly kind: 'ocsp'; ask(request: Uint8Array): Promise<Uint8Array> }
  | { readonly kind: 'crl'; fetch(): Promise<Uint8Array> }

export interface RevocationSourceOptions {
  /** The longest time for which an answer is used again, in milliseconds; 1 hour by default, 0 for never. */
  readonly keepMs?: number
}

interface CheckedAnswer extends RevocationData {
  readonly until: number
}

/** Collects over a channel, checks what comes, and keeps it as long as it is fresh. */
export function revocationSource(
  channel: RevocationChannel,
  { keepMs = 3_600_000 }: RevocationSourceOptions = {},
): RevocationSource {
  const kept = new KeptAnswers<CheckedAnswer>(keepMs)
  const wholes = new KeptAnswers<CheckedAnswer>(keepMs)

  async function about(certificate: PathCertificate, issuer: PathCertificate, at: number) {
    const key = contentKey(certificate.der)
    return kept.get(key, at, () => askEachWay(channel, certificate, issuer, at, aboutResponder))
  }

  /** A responder's certificate says that it needs no check, or is checked like the others. */
  async function aboutResponder(responder: PathCertificate, issuer: PathCertificate, at: number) {
    return responder.needsNoCheck ? nothingNeeded : about(responder, issuer, at)
  }

  async function collectPath(path: readonly Uint8Array[], at: number): Promise<CheckedAnswer> {
    const { certificates, added } = await completed(channel, path)
    const answers: CheckedAnswer[] = []
    for (const [index, certificate] of certificates.entries()) {
      const issuer = certificates[index + 1]
      if (!certificate.isSelfIssued && issuer) answers.push(await about(certificate, issuer, at))
    }
    return merged([...answers, { ...nothingNeeded, certificates: added }])
  }

  return {
    collect: (path, at) => wholes.get(path.map(contentKey).join(), at, () => collectPath(path, at)),
  }
}

const nothingNeeded: CheckedAnswer = { ocsps: [], crls: [], certificates: [], until: Infinity }

function merged(answers: readonly CheckedAnswer[]): CheckedAnswer {
  return {
    ocsps: distinct(answers.flatMap(({ ocsps }) => ocsps)),
    crls: distinct(answers.flatMap(({ crls }) => crls)),
    certificates: distinct(answers.flatMap(({ certificates }) => certificates)),
    until: Math.min(...answers.map(({ until }) => until)),
  }
}

/** The path up to its root; certificates that were missing are fetched where their place is known. */
async function completed(channel: RevocationChannel, path: readonly Uint8Array[]) {
  const [first] = path
  if (!first) throw new TypeError('a path has at least one certificate')
  const bag = readablePathCertificates(path)
  const added: Uint8Array[] = []
  for (;;) {
    const certificates = pathFrom(readPathCertificate(first), bag)
    const top = certificates.at(-1)
    if (!top || top.isSelfIssued || added.length === mostFetched) return { certificates, added }
    const above = await channel.issuer?.(top)
    const [issuer] = above ? readablePathCertificates([above]) : []
    if (!above || !issuer || bag.some(({ der }) => der.equals(issuer.der))) {
      const issued = certificates.length > 1 || top.needsNoCheck
      // What stands at the top without a root is taken for the anchor, unless it is the signer itself.
      if (issued) return { certificates, added }
      const name = displayName(top)
      throw signProblem('signer-chain-missing', name, name)
    }
    added.push(above)
    bag.push(issuer)
  }
}

const mostFetched = 4

async function askEachWay(
  channel: RevocationChannel,
  certificate: PathCertificate,
  issuer: PathCertificate,
  at: number,
  aboutResponder: (responder: PathCertificate, issuer: PathCertificate, at: number) => Promise<CheckedAnswer>,
): Promise<CheckedAnswer> {
  const failures: Problem[] = []
  for (const way of channel.ways(certificate)) {
    try {
      if (way.kind === 'crl') {
        const crl = await way.fetch()
        return { ...nothingNeeded, crls: [crl], until: checkCrl(crl, certificate, issuer, at) }
      }
      const { serial } = certificate
      const asked = { serial, issuer: issuer.subject, issuerKey: issuer.keyBits }
      // Without a nonce: such an answer can be kept, and stands in the document for years.
      const ocsp = await way.ask(ocspRequest(asked))
      const { until, responder } = checkOcsp(ocsp, certificate, issuer, at)
      const own = { ...nothingNeeded, ocsps: [ocsp], until }
      if (!responder) return own
      const beside = await aboutResponder(responder, issuer, at)
      return merged([own, { ...nothingNeeded, certificates: [responder.der] }, beside])
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'signer-certificate-revoked') throw error
      failures.push(error)
    }
  }
  throw worst(failures) ?? unavailable(certificate, 'ใบรับรองไม่บอกที่ตรวจสถานะ', 'it names no place to ask')
}

/** Of several failures the one that says most. */
function worst(failures: readonly Problem[]): Problem | undefined {
  const order = ['revocation-unknown', 'revocation-stale', 'revocation-invalid']
  return order.map((code) => failures.find((each) => each.code === code)).find(Boolean) ?? failures[0]
}

function unavailable(certificate: PathCertificate, thai: string, english: string): Problem {
  const name = displayName(certificate)
  return signProblem('revocation-unavailable', `${name}: ${thai}`, `${name}: ${english}`)
}
