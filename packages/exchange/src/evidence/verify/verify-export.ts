import { ContainerError, type ReadFile, readContainer } from '../export/container.ts'
import { checkAgreement } from './agreement.ts'
import { checkContent } from './content.ts'
import { Directories } from './directories.ts'
import { Findings } from './findings.ts'
import { checkGrant } from './grant.ts'
import { checkEnoughWitnesses, checkLog, type LogProof } from './log.ts'
import { type Opened, openFiles } from './opened.ts'
import type { VerificationReport, VerifiedExchange } from './report.ts'
import {
  checkBinding,
  checkExportSignature,
  checkMessageSignature,
  checkRevocations,
  type SignedBy,
} from './signatures.ts'
import { checkActor } from './vouched.ts'
import { whatItDoesNotProve, whatItProves } from './words.ts'

export interface VerifyExportOptions {
  /** Lower-case hex SHA-256 fingerprints of the roots that the reader trusts. */
  readonly roots: readonly string[]
  /** How many distinct witnesses must have seen the log; else the file does not hold. As many as there are without it. */
  readonly witnesses?: number
}

/**
 * Checks an exported file with nothing but the file and the trusted roots: no network, no clock. Never throws for
 * what is in the file; everything is said in the report.
 */
export function verifyExport(
  file: Uint8Array,
  { roots, witnesses }: VerifyExportOptions,
): VerificationReport {
  const findings = new Findings()
  const files = readFiles(file, findings)
  const opened = files && openFiles(files, findings)
  if (!opened)
    return {
      valid: false,
      complete: false,
      findings: findings.list,
      proves: [],
      doesNotProve: [],
      exchange: null,
    }
  const directories = new Directories(roots)
  directories.read(opened.files, findings)
  directories.checkNeeded(opened.records, findings)
  checkExportSignature(opened, directories, roots, findings)
  const signed = new Map<string, SignedBy>()
  for (const piece of opened.records) {
    checkContent(piece, opened.files, findings)
    const signer = checkMessageSignature(piece, directories, findings)
    if (signer) signed.set(piece.record.kind, signer)
  }
  checkAgreement(opened.records, findings)
  checkErasure(opened, findings)
  checkBinding(opened.records, findings)
  const granted = checkGrant(opened.records, opened.files, directories, findings)
  checkActor(opened.records, directories, findings)
  const log = checkLog(opened.records, opened.files, directories, roots, findings)
  checkRevocations(signed, log.stampedAt, findings)
  if (witnesses !== undefined) checkEnoughWitnesses(log.witnesses, witnesses, findings)
  const { valid } = findings
  const established = {
    requestSigned: signed.has('request'),
    answerSigned: signed.has('answer'),
    granted,
  }
  return {
    valid,
    complete:
      valid &&
      log.inLog &&
      log.witnesses.length > 0 &&
      log.stampedAt !== null &&
      opened.signature !== undefined,
    findings: findings.list,
    proves: valid ? whatItProves(opened, established, log, directories.witnessNames) : [],
    doesNotProve: whatItDoesNotProve(opened, log, [...signed.values()]),
    exchange: summary(opened, log, directories.witnessNames),
  }
}

function readFiles(file: Uint8Array, findings: Findings): ReadFile[] | undefined {
  try {
    const files = readContainer(file)
    findings.pass('container', { th: 'ไฟล์เป็น ASiC-E ที่สมบูรณ์', en: 'The file is a whole ASiC-E container.' })
    return files
  } catch (error) {
    if (!(error instanceof ContainerError)) throw error
    const where = error.file === undefined ? '' : ` (${error.file})`
    const text = {
      th: `ไฟล์เสียหายหรือถูกแก้ไข${where}: ${error.message}`,
      en: `The file was damaged or changed${where}: ${error.message}.`,
    }
    findings.fail('container', text, error.file)
    return undefined
  }
}

const leftOutWords = {
  others: {
    th: 'เนื้อหาถูกเว้นไว้เพราะกล่าวถึงบุคคลอื่นด้วย แต่ล็อกยังพิสูจน์ได้ว่ามีการแลกเปลี่ยนนี้',
    en: 'What was said is left out, since it names other people too; the log proves that it was said.',
  },
  sealed: {
    th: 'เนื้อหาถูกเว้นไว้เพราะยังปิดผนึกอยู่ แต่ล็อกยังพิสูจน์ได้ว่ามีการแลกเปลี่ยนนี้',
    en: 'What was said is left out, since it was not opened; the log proves that it was said.',
  },
} as const

/** Messages may be left out only where the file says that they were removed by law, or why they are not in it. */
function checkErasure({ index, records }: Opened, findings: Findings): void {
  const missing = records.find(({ content }) => content === null)
  if (!missing) return
  const file = `${missing.record.kind}.json`
  if (index.leftOut) {
    findings.pass('left-out', leftOutWords[index.leftOut], file)
  } else if (index.erased) {
    const { at, law } = index.erased
    findings.pass(
      'erasure',
      { th: `เนื้อหาถูกลบเมื่อ ${at} ตาม ${law}`, en: `What was said was removed at ${at} under ${law}.` },
      file,
    )
  } else {
    findings.fail(
      'erasure',
      {
        th: `${file}: ไม่มีเนื้อหา และไม่มีเหตุแห่งการลบ`,
        en: `${file}: the message is left out, and the file does not say why.`,
      },
      file,
    )
  }
}

function summary(
  { index, records }: Opened,
  log: LogProof,
  namedWitnesses: readonly string[],
): VerifiedExchange | null {
  const first = records[0]?.record
  if (!first) return null
  const { client, service, operation, purpose, law } = first
  const end = records.find(({ record }) => record.kind !== 'request')
  return {
    exchange: index.exchange,
    member: index.member,
    side: index.side,
    client,
    service,
    operation,
    purpose,
    law,
    at: new Date(first.at).toISOString(),
    status: end?.record.status ?? null,
    stampedAt: log.stampedAt === null ? null : new Date(log.stampedAt).toISOString(),
    witnesses: log.witnesses,
    namedWitnesses,
  }
}
