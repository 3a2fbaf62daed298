import { Problem } from '@sapan/kernel'
import { type VerifiedCertificate, verifyDetached } from '@sapan/trust'
import type { SignedMessage } from '../../signature/message.ts'
import { signatureParameters } from '../../signature/parameters.ts'
import { verifySigned } from '../../signature/verify.ts'
import { signatureName } from '../export/manifest.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
import { partiesOf } from './agreement.ts'
import { clockSkew, type Directories } from './directories.ts'
import { type Findings, reasonOf } from './findings.ts'
import type { Opened } from './opened.ts'

/** Who made the file: the signature over the list of its files. */
export function checkExportSignature(
  { index, manifest, signature }: Opened,
  directories: Directories,
  roots: readonly string[],
  findings: Findings,
): void {
  const { member } = index
  if (!signature) return
  const at = Date.parse(index.exportedAt)
  const no = (reason: string) => ({
    th: `ลายมือชื่อของไฟล์ใช้ไม่ได้: ${reason}`,
    en: `The signature over the file does not hold: ${reason}.`,
  })
  try {
    const { signer } = verifyDetached(signature, manifest, {
      roots,
      profile: 'signing',
      at,
      // Revocations that the file itself tells of came before it was signed, whatever time it claims.
      revoked: directories.revokedBy(Number.POSITIVE_INFINITY),
      intermediates: directories.authorities,
    })
    const yes = { th: `${member} ลงลายมือชื่อในไฟล์นี้`, en: `${member} signed this file.` }
    const speaks = signer.uris.includes(`sapan:member:${member}`)
    const isEarly = at < (directories.newestIssued ?? 0) - clockSkew
    const reason = isEarly ? 'it claims a time before what is in the file' : undefined
    findings.note(
      'export-signature',
      speaks && !isEarly,
      { yes, no: no(reason ?? 'the certificate speaks for someone else') },
      signatureName,
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    findings.fail('export-signature', no(reasonOf(error)), signatureName)
  }
}

/** Who signed a message, and until when the certificate was good for it. */
export interface SignedBy {
  readonly author: string
  /** Milliseconds since 1970. */
  readonly goodUntil: number
  /** Milliseconds since 1970; null where it was not revoked. */
  readonly revokedAt: number | null
}

/** The signature of the request or answer itself, by the member whose gateway sent it. */
export function checkMessageSignature(
  piece: ExportedRecord,
  directories: Directories,
  findings: Findings,
): SignedBy | undefined {
  const { record, content } = piece
  const head = headOf(piece)
  if (!head) {
    // Nobody signs that nothing came back, and what was erased can't be shown.
    if (record.kind !== 'failure' && content) {
      const text = { th: `${record.kind}.json: ไม่มีลายมือชื่อ`, en: `${record.kind}.json: nobody signed it.` }
      findings.fail(`${record.kind}-signature`, text, `${record.kind}.json`)
    }
    return undefined
  }
  const { consumer, provider } = partiesOf(piece)
  const author = head.kind === 'request' ? consumer : provider
  const file = `${record.kind}.json`
  const signer = signerOf(piece, head, author, directories)
  const reason = typeof signer === 'string' ? signer : undefined
  findings.note(
    `${head.kind}-signature`,
    reason === undefined,
    {
      yes: { th: `${file}: ${author} ลงลายมือชื่อในข้อความนี้`, en: `${file}: ${author} signed this message.` },
      no: {
        th: `${file}: ลายมือชื่อของ ${author} ใช้ไม่ได้: ${reason}`,
        en: `${file}: the signature of ${author} does not hold: ${reason}.`,
      },
    },
    file,
  )
  if (typeof signer === 'string') return undefined
  const revokedAt = directories.revocationOf(signer.fingerprint) ?? null
  return { author, goodUntil: signer.notAfter, revokedAt }
}

/** The certificate with which the author signed, or why the signature does not hold. */
function signerOf(
  { record }: ExportedRecord,
  head: SignedMessage,
  author: string,
  directories: Directories,
): VerifiedCertificate | string {
  try {
    const { keyId, created } = signatureParameters(head)
    if (keyId !== record.certificate) return 'it names another certificate than the record'
    const der = directories.signingCertificate(author, keyId, record.at)
    if (!der) return `no directory of that time in the file lists its certificate for ${author}`
    const certificate = directories.verifySigner(der, author, created * 1000)
    if (!certificate) return 'its certificate does not lead to the trusted root, or was not valid'
    return verifySigned(head, certificate) ? certificate : 'it is not the signature of this message'
  } catch (error) {
    if (error instanceof Problem || error instanceof TypeError) return reasonOf(error)
    throw error
  }
}

/**
 * A message of which the certificate was revoked must be known to be older than that: the time in it is a claim of
 * whoever had the key.
 */
export function checkRevocations(
  signers: ReadonlyMap<string, SignedBy>,
  stampedAt: number | null,
  findings: Findings,
): void {
  for (const [kind, { author, revokedAt }] of signers) {
    if (revokedAt === null || (stampedAt !== null && stampedAt <= revokedAt)) continue
    const at = new Date(revokedAt).toISOString()
    findings.fail(
      `${kind}-signature`,
      {
        th: `${kind}.json: ใบรับรองของ ${author} ถูกเพิกถอนเมื่อ ${at} และไม่มีสิ่งใดพิสูจน์ว่าข้อความมีอยู่ก่อนนั้น`,
        en: `${kind}.json: the certificate of ${author} was revoked at ${at}, and nothing proves that the message is older.`,
      },
      `${kind}.json`,
    )
  }
}

/** Whether the answer is the answer to this request and no other. */
export function checkBinding(records: readonly ExportedRecord[], findings: Findings): void {
  const [request, answer] = ['request', 'answer'].map((kind) => {
    const piece = records.find(({ record }) => record.kind === kind)
    return piece && headOf(piece)
  })
  if (!request || !answer) return
  const bound =
    answer.request?.signature === request.signature &&
    answer.request.signatureInput === request.signatureInput
  findings.note(
    'answer-binding',
    bound,
    {
      yes: { th: 'คำตอบผูกกับคำขอนี้ด้วยลายมือชื่อ', en: 'The answer is bound to this request by its signature.' },
      no: { th: 'คำตอบเป็นของคำขออื่น', en: 'The answer belongs to another request.' },
    },
    'answer.json',
  )
}
