import {
  type DemandedParts,
  demandedSubFilter,
  type PdfFile,
  type SeedValues,
  type SignatureField,
  type UnmetDemand,
  unmetDemands,
} from '../../pdf/index.ts'
import * as oids from '../asn1/oids.ts'
import type { SignerInfo } from '../cms/signed-data.ts'
import type { Flaw, SignatureConstraints } from '../engine/signature.ts'
import type { Run } from '../run.ts'
import { unmetCertificateDemand } from './certificate-seed.ts'

/**
 * What the field that a signature fills demands of it (ISO 32000-2, 12.7.5.5): what its seed values mark as required is
 * a constraint on the signature (EN 319 102-1 §5.2.8), what they only ask for is none. Undefined without seed values.
 */
export function seedConstraints(
  run: Run,
  file: PdfFile,
  field: SignatureField,
  signer: SignerInfo,
): SignatureConstraints | undefined {
  const seed = field.seedValues
  if (!seed) return undefined
  return ({ path, isTimestamped }) => {
    const parts = { ...partsOf(file, field, signer), isTimestamped }
    const faults = unmetDemands(seed, parts).map((unmet) => details[unmet](seed, parts))
    const read = (der: Uint8Array) => run.certificate(der)
    const certificate = seed.certificate && unmetCertificateDemand(seed.certificate, path, read)
    if (certificate) faults.push(certificateDetails[certificate])
    return faults.map((detail): Flaw => ({ why: 'SIG_CONSTRAINTS_FAILURE', check: 'seed-values', detail }))
  }
}

function partsOf(
  file: PdfFile,
  field: SignatureField,
  { digestAlgorithm, signed = [] }: SignerInfo,
): Omit<DemandedParts, 'isTimestamped'> {
  const { subFilter, reason, certification, fieldLock, value, valueRef } = field
  const certifying = file.dict(file.catalog.get('Perms'))?.get('DocMDP')
  return {
    filter: file.name(value?.get('Filter')),
    subFilter,
    reason,
    attestation: file.text(file.dict(file.catalog.get('Legal'))?.get('Attestation')),
    digest: digestAlgorithm,
    hasRevocation: signed.some(({ oid }) => oid === oids.adobeRevocation),
    isCertification: valueRef !== undefined && isSameRef(certifying, valueRef),
    certification,
    isLocking: certification === 1 || fieldLock?.permissions === 1,
  }
}

function isSameRef(object: unknown, ref: NonNullable<SignatureField['valueRef']>): boolean {
  return typeof object === 'object' && object !== null && 'num' in object && object.num === ref.num
}

const details: Readonly<Record<UnmetDemand, (seed: SeedValues, parts: DemandedParts) => string>> = {
  filter: () => 'another Filter is demanded',
  'sub-filter': (seed) => `SubFilter ${demandedSubFilter(seed) ?? 'none'} is demanded`,
  version: () => 'conditions of a version not known here',
  reason: () => 'the reason is none of those permitted',
  'no-reason': () => 'a reason is given where none may be',
  attestation: () => 'none of the legal attestations that are demanded',
  digest: (_, { digest = '' }) => `the digest algorithm ${digest} is not permitted`,
  revocation: () => 'revocation information inside the signature is demanded',
  'no-revocation': () => 'revocation information inside the signature is not permitted',
  'revocation-encoding': () => 'a SubFilter with revocation information is demanded',
  'certification-unreadable': () => 'what the field says of certification cannot be read',
  certification: () => 'it must certify the document',
  'no-certification': () => 'it may not certify the document',
  'certification-level': ({ certification }) => `certification of level ${certification} is demanded`,
  lock: () => 'it must lock the document',
  'no-lock': () => 'it may not lock the document',
  timestamp: () => 'a time-stamp that can be believed is demanded',
}

const certificateDetails: Readonly<Record<NonNullable<ReturnType<typeof unmetCertificateDemand>>, string>> = {
  Subject: 'another certificate is demanded',
  Issuer: 'a certificate of another authority is demanded',
  OID: 'a certificate under another policy is demanded',
  SubjectDN: 'a certificate of another name is demanded',
  KeyUsage: 'a certificate with another key usage is demanded',
  Reserved: 'a demand on the certificate that is not known here',
  missing: 'no certificate',
}
