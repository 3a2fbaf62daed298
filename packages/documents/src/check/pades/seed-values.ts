import type { PdfFile, SeedValues, SignatureField } from '../../pdf/index.ts'
import * as oids from '../asn1/oids.ts'
import type { Attribute, SignerInfo } from '../cms/signed-data.ts'
import type { Flaw, SignatureConstraints } from '../engine/signature.ts'
import type { Run } from '../run.ts'
import { certificateSeedFault } from './certificate-seed.ts'

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
    const faults = [
      ...formFaults(seed, file, field),
      ...contentFaults(seed, field, signer),
      ...certificationFaults(seed, file, field),
      seed.needsTimestamp && !isTimestamped ? 'a time-stamp that can be believed is demanded' : undefined,
      seed.certificate && certificateSeedFault(run, seed.certificate, path),
    ]
    return faults.flatMap((detail): Flaw[] =>
      detail ? [{ why: 'SIG_CONSTRAINTS_FAILURE', check: 'seed-values', detail }] : [],
    )
  }
}

type Faults = (string | undefined | false)[]

/** The latest set of entries that is known here: PDF 2.0. */
const newestVersion = 3

/** Encodings that software for signing writes today; the first of them in a list is the one to be used. */
const written = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached', 'ETSI.RFC3161']

function formFaults({ required, ...seed }: SeedValues, file: PdfFile, field: SignatureField): Faults {
  const first = seed.subFilters?.find((one) => written.includes(one)) ?? seed.subFilters?.[0]
  const filter = file.name(field.value?.get('Filter'))
  return [
    required.has('Filter') &&
      seed.filter !== undefined &&
      seed.filter !== filter &&
      'another Filter is demanded',
    required.has('SubFilter') &&
      seed.subFilters &&
      first !== field.subFilter &&
      `SubFilter ${first ?? 'none'} is demanded`,
    required.has('V') && (seed.version ?? 0) > newestVersion && 'conditions of a version not known here',
    required.has('Reasons') && reasonFault(seed.reasons ?? [], field.reason),
    required.has('LegalAttestation') && attestationFault(seed.attestations, file),
  ]
}

/** No reasons, or a full stop alone: there must be none (table 237). */
function reasonFault(reasons: readonly string[], reason: string | undefined): string | undefined {
  const [only, ...more] = reasons
  if (only === undefined || (only === '.' && more.length === 0))
    return reason === undefined ? undefined : 'a reason is given where none may be'
  return reason !== undefined && reasons.includes(reason)
    ? undefined
    : 'the reason is none of those permitted'
}

/** What the author attests of the document's content (ISO 32000-2, 12.8.7) stands in the catalog. */
function attestationFault(permitted: readonly string[] | undefined, file: PdfFile): string | undefined {
  if (!permitted) return undefined
  const attestation = file.text(file.dict(file.catalog.get('Legal'))?.get('Attestation'))
  return attestation !== undefined && permitted.includes(attestation)
    ? undefined
    : 'none of the legal attestations that are demanded'
}

function contentFaults(
  { required, ...seed }: SeedValues,
  { subFilter = '' }: SignatureField,
  { digestAlgorithm, signed = [] }: SignerInfo,
): Faults {
  const digests = seed.digests?.map((one) => one.toLowerCase().replaceAll('-', ''))
  return [
    required.has('DigestMethod') &&
      digests &&
      !digests.includes(digestAlgorithm ?? '') &&
      `the digest algorithm ${digestAlgorithm ?? ''} is not permitted`,
    required.has('AddRevInfo') && revocationFault(seed.revocation, subFilter, signed),
  ]
}

/** It lies in a signed attribute, of the encodings that have one (table 237, AddRevInfo). */
function revocationFault(
  isDemanded: boolean | undefined,
  subFilter: string,
  signed: readonly Attribute[],
): string | undefined {
  if (isDemanded === undefined) return undefined
  if (isDemanded && !subFilter.startsWith('adbe.pkcs7.'))
    return 'a SubFilter with revocation information is demanded'
  if (signed.some(({ oid }) => oid === oids.adobeRevocation) === isDemanded) return undefined
  return `revocation information inside the signature is ${isDemanded ? 'demanded' : 'not permitted'}`
}

function certificationFaults(
  { required, ...seed }: SeedValues,
  file: PdfFile,
  field: SignatureField,
): Faults {
  const certifying = file.dict(file.catalog.get('Perms'))?.get('DocMDP')
  const isCertification = field.valueRef !== undefined && isSameRef(certifying, field.valueRef)
  const level = field.certification ?? field.fieldLock?.permissions ?? null
  const mdp = seed.certification
  const isLocked = level === 1
  return [
    mdp !== undefined && mdp < 0 && 'what the field says of certification cannot be read',
    mdp === 0 && (isCertification || field.certification !== null) && 'it may not certify the document',
    mdp !== undefined && mdp > 0 && !isCertification && 'it must certify the document',
    mdp !== undefined &&
      mdp > 0 &&
      mdp !== field.certification &&
      `certification of level ${mdp} is demanded`,
    required.has('LockDocument') && seed.lock === 'true' && !isLocked && 'it must lock the document',
    required.has('LockDocument') && seed.lock === 'false' && isLocked && 'it may not lock the document',
  ]
}

function isSameRef(object: unknown, ref: NonNullable<SignatureField['valueRef']>): boolean {
  return typeof object === 'object' && object !== null && 'num' in object && object.num === ref.num
}
