import { joinBytes } from '../../bytes.ts'
import type { PdfFile, SignatureField } from '../../pdf/index.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { readFirst } from '../asn1/read.ts'
import { cadesSignature } from '../cms/cades.ts'
import { merged } from '../cms/material.ts'
import { materialOf, readSignedData, type SignedData } from '../cms/signed-data.ts'
import {
  type Flaw,
  noMaterial,
  type SignatureInput,
  type TimestampInput,
  type ValidationMaterial,
} from '../engine/signature.ts'
import type { Run } from '../run.ts'
import type { SecurityStores } from './dss.ts'
import { seedConstraints } from './seed-values.ts'

/** A field with its place in the file: what it is over, and the store of the file as it is now. */
export interface PdfSignatures {
  readonly file: PdfFile
  readonly bytes: Uint8Array
  readonly fields: readonly SignatureField[]
  readonly stores: SecurityStores
  readonly newest: number
}

export function isTimestamp({ type, subFilter }: SignatureField): boolean {
  return type === 'DocTimeStamp' || subFilter === 'ETSI.RFC3161'
}

/** The signature of a field (EN 319 142-1; ISO 32000-2, 12.8.3), with the document time-stamps that came later. */
export async function padesSignature(
  run: Run,
  file: PdfSignatures,
  field: SignatureField,
  more: readonly Flaw[],
): Promise<SignatureInput> {
  const store = file.stores.at(file.newest)
  const flaws = [...fieldFlaws(field), ...more]
  const signed = readContents(run, field)
  const [signer, ...others] = signed?.signers ?? []
  if (!signed || !signer) return unreadable(field, [...flaws, flaw('format-readable', 'Contents')], store)
  if (others.length > 0) flaws.push(flaw('one-signer', `${others.length + 1} signers`))
  const content = signedPieces(file.bytes, field)
  const isCades = field.subFilter === 'ETSI.CAdES.detached'
  flaws.push(...contentFlaws(signed, field))
  const input = await cadesSignature(run, { ...signed, content: undefined }, signer, {
    id: field.name,
    content: field.subFilter === 'adbe.pkcs7.sha1' ? signed.content : content,
    format: 'pades',
    isStrict: isCades,
  })
  const sha1 = field.subFilter === 'adbe.pkcs7.sha1' && signed.content
  const own = merged([materialOf(signed), input.material])
  const claimedAt = input.claimedAt ?? field.signedAt
  const constraints = seedConstraints(run, file.file, field, signer)
  return {
    ...input,
    format: isCades ? 'pades' : 'cms',
    flaws: [...flaws, ...input.flaws],
    references: sha1
      ? [...input.references, { name: 'ByteRange', algorithm: 'sha1', expected: joinBytes(sha1), content }]
      : input.references,
    isBaseline: isCades && input.certificateReferences.length > 0,
    material: merged([own, store]),
    timestamps: [...input.timestamps, ...documentTimestamps(run, file, field, own, input.timestamps)],
    ...(constraints ? { constraints } : {}),
    ...(claimedAt === undefined ? {} : { claimedAt }),
    ...(field.reason === undefined ? {} : { reason: field.reason }),
    ...(field.location === undefined ? {} : { location: field.location }),
  }
}

const flaw = (check: Flaw['check'], detail: string): Flaw => ({ why: 'FORMAT_FAILURE', check, detail })

const subFilters: readonly (string | undefined)[] = [
  'ETSI.CAdES.detached',
  'adbe.pkcs7.detached',
  'adbe.pkcs7.sha1',
]

function fieldFlaws(field: SignatureField): Flaw[] {
  const { flaws, subFilter, coversWholeRevision } = field
  const found = flaws.map((one) => flaw('byte-range', one))
  if (flaws.length === 0 && !coversWholeRevision) found.push(flaw('byte-range', 'not a whole revision'))
  if (!subFilters.includes(subFilter))
    found.push(flaw('format-readable', `SubFilter ${subFilter ?? 'missing'}`))
  return found
}

/** Content inside the CMS would be verified instead of the file. */
function contentFlaws({ content, contentType }: SignedData, { subFilter }: SignatureField): Flaw[] {
  const found: Flaw[] = []
  if (contentType !== oids.data) found.push(flaw('signed-attributes', 'a content type other than data'))
  if (content && subFilter !== 'adbe.pkcs7.sha1')
    found.push(flaw('format-readable', 'content inside the signature'))
  if (!content && subFilter === 'adbe.pkcs7.sha1') found.push(flaw('format-readable', 'no digest inside'))
  return found
}

function readContents(run: Run, { contents }: SignatureField): SignedData | undefined {
  try {
    return readSignedData(readFirst(contents, run.work))
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** The bytes of the file that the ByteRange names; undefined when it is not one. */
export function signedPieces(
  bytes: Uint8Array,
  { byteRange, flaws }: SignatureField,
): Uint8Array[] | undefined {
  if (!byteRange || flaws.length > 0) return undefined
  const [start, length, next, rest] = byteRange
  return [bytes.subarray(start, start + length), bytes.subarray(next, next + rest)]
}

function unreadable(
  field: SignatureField,
  flaws: readonly Flaw[],
  material: ValidationMaterial,
): SignatureInput {
  return {
    id: field.name,
    format: 'pades',
    flaws,
    scheme: undefined,
    value: field.contents,
    signedBytes: new Uint8Array(),
    references: [],
    signerHint: { kind: 'certificate', certificate: new Uint8Array() },
    certificateReferences: [],
    needsCertificateReference: true,
    isBaseline: false,
    material,
    timestamps: [],
    ...(field.signedAt === undefined ? {} : { claimedAt: field.signedAt }),
  }
}

/** Time-stamps over a later revision: they cover the signature, its certificates and the store of that revision. */
function documentTimestamps(
  run: Run,
  { bytes, fields, stores, newest }: PdfSignatures,
  field: SignatureField,
  own: ValidationMaterial,
  inside: readonly TimestampInput[],
): TimestampInput[] {
  const later = fields.filter(
    (one) => isTimestamp(one) && one.revision > field.revision && field.revision >= 0,
  )
  // Each is over all before it.
  run.work.spend('elements', later.length ** 2)
  return later.map((one) =>
    documentTimestamp(
      bytes,
      one,
      {
        signature: true,
        signedData: true,
        material: merged([own, stores.at(one.revision)]),
        timestamps: [
          ...inside.map(({ token }) => token),
          ...later.filter(({ revision }) => revision < one.revision).map(({ contents }) => contents),
        ],
      },
      stores.at(newest),
    ),
  )
}

export function documentTimestamp(
  bytes: Uint8Array,
  field: SignatureField,
  proves: TimestampInput['proves'],
  material: ValidationMaterial = noMaterial,
): TimestampInput {
  const covered = field.coversWholeRevision ? signedPieces(bytes, field) : undefined
  return { id: field.name, kind: 'document', token: field.contents, covered, proves, material }
}
