import { sameBytes } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import {
  type Certificate,
  hasPurpose,
  isAuthority,
  keyHashOf,
  needsNoRevocation,
  permits,
} from '../certificates/certificate.ts'
import { usage } from '../certificates/extensions.ts'
import { pathFault } from '../certificates/path-rules.ts'
import type { Path } from '../certificates/paths.ts'
import { digestNow } from '../crypto/digest.ts'
import type { DigestName } from '../crypto/port.ts'
import type { ProofsOfExistence } from '../engine/proofs.ts'
import type { Run } from '../run.ts'
import type { Crl } from './crl.ts'
import type { OcspAnswer, SingleAnswer } from './ocsp.ts'
import { fetchRevocation } from './online.ts'
import type { RevocationInfo } from './status.ts'

/** Clocks may differ by that much before something counts as from the future. */
export const clockTolerance = 5 * 60_000

/** For answers that do not say until when they hold. */
const ageWithoutEnd = 24 * 3_600_000

const onHold = 6

/**
 * Everything at hand that may be believed about the certificate at `position` of the path (RFC 5280 §6.3, RFC 6960
 * §3.2), newest first: from its issuer or one whom the issuer delegated, for this serial, not from the future, and
 * made while the certificate was in its time (an expired one may have been dropped from the list).
 */
export async function revocationInfos(
  run: Run,
  { certificates }: Path,
  position: number,
  proofs: ProofsOfExistence,
  depth = 0,
): Promise<RevocationInfo[]> {
  const certificate = certificates[position]
  const issuer = certificates[position + 1]
  if (!certificate || !issuer) return []
  const context = { run, certificate, issuer, above: certificates[position + 2], proofs, depth }
  const found: (RevocationInfo | undefined)[] = []
  for (const crl of run.crls()) found.push(await fromCrl(context, crl))
  for (const answer of run.ocsps()) found.push(await fromOcsp(context, answer))
  return found
    .flatMap((info) => info ?? [])
    .filter((info) => info.issuedAt <= run.at + clockTolerance)
    .toSorted((one, other) => other.issuedAt - one.issuedAt)
}

interface Context {
  readonly run: Run
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** The issuer's issuer, where the issuer is not the anchor. */
  readonly above: Certificate | undefined
  readonly proofs: ProofsOfExistence
  readonly depth: number
}

function freshUntil({ policy }: Run, thisUpdate: number, nextUpdate: number | undefined): number {
  if (policy.revocationAge !== undefined) return thisUpdate + policy.revocationAge
  return nextUpdate ?? thisUpdate + ageWithoutEnd
}

/** What is said at that time covers the certificate: it was issued, and not yet dropped. */
function speaksOf(
  { notBefore, notAfter }: Certificate,
  thisUpdate: number,
  keptSince: number | undefined,
): boolean {
  if (thisUpdate < notBefore) return false
  return thisUpdate <= notAfter || (keptSince !== undefined && keptSince <= notAfter)
}

async function fromCrl(context: Context, crl: Crl): Promise<RevocationInfo | undefined> {
  const { run, certificate, issuer } = context
  if (crl.issuer.key !== certificate.issuer.key || crl.unusable) return undefined
  if (!isInScope(crl, certificate) || !speaksOf(certificate, crl.thisUpdate, crl.keepsExpiredSince))
    return undefined
  const signer = await crlSigner(context, crl)
  if (!signer || crl.thisUpdate < signer.notBefore) return undefined
  if (signer !== issuer && !isUsable(context, signer, crl.id, crl.thisUpdate)) return undefined
  const entry = entryOf(crl, certificate)
  if (entry === 'unreadable') return undefined
  return {
    id: crl.id,
    kind: 'crl',
    status: entry ? (entry.reason === onHold ? 'on-hold' : 'revoked') : 'good',
    revokedAt: entry?.revokedAt,
    issuedAt: crl.thisUpdate,
    freshUntil: freshUntil(run, crl.thisUpdate, crl.nextUpdate),
    scheme: crl.scheme,
    signer,
  }
}

function entryOf(crl: Crl, { serial }: Certificate) {
  try {
    return crl.entry(serial)
  } catch (error) {
    if (error instanceof Asn1Error) return 'unreadable'
    throw error
  }
}

function isInScope({ scope }: Crl, certificate: Certificate): boolean {
  if (scope.onlyUsers && isAuthority(certificate)) return false
  if (scope.onlyAuthorities && !isAuthority(certificate)) return false
  if (!scope.addresses) return true
  return certificate.extensions.crlAddresses.some((address) => scope.addresses?.includes(address))
}

/**
 * Who signed the list: the issuer itself, or another certificate of that name by the same authority or by the issuer
 * (a change of keys). A list by somebody else of the same name is not the issuer's.
 */
async function crlSigner({ run, issuer, above }: Context, crl: Crl): Promise<Certificate | undefined> {
  const isBy = async (one: Certificate) =>
    permits(one, usage.crlSign) && (await run.isSignedBy(one, crl.scheme, crl.signed, crl.signature)) === true
  if (await isBy(issuer)) return issuer
  for (const other of run.certificatesNamed(issuer.subject.key)) {
    run.work.spend('elements')
    if (other === issuer || !(await isBy(other))) continue
    if ((above && (await run.isIssuedBy(other, above))) || (await run.isIssuedBy(other, issuer))) return other
  }
  return undefined
}

/** Whether a delegated signer was in its time, and still is, unless what it signed is proved to be older than its end. */
function isUsable({ run, proofs }: Context, signer: Certificate, id: string, madeAt: number): boolean {
  if (madeAt < signer.notBefore || madeAt > signer.notAfter) return false
  return run.at <= signer.notAfter || proofs.earliest(id) <= signer.notAfter
}

async function fromOcsp(context: Context, answer: OcspAnswer): Promise<RevocationInfo | undefined> {
  const { run, certificate, issuer } = context
  run.work.spend('elements', 1 + Math.floor(answer.singles.length / 64))
  const single = answer.singles.find(
    (one) => sameBytes(one.serial, certificate.serial) && isFrom(one, issuer),
  )
  if (!single || answer.unusable || single.status === 'unknown') return undefined
  if (answer.producedAt > run.at + clockTolerance || single.thisUpdate > answer.producedAt + clockTolerance) {
    return undefined
  }
  if (!speaksOf(certificate, single.thisUpdate, single.archiveCutoff)) return undefined
  const signer = await ocspSigner(context, answer)
  if (!signer) return undefined
  return {
    id: answer.id,
    kind: 'ocsp',
    status: single.status === 'good' ? 'good' : single.reason === onHold ? 'on-hold' : 'revoked',
    revokedAt: single.revokedAt,
    issuedAt: single.thisUpdate,
    freshUntil: freshUntil(run, single.thisUpdate, single.nextUpdate),
    scheme: answer.scheme,
    signer,
  }
}

function isFrom({ algorithm, issuerNameHash, issuerKeyHash }: SingleAnswer, issuer: Certificate): boolean {
  if (!algorithm) return false
  const { key, name } = namedBy(issuer, algorithm)
  return sameBytes(key, issuerKeyHash) && sameBytes(name, issuerNameHash)
}

interface IssuerHashes {
  readonly key: Uint8Array
  readonly name: Uint8Array
}

const hashes = new WeakMap<Certificate, Map<DigestName, IssuerHashes>>()

/** How an answer names the issuer (RFC 6960 §4.1.1); made once, answers can have a thousand of them. */
function namedBy(issuer: Certificate, algorithm: DigestName): IssuerHashes {
  const known = hashes.get(issuer) ?? new Map<DigestName, IssuerHashes>()
  hashes.set(issuer, known)
  const made = known.get(algorithm) ?? {
    key: digestNow(algorithm, issuer.key.keyBytes),
    name: digestNow(algorithm, issuer.subject.der),
  }
  known.set(algorithm, made)
  return made
}

/** Who signed the answer: the issuer, or a responder to whom the issuer itself gave a certificate (RFC 6960 §4.2.2.2). */
async function ocspSigner(context: Context, answer: OcspAnswer): Promise<Certificate | undefined> {
  const { run, issuer } = context
  const isBy = async (one: Certificate) =>
    (await run.isSignedBy(one, answer.scheme, answer.signed, answer.signature)) === true
  if (isResponder(answer, issuer) && (await isBy(issuer))) return issuer
  const brought = answer.certificates.flatMap((der) => run.certificate(der) ?? [])
  const others =
    'name' in answer.responder
      ? run.certificatesNamed(answer.responder.name.key)
      : run.certificatesOf(answer.responder.keyHash)
  for (const one of new Set([...brought, ...others])) {
    run.work.spend('elements')
    if (isResponder(answer, one) && (await isDelegated(context, one, answer)) && (await isBy(one))) return one
  }
  return undefined
}

function isResponder({ responder }: OcspAnswer, certificate: Certificate): boolean {
  if ('name' in responder) return responder.name.key === certificate.subject.key
  return sameBytes(responder.keyHash, keyHashOf(certificate))
}

async function isDelegated(context: Context, responder: Certificate, answer: OcspAnswer): Promise<boolean> {
  const { run, certificate, issuer } = context
  // A responder cannot vouch for itself.
  if (responder.id === certificate.id || sameBytes(responder.spki, certificate.spki)) return false
  if (isConfigured(run, responder)) return isUsable(context, responder, answer.id, answer.producedAt)
  if (!hasPurpose(responder, oids.ocspSigning)) return false
  if (!permits(responder, usage.digitalSignature) && !permits(responder, usage.nonRepudiation)) return false
  if (!(await run.isIssuedBy(responder, issuer))) return false
  if (!isUsable(context, responder, answer.id, answer.producedAt)) return false
  return isResponderInForce(context, responder)
}

/** Trusted by who checks, as a trusted list may say (RFC 6960 §2.2, "Trusted Responder"). */
function isConfigured({ anchors, at }: Run, { id }: Certificate): boolean {
  return anchors.some(
    ({ certificate, purposes, from, until }) =>
      certificate.id === id && purposes.has('revocation') && at >= from && at < until,
  )
}

/** With ocsp-nocheck its issuer answers for it; otherwise it must be known not to be revoked itself. */
async function isResponderInForce(context: Context, responder: Certificate): Promise<boolean> {
  const { run, issuer, above, proofs, depth } = context
  const certificates = [responder, issuer, ...(above ? [above] : [])]
  const path = { certificates, anchor: anchorLike(issuer) }
  if (pathFault(path, undefined)) return false
  if (responder.extensions.present.has(oids.ocspNoCheck) || needsNoRevocation(responder)) return true
  if (depth > 1) return false
  const isGood = async () => (await revocationInfos(run, path, 0, proofs, depth + 1))[0]?.status === 'good'
  if (await isGood()) return true
  await fetchRevocation(run, responder, issuer, isGood)
  return isGood()
}

const anchorLike = (certificate: Certificate) => ({
  certificate,
  purposes: new Set<never>(),
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
})
