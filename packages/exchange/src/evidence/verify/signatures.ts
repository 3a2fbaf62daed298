import { Problem } from '@sapan/kernel'
import { verifyDetached } from '@sapan/trust'
import { signatureParameters } from '../../signature/parameters.ts'
import { verifySigned } from '../../signature/verify.ts'
import { signatureName } from '../export/manifest.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
import type { Directories } from './directories.ts'
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
      revoked: directories.revokedBy(at),
      intermediates: directories.authorities,
    })
    const yes = { th: `${member} ลงลายมือชื่อในไฟล์นี้`, en: `${member} signed this file.` }
    const speaks = signer.uris.includes(`sapan:member:${member}`)
    findings.note(
      'export-signature',
      speaks,
      { yes, no: no('the certificate speaks for someone else') },
      signatureName,
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    findings.fail('export-signature', no(reasonOf(error)), signatureName)
  }
}

/** The signature of the request or answer itself, by the member whose gateway sent it. */
export function checkMessageSignature(
  piece: ExportedRecord,
  directories: Directories,
  findings: Findings,
): boolean {
  const head = headOf(piece)
  if (!head) return false
  const { record } = piece
  const author = (record.kind === 'answer') === (record.side === 'consumer') ? record.peer : record.member
  const file = `${record.kind}.json`
  const reason = messageProblem(piece, author, directories)
  return findings.note(
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
}

/** Why the signature does not hold; undefined where it does. */
function messageProblem(piece: ExportedRecord, author: string, directories: Directories): string | undefined {
  const { record } = piece
  const head = headOf(piece)
  if (!head) return 'there is none'
  try {
    const { keyId, created } = signatureParameters(head)
    if (keyId !== record.certificate) return 'it names another certificate than the record'
    const der = directories.signingCertificate(record.directoryVersion, author, keyId)
    if (!der)
      return `directory version ${record.directoryVersion} does not list its certificate for ${author}`
    const certificate = directories.verifySigner(der, author, created * 1000)
    if (!certificate) return 'its certificate does not lead to the trusted root, or was not valid'
    return verifySigned(head, certificate) ? undefined : 'it is not the signature of this message'
  } catch (error) {
    if (error instanceof Problem || error instanceof TypeError) return reasonOf(error)
    throw error
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
