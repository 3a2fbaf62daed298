import { createHash } from 'node:crypto'
import type { DigestName } from '@sapan/trust'
import { PdfDict, type PdfRef, writeObject } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import { mostSignedDataBytes, signedAttributes } from '../cades/signed-data.ts'
import { checkSigner, type PreparedSigner, prepareSigner, type SignerIdentity } from '../cades/signer.ts'
import { checkLevel, reaches } from '../evidence.ts'
import type { PdfSigningOptions } from '../options.ts'
import { mostTokenBytes } from '../timestamp/size.ts'
import { type Obeyed, obeyField } from './demands.ts'
import { Draft } from './draft.ts'
import { placeSignature } from './field.ts'
import { openForSigning, orUnsignable, type SignableFile } from './open.ts'
import { checkPermitted } from './permission.ts'
import { RunningDigest } from './running-digest.ts'
import { SignatureObject } from './signature-object.ts'

export interface PreparationOptions extends Omit<PdfSigningOptions, 'key'> {
  /** Of a SigningKey what is public is enough. */
  readonly key: SignerIdentity
}

/** A document that waits for its signature value. Lives in memory; is completed once. */
export interface PreparedSignature {
  /** What the key signs: the signed attributes, DER. */
  readonly toBeSigned: Uint8Array
  /** The digest of `toBeSigned`, for services that sign digests. */
  readonly digest: Uint8Array
  readonly digestAlgorithm: DigestName
  /** @internal */
  readonly pending: PendingSignature
}

export interface PendingSignature {
  readonly signer: PreparedSigner
  readonly options: PreparationOptions
  readonly signable: SignableFile
  readonly draft: Draft
  readonly object: SignatureObject
  readonly digest: RunningDigest
  readonly attributes: Buffer
  /** Names of fields, the new one among them. */
  readonly names: Set<string>
  isCompleted: boolean
}

/** Bytes of the objects of a revision beside Contents, the cross-references among them; more costs a copy. */
const revisionBytes = 6 * 1024
/** What evidence takes usually. */
const usualEvidence = 16 * 1024

/**
 * Writes the revision that a signature closes, all but the signature value. Rejects with `document-…`,
 * `signature-field-…`, `signature-appearance-unusable`, `signer-certificate-…`; what a field demands of its signature
 * is obeyed where it was left open. At B-T and above also as the
 * time-stamper does, whose tokens must be known to leave room for one.
 */
export async function prepareSignature(
  pdf: Uint8Array,
  options: PreparationOptions,
): Promise<PreparedSignature> {
  checkLevel(options)
  const signer = prepareSigner(options.key)
  checkSigner(signer, options.time)
  const signable = openForSigning(pdf)
  const obeyed = orUnsignable(() => obeyField(signable, signer, options))
  checkPermitted(signable.fields, obeyed.options)
  const tokenBytes = await tokenRoom(signer, obeyed.options)
  const contentBytes = mostSignedDataBytes(signer, tokenBytes)
  const pending = orUnsignable(() => draftSignature(signer, signable, obeyed, contentBytes, tokenBytes))
  return {
    toBeSigned: pending.attributes,
    digest: createHash(signer.digest).update(pending.attributes).digest(),
    digestAlgorithm: signer.digest,
    pending,
  }
}

async function tokenRoom(
  signer: PreparedSigner,
  { level, timestamper }: PreparationOptions,
): Promise<number> {
  return timestamper && reaches(level, 'B-T') ? mostTokenBytes(timestamper, signer.digest) : 0
}

function draftSignature(
  signer: PreparedSigner,
  signable: SignableFile,
  { options, isClosing }: Obeyed<PreparationOptions>,
  contentBytes: number,
  tokenBytes: number,
): PendingSignature {
  const { time, reason, location, certification, level } = options
  const later = reaches(level, 'B-LT') ? usualEvidence + tokenBytes * 2 + revisionBytes : 0
  const draft = new Draft(signable.file, contentBytes * 2 + revisionBytes + later)
  const names = new Set(signable.names)
  const place = placeSignature(draft, signable, { ...options, isClosing }, names)
  const fieldLock = place.lock === undefined ? undefined : writeObject(place.lock)
  const words = { time, reason, location, certification, fieldLock }
  const object = SignatureObject.signature(words, contentBytes)
  draft.replace(place.value, object)
  if (certification !== undefined) certify(draft, place.value)
  draft.closeRevision()
  object.fillByteRange(draft.out)
  const digest = new RunningDigest(signer.digest)
  const attributes = signedAttributes(signer, digest.around(draft.out, object))
  return { signer, options, signable, draft, object, digest, attributes, names, isCompleted: false }
}

/** Permissions that name the certifying signature (ISO 32000-2, 12.8.6). */
function certify(draft: Draft, value: PdfRef): void {
  if (draft.catalog.has('Perms')) throw signProblem('document-locked')
  draft.change(draft.catalogRef, { Perms: PdfDict.of({ DocMDP: value }) })
}
