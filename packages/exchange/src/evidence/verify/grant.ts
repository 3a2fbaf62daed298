import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { readCertificate } from '@sapan/trust'
import { type Grant, readGrant } from '../../grant/grant.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
import { readFields } from '../list.ts'
import type { Directories } from './directories.ts'
import { type Findings, reasonOf } from './findings.ts'

const file = 'grant.jws'

/**
 * The provider's permission: genuine, published, and wide enough for what was done. True where all that holds. Where
 * nothing was answered, or a refusal, nothing needed a permission, and one that does not cover it is no fault.
 */
export function checkGrant(
  records: readonly ExportedRecord[],
  jws: string | undefined,
  directories: Directories,
  findings: Findings,
): boolean {
  const named = records.filter(({ record }) => record.grant !== '')
  const first = named[0]
  if (!first) return false
  const answered = records.some(({ record }) => record.kind === 'answer' && record.problem === null)
  if (jws === undefined && !answered) return false
  if (jws === undefined) {
    return findings.fail('grant', { th: 'ไม่มีคำอนุญาตในไฟล์', en: 'The grant is not in the file.' }, file)
  }
  const reason = named
    .map((piece) => grantProblem(piece, jws, directories))
    .find((found) => found !== undefined)
  if (reason !== undefined && !answered) return false
  const { law, purpose } = first.record
  return findings.note(
    'grant',
    reason === undefined,
    {
      yes: {
        th: `คำอนุญาตของผู้ให้บริการครอบคลุมการแลกเปลี่ยนนี้: ${purpose} (${law})`,
        en: `The provider’s grant covers this exchange: ${purpose} (${law}).`,
      },
      no: { th: `คำอนุญาตใช้ไม่ได้: ${reason}`, en: `The grant does not hold: ${reason}.` },
    },
    file,
  )
}

/** Why the grant does not cover a record; undefined where it does. */
function grantProblem(piece: ExportedRecord, jws: string, directories: Directories): string | undefined {
  const { record } = piece
  if (createHash('sha256').update(jws).digest('hex') !== record.grant)
    return 'it is not the one that the record names'
  try {
    const { grant, chain, verify } = readGrant(jws)
    const signer = signerOf(chain[0], grant, record.at, directories)
    if (!signer || !verify(signer.publicKey)) return `${grant.provider} did not sign it`
    if (!directories.publishes(grant.provider, record.grant)) return 'no directory in the file publishes it'
    return coverageProblem(piece, grant)
  } catch (error) {
    if (error instanceof Problem) return reasonOf(error)
    throw error
  }
}

/** A grant outlives the certificate with which it was signed: that one must have been good at some time. */
function signerOf(der: Buffer | undefined, grant: Grant, at: number, directories: Directories) {
  if (!der) return undefined
  const { notBefore, notAfter } = readCertificate(der)
  return directories.verifySigner(der, grant.provider, Math.min(Math.max(at, notBefore), notAfter))
}

function coverageProblem(piece: ExportedRecord, grant: Grant): string | undefined {
  const { record } = piece
  const provider = record.side === 'provider' ? record.member : record.peer
  if (grant.provider !== provider) return 'it is another provider’s'
  if (grant.consumer !== record.client) return 'it is for another client'
  if (grant.service !== record.service) return 'it is for another service'
  if (grant.purpose !== record.purpose) return 'it is for another purpose'
  if (!record.law.includes(grant.law.section) || !record.law.includes(grant.law.act.th))
    return 'it names another law'
  if (record.at < Date.parse(grant.notBefore)) return 'it was not in force yet'
  if (record.at >= Date.parse(grant.expires)) return 'it had ended'
  const granted = grant.operations[record.operation]
  if (!granted) return 'it does not name the operation'
  const extra = readFields(record.fields).find((field) => !covers(granted.fields, field))
  if (extra !== undefined) return `it does not name the field ${extra}`
  return queryNames(piece).every((name) => granted.query.includes(name))
    ? undefined
    : 'it does not name a query parameter'
}

/** A granted path includes all below it; `*` everything. */
function covers(granted: readonly string[], field: string): boolean {
  return granted.some((path) => path === '*' || field === path || field.startsWith(`${path}.`))
}

function queryNames(piece: ExportedRecord): string[] {
  const head = headOf(piece)
  return head?.kind === 'request' ? [...new URLSearchParams(head.query.slice(1)).keys()] : []
}
