import { der } from '@sapan/trust'
import { PdfStream, PdfString, type SignatureField } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import { readSignaturePaths } from '../cades/read.ts'
import type { PathCertificate } from '../certificate/certificate.ts'
import { collectEvidence, type Evidence, evidenceAhead } from '../evidence.ts'
import type { RevocationSource, Timestamper } from '../options.ts'
import { mostTokenBytes } from '../timestamp/size.ts'
import { Draft } from './draft.ts'
import { SecurityStore, vriKey } from './dss.ts'
import { openForSigning, orUnsignable, type SignableFile } from './open.ts'
import { RunningDigest } from './running-digest.ts'
import { appendTimestamp } from './timestamp.ts'

export interface StampingOptions {
  readonly timestamper: Timestamper
  /** When it is stamped, in milliseconds since 1970. */
  readonly time: number
}

export interface RenewalOptions extends StampingOptions {
  readonly revocation: RevocationSource
}

/** Bytes of a revision beside Contents and evidence. */
const revisionBytes = 6 * 1024
const usualEvidence = 16 * 1024
const stampDigest = 'sha256'

/**
 * Adds a document time-stamp over the file as it is: proof that it existed. Rejects with `document-…` or
 * `signing-stamp-…`.
 */
export async function timestampPdf(
  pdf: Uint8Array,
  { timestamper, time }: StampingOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const signable = openForSigning(pdf)
  const draft = new Draft(signable.file, revisionBytes + 2 * (await mostTokenBytes(timestamper, stampDigest)))
  await stampDraft(draft, signable, timestamper, time)
  return draft.out.finish()
}

/**
 * Renews a file for the years to come (EN 319 142-1 §5.5, §6.3 on B-LTA): what checking its signatures and its last
 * time-stamp needs goes into the security store while it still can be had, with what checking the next one will need; then
 * that one covers all of it. A B-B, B-T or B-LT file becomes B-LTA in this way. Rejects with `document-…`, `signing-stamp-…`, `revocation-…` or
 * `signer-certificate-revoked`.
 */
export async function renewPdf(pdf: Uint8Array, options: RenewalOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { timestamper, revocation, time } = options
  const signable = openForSigning(pdf)
  const room = revisionBytes * 2 + usualEvidence + 2 * (await mostTokenBytes(timestamper, stampDigest))
  const draft = new Draft(signable.file, room)
  const store = orUnsignable(() => new SecurityStore(draft))
  const missing = orUnsignable(() => withoutEvidence(draft, store, signable, time))
  const found: { key: string; evidence: Evidence }[] = []
  for (const { key, paths } of missing) {
    found.push({ key, evidence: await collectEvidence(paths, revocation, time) })
  }
  const ahead = await evidenceAhead(timestamper, stampDigest, revocation, time)
  if (found.length > 0 || !store.holds(ahead)) {
    store.add(found, ahead)
    draft.closeRevision()
  }
  await stampDraft(draft, signable, timestamper, time)
  return draft.out.finish()
}

async function stampDraft(
  draft: Draft,
  { file, names }: SignableFile,
  timestamper: Timestamper,
  time: number,
) {
  const digest = new RunningDigest(stampDigest)
  await appendTimestamp({ draft, file, names: new Set(names), digest, timestamper, time })
}

interface Missing {
  readonly key: string
  readonly paths: readonly (readonly Uint8Array[])[]
}

/**
 * Signatures and time-stamps that the store has no entry for. Of those whose certificates have expired nothing can be
 * found out any more; but for the newest, which is what still counts.
 */
function withoutEvidence(
  draft: Draft,
  store: SecurityStore,
  { fields }: SignableFile,
  time: number,
): Missing[] {
  const signed = fields.filter(({ value }) => value !== undefined)
  const newest = signed.reduce((last, each) => Math.max(last, each.contentsRange?.[0] ?? 0), 0)
  const known = storedCertificates(draft)
  return signed.flatMap((field) => {
    const key = vriKey(wholeContents(field))
    if (store.has(key)) return []
    const paths = pathsIn(field, known)
    const isOver = paths.some(([first]) => first === undefined || time > first.notAfter)
    if (isOver && field.contentsRange?.[0] !== newest) return []
    return [{ key, paths: paths.map((path) => path.map((each) => each.der)) }]
  })
}

function pathsIn(field: SignatureField, known: readonly Uint8Array[]): (readonly PathCertificate[])[] {
  try {
    const { signer, tokens } = readSignaturePaths(field.contents, known)
    return [signer, ...tokens.map((token) => readSignaturePaths(token, known).signer)]
  } catch (cause) {
    if (!(cause instanceof der.DerError)) throw cause
    const { name } = field
    throw signProblem(
      'document-unsignable',
      `อ่านลายมือชื่อ ${name} ไม่ได้`,
      `The signature ${name} cannot be read`,
      { cause },
    )
  }
}

/** The value of Contents with its padding. */
function wholeContents({ value, contents }: SignatureField): Uint8Array {
  const whole = value?.get('Contents')
  return whole instanceof PdfString ? whole.bytes : contents
}

function storedCertificates(draft: Draft): Uint8Array[] {
  const store = draft.dict(draft.catalog.get('DSS'))
  return (draft.array(store?.get('Certs')) ?? []).flatMap((each) => {
    const stream = draft.resolve(each)
    return stream instanceof PdfStream ? [draft.file.decode(stream)] : []
  })
}
