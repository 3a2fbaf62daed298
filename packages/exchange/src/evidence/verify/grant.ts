import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { readCertificate } from '@sapan/trust'
import { queryParameterNames } from '../../address.ts'
import { errorFields, grantedFields } from '../../fields/field-set.ts'
import { filterJson } from '../../fields/filter.ts'
import { type Grant, type GrantedOperation, readGrant } from '../../grant/grant.ts'
import { lawInOneLine } from '../../grant/law.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
import { readFields } from '../list.ts'
import { isAnswered, partiesOf } from './agreement.ts'
import type { Directories } from './directories.ts'
import { type Findings, reasonOf } from './findings.ts'
import { consentProblem } from './vouched.ts'

const file = 'grant.jws'

/**
 * The provider's permission: genuine, published, and wide enough for what was done. True where all that holds. Where
 * nothing was answered, or a refusal, nothing needed a permission, and one that does not cover it is no fault.
 */
export function checkGrant(
  records: readonly ExportedRecord[],
  files: ReadonlyMap<string, Buffer>,
  directories: Directories,
  findings: Findings,
): boolean {
  const first = records[0]
  if (!first) return false
  const answered = isAnswered(records)
  if (first.record.grant === '') {
    if (!answered) return false
    return findings.fail('grant', {
      th: 'มีคำตอบ แต่บันทึกไม่ระบุคำอนุญาต',
      en: 'There is an answer, but the record names no grant.',
    })
  }
  const jws = files.get(file)?.toString('latin1')
  if (jws === undefined && !answered) return false
  if (jws === undefined) {
    return findings.fail('grant', { th: 'ไม่มีคำอนุญาตในไฟล์', en: 'The grant is not in the file.' }, file)
  }
  const reason = records
    .map((piece) => grantProblem(piece, jws, directories, files.get('answer.body')))
    .concat(answered ? neededConsent(records, jws, directories) : [])
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

function neededConsent(
  records: readonly ExportedRecord[],
  jws: string,
  directories: Directories,
): string | undefined {
  try {
    const { grant } = readGrant(jws)
    return grant.consent ? consentProblem(records, grant, directories) : undefined
  } catch (error) {
    if (error instanceof Problem) return reasonOf(error)
    throw error
  }
}

/** Why the grant does not cover a record; undefined where it does. */
function grantProblem(
  piece: ExportedRecord,
  jws: string,
  directories: Directories,
  answer: Buffer | undefined,
): string | undefined {
  const { record } = piece
  if (createHash('sha256').update(jws).digest('hex') !== record.grant)
    return 'it is not the one that the record names'
  try {
    const { grant, chain, verify } = readGrant(jws)
    const signer = signerOf(chain[0], grant, record.at, directories)
    if (!signer || !verify(signer.publicKey)) return `${grant.provider} did not sign it`
    if (!directories.publishes(grant.provider, record.grant, record.at))
      return 'no directory of that time in the file publishes it'
    return partiesProblem(piece, grant) ?? coverageProblem(piece, grant, answer)
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

function partiesProblem(piece: ExportedRecord, grant: Grant): string | undefined {
  const { record } = piece
  if (grant.provider !== partiesOf(piece).provider) return 'it is another provider’s'
  if (grant.consumer !== record.client) return 'it is for another client'
  if (grant.service !== record.service) return 'it is for another service'
  if (grant.purpose !== record.purpose) return 'it is for another purpose'
  return record.law === lawInOneLine(grant) ? undefined : 'it names another law'
}

function coverageProblem(
  piece: ExportedRecord,
  grant: Grant,
  answer: Buffer | undefined,
): string | undefined {
  const { record } = piece
  if (record.at < Date.parse(grant.notBefore)) return 'it was not in force yet'
  if (record.at >= Date.parse(grant.expires)) return 'it had ended'
  const granted = Object.hasOwn(grant.operations, record.operation)
    ? grant.operations[record.operation]
    : undefined
  if (!granted) return 'it does not name the operation'
  const extra = readFields(record.fields).find((field) => !covers(granted.fields, field))
  if (extra !== undefined) return `it does not name the field ${extra}`
  if (!queryNames(piece).every((name) => granted.query.includes(name)))
    return 'it does not name a query parameter'
  return isCutDown(piece, granted, answer) ? undefined : 'it does not name all that is in the answer'
}

/** Whether an answer that is shown has nothing that was not granted: cutting it down once more changes nothing. */
function isCutDown({ record }: ExportedRecord, granted: GrantedOperation, body: Buffer | undefined): boolean {
  if (record.kind !== 'answer' || !body?.length) return true
  const fields = grantedFields(granted)
  const allowed = (record.status ?? 0) >= 400 ? errorFields(fields) : fields
  if (allowed.root.whole) return true
  try {
    return sameJson(filterJson(body, allowed), body.toString('utf8'))
  } catch (error) {
    if (error instanceof Problem || error instanceof SyntaxError) return false
    throw error
  }
}

function sameJson(a: string, b: string): boolean {
  return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b))
}

/** A granted path includes all below it; `*` everything. */
function covers(granted: readonly string[], field: string): boolean {
  return granted.some((path) => path === '*' || field === path || field.startsWith(`${path}.`))
}

function queryNames(piece: ExportedRecord): string[] {
  const head = headOf(piece)
  return head?.kind === 'request' ? queryParameterNames(head.query.slice(1)) : []
}
