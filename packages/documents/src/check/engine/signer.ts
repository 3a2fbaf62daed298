import { sameBytes } from '../../bytes.ts'
import { type Certificate, keyIdentifierOf } from '../certificates/certificate.ts'
import type { Checks } from '../report/checks.ts'
import type { Run } from '../run.ts'
import { type Outcome, passed, stopped } from './indication.ts'
import type { CertificateHint, CertificateReference, SignatureInput, SignedReference } from './signature.ts'

/** What integrity needs of a signature or a time-stamp. */
export type SignedObject = Pick<
  SignatureInput,
  | 'flaws'
  | 'scheme'
  | 'value'
  | 'signedBytes'
  | 'references'
  | 'signerHint'
  | 'certificateReferences'
  | 'needsCertificateReference'
>

export interface Integrity {
  readonly outcome: Outcome
  readonly certificate: Certificate | undefined
}

/**
 * Format checking, identification of the signing certificate, and cryptographic verification (EN 319 102-1 §5.2.2,
 * §5.2.3, §5.2.7). What was changed is told before who signed: it needs no certificate.
 */
export async function checkIntegrity(run: Run, object: SignedObject, checks: Checks): Promise<Integrity> {
  const certificate = await identify(run, object)
  const broken = object.flaws.find(({ why }) => why === 'FORMAT_FAILURE')
  for (const { check, detail } of object.flaws) checks.add(check, false, detail)
  if (broken) return { outcome: stopped('FORMAT_FAILURE'), certificate }
  checks.add('format-readable', true)
  const data = await checkReferences(run, object.references, checks)
  if (!data.passed) return { outcome: data, certificate }
  if (!checks.add('signing-certificate', certificate !== undefined)) {
    return { outcome: stopped('NO_SIGNING_CERTIFICATE_FOUND'), certificate }
  }
  if (object.certificateReferences.length > 0) checks.add('signing-certificate-reference', true)
  return { outcome: await checkValue(run, object, certificate, checks), certificate }
}

async function checkReferences(
  run: Run,
  references: readonly SignedReference[],
  checks: Checks,
): Promise<Outcome> {
  let isMissing = references.length === 0
  for (const { name, algorithm, expected, content } of references) {
    if (!content) {
      isMissing = true
      checks.add('signed-data-found', false, name)
      continue
    }
    if (!expected) continue
    if (!algorithm) {
      checks.add('signed-data-intact', false, 'a digest algorithm that is not supported')
      return stopped('CRYPTO_CONSTRAINTS_FAILURE')
    }
    const isIntact = sameBytes(await run.digest(algorithm, content), expected)
    checks.add('signed-data-intact', isIntact, isIntact ? undefined : name)
    if (!isIntact) return stopped('HASH_FAILURE')
  }
  if (isMissing) return stopped('SIGNED_DATA_NOT_FOUND')
  checks.add('signed-data-found', true)
  return passed
}

async function checkValue(
  run: Run,
  { scheme, signedBytes, value }: SignedObject,
  certificate: Certificate | undefined,
  checks: Checks,
): Promise<Outcome> {
  const isRight = certificate && (await run.isSignedBy(certificate, scheme, signedBytes, value))
  if (isRight === 'unsupported') {
    checks.add('signature-value', false, 'an algorithm or key that is not supported')
    return stopped('CRYPTO_CONSTRAINTS_FAILURE')
  }
  return checks.add('signature-value', isRight === true) ? passed : stopped('SIG_CRYPTO_FAILURE')
}

const mostCandidates = 20

/**
 * The certificate that the signature names where it is protected; it must also be the one that the unprotected pointer
 * names. Without a protected reference, the one of those pointed at whose key made the signature.
 */
async function identify(run: Run, object: SignedObject): Promise<Certificate | undefined> {
  const { signerHint: hint, certificateReferences, scheme, signedBytes, value } = object
  const pointed = run.certificates().filter((certificate) => !hint || isPointedAt(run, certificate, hint))
  const [reference] = certificateReferences
  if (reference) {
    for (const certificate of pointed) if (await isReferred(run, certificate, reference)) return certificate
    return undefined
  }
  for (const certificate of pointed.slice(0, mostCandidates)) {
    if ((await run.isSignedBy(certificate, scheme, signedBytes, value)) === true) return certificate
  }
  return hint && hint.kind !== 'any' ? pointed[0] : undefined
}

function isPointedAt(run: Run, certificate: Certificate, hint: CertificateHint): boolean {
  if (hint.kind === 'issuer-serial') {
    return sameBytes(certificate.serial, hint.serial) && sameBytes(certificate.issuer.der, hint.issuer)
  }
  if (hint.kind === 'key-identifier') return sameBytes(keyIdentifierOf(certificate), hint.keyIdentifier)
  if (hint.kind === 'certificate') return certificate.id === run.idOf(hint.certificate)
  return true
}

async function isReferred(
  run: Run,
  certificate: Certificate,
  { algorithm, digest, serial }: CertificateReference,
): Promise<boolean> {
  if (!algorithm || (serial && !sameBytes(serial, certificate.serial))) return false
  return sameBytes(await run.digest(algorithm, [certificate.der]), digest)
}

/** The certificates that the signature itself protects: they were there when it was. */
export async function protectedCertificates(
  run: Run,
  references: readonly CertificateReference[],
): Promise<Certificate[]> {
  const found: Certificate[] = []
  for (const reference of references) {
    const candidates = run
      .certificates()
      .filter(({ serial }) => !reference.serial || sameBytes(serial, reference.serial))
    for (const certificate of candidates.slice(0, 200)) {
      if (await isReferred(run, certificate, reference)) found.push(certificate)
    }
  }
  return found
}
