import { Asn1Error } from '../../check/asn1/error.ts'
import { type Certificate, readCertificate } from '../../check/certificates/certificate.ts'
import { unmetCertificateDemand } from '../../check/pades/certificate-seed.ts'
import { Work } from '../../check/work.ts'
import {
  type DemandedParts,
  type PdfFile,
  permittedReasons,
  type SeedValues,
  type SignatureField,
  unmetDemands,
} from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import type { PreparedSigner } from '../cades/signer.ts'
import { reaches } from '../evidence.ts'
import type { Certification, PdfSigningOptions } from '../options.ts'
import { certificateDemandText, demandText } from './demand-texts.ts'
import type { SignableFile } from './open.ts'
import { signatureFilter, signatureSubFilter } from './signature-object.ts'

/** What a field's demands can change of how it is signed. */
type Wishes = Pick<
  PdfSigningOptions,
  'field' | 'reason' | 'certification' | 'level' | 'timestamper' | 'revocation'
>

/** How a field is signed so that its demands are met. */
export interface Obeyed<O> {
  readonly options: O
  /** Whether the signature itself must permit no change afterwards. */
  readonly isClosing: boolean
}

/**
 * What the field that is signed demands (its seed values, ISO 32000-2, 12.7.5.5) is obeyed where nothing that was asked
 * for is against it: the one reason that is permitted, a certification, a lock, a time-stamp. Throws
 * `signature-field-demands` for what is not met then; a checker would refuse such a signature.
 */
export function obeyField<O extends Wishes>(
  { file, fields }: SignableFile,
  signer: PreparedSigner,
  options: O,
): Obeyed<O> {
  const field = fields.find(({ name }) => name === options.field)
  const seed = field?.seedValues
  if (!field || !seed || field.value) return { options, isClosing: false }
  const obeyed = { ...options, ...obedience(seed, options) }
  const isClosing = seed.required.has('LockDocument') && seed.lock === 'true'
  const parts = partsOf(file, field, signer, obeyed, isClosing)
  const unmet = unmetDemands(seed, parts).map((demand) => demandText(demand, seed, parts))
  if ((seed.certification ?? 0) > 0 && isSigned(fields)) unmet.push(demandText('certification', seed, parts))
  const certificate = seed.certificate && unmetOfCertificate(seed.certificate, signer)
  if (certificate) unmet.push(certificateDemandText(certificate))
  if (unmet.length > 0) {
    const { name } = field
    throw signProblem(
      'signature-field-demands',
      `ช่อง ${name}: ${unmet.map(({ th }) => th).join('; ')}`,
      `The field ${name}: ${unmet.map(({ en }) => en).join('; ')}`,
    )
  }
  return { options: obeyed, isClosing }
}

/** What was left open and the field decides. */
function obedience(
  seed: SeedValues,
  { reason, certification, level, timestamper }: Wishes,
): Partial<Pick<Wishes, 'reason' | 'certification' | 'level'>> {
  const [only, ...others] = seed.required.has('Reasons') ? permittedReasons(seed) : []
  const demanded = certificationOf(seed)
  const lacksTimestamp = seed.needsTimestamp && timestamper && !reaches(level, 'B-T')
  return {
    ...(!reason && only !== undefined && others.length === 0 && { reason: only }),
    ...(certification === undefined && demanded !== undefined && { certification: demanded }),
    ...(lacksTimestamp && { level: 'B-T' }),
  }
}

function certificationOf({ certification }: SeedValues): Certification | undefined {
  return certification === 1 || certification === 2 || certification === 3 ? certification : undefined
}

/** What the signature will be. */
function partsOf(
  file: PdfFile,
  { fieldLock }: SignatureField,
  signer: PreparedSigner,
  { reason, certification, level }: Wishes,
  isClosing: boolean,
): DemandedParts {
  return {
    filter: signatureFilter,
    subFilter: signatureSubFilter,
    reason: reason === '' ? undefined : reason,
    attestation: file.text(file.dict(file.catalog.get('Legal'))?.get('Attestation')),
    digest: signer.digest,
    hasRevocation: false,
    isCertification: certification !== undefined,
    certification: certification ?? null,
    isLocking: isClosing || certification === 1 || fieldLock?.permissions === 1,
    isTimestamped: reaches(level, 'B-T'),
  }
}

/** Only a first signature can certify (12.8.2.2.1). */
function isSigned(fields: readonly SignatureField[]): boolean {
  return fields.some(({ value, type }) => value !== undefined && type === 'Sig')
}

/** Certificates are read as the checker reads them: what it will not read meets no demand. */
function unmetOfCertificate(seed: NonNullable<SeedValues['certificate']>, { certificates }: PreparedSigner) {
  const work = new Work()
  const read = (der: Uint8Array): Certificate | undefined => {
    try {
      return readCertificate(der, work)
    } catch (error) {
      if (error instanceof Asn1Error) return undefined
      throw error
    }
  }
  const path = certificates.flatMap((der) => read(der) ?? [])
  return unmetCertificateDemand(seed, path, read)
}
