import * as oids from '../asn1/oids.ts'
import { type Asn1, orUndefined } from '../asn1/read.ts'
import {
  noMaterial,
  type SignatureInput,
  type TimestampInput,
  type ValidationMaterial,
} from '../engine/signature.ts'
import type { Run } from '../run.ts'
import { archiveTimestamp } from './archive-timestamp.ts'
import { merged } from './material.ts'
import { cmsSignature } from './signature.ts'
import { allValues, materialOf, onlyValue, type SignedData, type SignerInfo } from './signed-data.ts'
import { type Countersigners, countersigners, uncountedEvidence } from './unsigned-evidence.ts'

export interface CadesOptions {
  readonly id: string
  /** What lies beside a detached signature; ignored for an enveloping one. */
  readonly content: readonly Uint8Array[] | undefined
  /** Whether it stands in a PDF or an ASiC container, whose rules demand more. */
  readonly format?: 'cades' | 'pades'
  readonly isStrict?: boolean
  /** It is over the value of another signature (RFC 5652 §11.4). */
  readonly isCounter?: boolean
}

/** The signature of one signer of CMS (EN 319 122-1), with its time-stamps and the validation data it carries. */
export async function cadesSignature(
  run: Run,
  signed: SignedData,
  signer: SignerInfo,
  options: CadesOptions,
): Promise<SignatureInput> {
  const content = signed.content ?? options.content
  const isBaseline = hasReference(signer)
  const isStrict = options.isStrict ?? false
  const object = cmsSignature(signed, signer, {
    content,
    isAttributesNeeded: isStrict,
    isReferenceNeeded: isStrict,
    isCounter: options.isCounter ?? false,
  })
  const others = options.isCounter ? noCountersigners : countersigners(signer)
  const values = attributeMaterial(run, signer)
  const claimedAt = orUndefined(() => onlyValue(signer.signed ?? [], oids.signingTime)?.time())
  const policy = orUndefined(() => policyOf(signer))
  return {
    ...object,
    id: options.id,
    format: isBaseline || isStrict ? (options.format ?? 'cades') : 'cms',
    ...(claimedAt === undefined ? {} : { claimedAt }),
    ...(policy === undefined ? {} : { policy: { id: policy } }),
    isBaseline,
    material: merged([materialOf(signed), values]),
    timestamps: await cadesTimestamps(run, signed, signer, { ...options, content }, values),
    countersignatures: await countersignatures(run, signed, signer, others.signers, options.id),
    remarks: [...others.remarks, ...uncountedEvidence(signer.unsigned)],
  }
}

const noCountersigners: Countersigners = { signers: [], remarks: [] }

/** Each is over the value of this signature, with the certificates that lie beside it. */
function countersignatures(
  run: Run,
  signed: SignedData,
  { value }: SignerInfo,
  signers: readonly SignerInfo[],
  id: string,
): Promise<SignatureInput[]> {
  const over = { ...signed, content: [value] }
  return Promise.all(
    signers.map((signer, at) =>
      cadesSignature(run, over, signer, {
        id: `${id}-countersignature-${at + 1}`,
        content: [value],
        isCounter: true,
      }),
    ),
  )
}

/** signature-policy-identifier (EN 319 122-1 §5.2.9): an explicit policy, not an implied one. */
function policyOf({ signed = [] }: SignerInfo): string | undefined {
  const value = onlyValue(signed, oids.signaturePolicy)
  return value?.tag === 0x30 ? value.children()[0]?.oid() : undefined
}

function hasReference({ signed = [] }: SignerInfo): boolean {
  return signed.some(({ oid }) => oid === oids.signingCertificate || oid === oids.signingCertificateV2)
}

/** certificate-values and revocation-values (EN 319 122-1 annex A), and Adobe's archive of revocation (signed). */
function attributeMaterial(run: Run, { unsigned, signed = [] }: SignerInfo): ValidationMaterial {
  const read = (give: () => ValidationMaterial): ValidationMaterial => {
    const material = orUndefined(give)
    if (!material) run.unreadable++
    return material ?? noMaterial
  }
  const certificates = allValues(unsigned, oids.certificateValues).map((value) =>
    read(() => ({ ...noMaterial, certificates: value.children(0x30).map(({ raw }) => raw) })),
  )
  const values = allValues(unsigned, oids.revocationValues).map((value) =>
    read(() => revocationValues(value)),
  )
  const adobe = allValues(signed, oids.adobeRevocation).map((value) => read(() => revocationValues(value)))
  return merged([...certificates, ...values, ...adobe])
}

function revocationValues(value: Asn1): ValidationMaterial {
  const listed = (tag: number) =>
    value
      .children(0x30)
      .filter((part) => part.tag === tag)
      .flatMap((part) => part.only().children(0x30))
      .map(({ raw }) => raw)
  return { certificates: [], crls: listed(0xa0), ocsps: listed(0xa1) }
}

type ContentOptions = CadesOptions & { readonly content: readonly Uint8Array[] | undefined }

async function cadesTimestamps(
  run: Run,
  signed: SignedData,
  signer: SignerInfo,
  { id, content }: ContentOptions,
  values: ValidationMaterial,
): Promise<TimestampInput[]> {
  const nothing = { signature: false, signedData: false, material: noMaterial, timestamps: [] }
  const found: TimestampInput[] = []
  for (const [at, { raw }] of allValues(signer.signed ?? [], oids.contentTimestamp).entries()) {
    const proves = { ...nothing, signedData: true }
    found.push({
      id: `${id}-content-timestamp-${at + 1}`,
      kind: 'content',
      token: raw,
      covered: content,
      proves,
    })
  }
  for (const [at, { raw }] of allValues(signer.unsigned, oids.signatureTimestamp).entries()) {
    const proves = { ...nothing, signature: true }
    found.push({
      id: `${id}-timestamp-${at + 1}`,
      kind: 'signature',
      token: raw,
      covered: [signer.value],
      proves,
    })
  }
  for (const [at, { raw }] of allValues(signer.unsigned, oids.archiveTimestampV3).entries()) {
    const archive = await archiveTimestamp(run, { signed, signer, content, values }, raw)
    found.push({ ...archive, id: `${id}-archive-timestamp-${at + 1}` })
  }
  return found
}
