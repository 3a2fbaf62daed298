import { createHash } from 'node:crypto'
import { counted, Problem } from '@sapan/kernel'
import {
  leafHash,
  parseCheckpoint,
  parseNote,
  readTimestamp,
  verifyInclusion,
  verifyNote,
  verifyTimestamp,
} from '@sapan/trust'
import { clearRecord, type ExportedRecord } from '../export/pieces.ts'
import { logEntry, recordDigest } from '../leaf.ts'
import { clockSkew, type Directories } from './directories.ts'
import { type Findings, reasonOf } from './findings.ts'

/** What the log proves of the exchange: that it was there, who witnessed it, and since when. */
export interface LogProof {
  readonly inLog: boolean
  readonly witnesses: readonly string[]
  /** Time of the earliest stamp, in milliseconds since 1970. */
  readonly stampedAt: number | null
}

/** A checkpoint that holds, with what vouches for it. */
interface CheckedCheckpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly witnesses: readonly string[]
  readonly stampedAt: number | null
}

/** Follows every record into the log, and each checkpoint to log key, witnesses and time-stamp. */
export function checkLog(
  records: readonly ExportedRecord[],
  files: ReadonlyMap<string, Buffer>,
  directories: Directories,
  roots: readonly string[],
  findings: Findings,
): LogProof {
  const checkpoints = new Map<string, CheckedCheckpoint | undefined>()
  const found = records.map((piece) => {
    const names = piece.log?.proofs.map(({ checkpoint }) => checkpoint) ?? []
    for (const name of names) {
      if (!checkpoints.has(name))
        checkpoints.set(name, checkCheckpoint(piece, name, files, directories, roots, findings))
    }
    return checkInclusion(piece, checkpoints, findings)
  })
  checkOrphans(files, checkpoints, findings)
  const perRecord = found.map((list) => ({
    witnesses: new Set(list.flatMap(({ witnesses }) => witnesses)),
    stampedAt: earliest(list.map(({ stampedAt }) => stampedAt)),
  }))
  const [first] = perRecord
  // Only what holds for every record holds for the exchange.
  const witnesses = [...(first?.witnesses ?? [])].filter((name) =>
    perRecord.every((each) => each.witnesses.has(name)),
  )
  const stamps = perRecord.map(({ stampedAt }) => stampedAt)
  const stampedAt = stamps.some((at) => at === null) ? null : Math.max(...stamps.map(Number))
  const proof = { inLog: found.every((list) => list.length > 0), witnesses, stampedAt }
  checkTimes(records, proof, findings)
  return proof
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function checkInclusion(
  piece: ExportedRecord,
  checkpoints: ReadonlyMap<string, CheckedCheckpoint | undefined>,
  findings: Findings,
): CheckedCheckpoint[] {
  if (!piece.log || piece.log.proofs.length === 0) return []
  const { index, origin, proofs } = piece.log
  const leaf = leafHash(logEntry(recordDigest(clearRecord(piece)), piece.position))
  const held: CheckedCheckpoint[] = []
  let passed = true
  for (const { checkpoint: name, proof } of proofs) {
    const checkpoint = checkpoints.get(name)
    if (checkpoint?.origin !== origin) {
      passed = false
      continue
    }
    const { size, root } = checkpoint
    const path = proof.map((hash) => Buffer.from(hash, 'base64'))
    if (verifyInclusion({ leaf, index, size, root, proof: path })) held.push(checkpoint)
    else passed = false
  }
  const file = `${piece.record.kind}.json`
  findings.note(
    `${piece.record.kind}-in-log`,
    passed,
    {
      yes: {
        th: `${file}: อยู่ในล็อกของ ${piece.record.member} ลำดับที่ ${index}`,
        en: `${file}: is entry ${index} of the log of ${piece.record.member}.`,
      },
      no: {
        th: `${file}: ไม่อยู่ในล็อกที่ลงนาม ณ ลำดับที่ ${index}`,
        en: `${file}: is not entry ${index} of the signed log.`,
      },
    },
    file,
  )
  return passed ? held : []
}

function checkCheckpoint(
  piece: ExportedRecord,
  name: string,
  files: ReadonlyMap<string, Buffer>,
  directories: Directories,
  roots: readonly string[],
  findings: Findings,
): CheckedCheckpoint | undefined {
  const { member } = piece.record
  const origin = piece.log?.origin ?? ''
  const no = (reason: string) => ({
    th: `${name}: จุดตรวจของล็อกใช้ไม่ได้: ${reason}`,
    en: `${name}: the checkpoint does not hold: ${reason}.`,
  })
  const key = directories.logKey(member, origin)
  if (key === undefined) {
    findings.fail('checkpoint', no(`the directory has no key of ${origin}`), name)
    return undefined
  }
  try {
    const note = files.get(name)?.toString('utf8') ?? ''
    const { text } = verifyNote(note, [key])
    const { size, root, origin: named } = parseCheckpoint(text)
    if (named !== origin) throw new TypeError('it is of another log')
    findings.pass(
      'checkpoint',
      {
        th: `${name}: จุดตรวจของล็อกลงนามแล้ว (${size} รายการ)`,
        en: `${name}: the log’s checkpoint is signed (${counted(size, 'entry', 'entries')}).`,
      },
      name,
    )
    const witnesses = checkWitnesses(note, name, directories, findings)
    const stampedAt = checkStamp(note, name, files, directories, roots, findings)
    return { origin, size, root, witnesses, stampedAt }
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof TypeError)) throw error
    findings.fail('checkpoint', no(reasonOf(error)), name)
    return undefined
  }
}

/** As many as the reader asks for: fewer could have agreed to keep silent about a log that was rewritten. */
export function checkEnoughWitnesses(
  witnesses: readonly string[],
  asked: number,
  findings: Findings,
): boolean {
  const list = witnesses.length === 0 ? '' : `: ${witnesses.join(', ')}`
  return findings.note('enough-witnesses', witnesses.length >= asked, {
    yes: {
      th: `พยานลงนาม ${witnesses.length} ราย ครบตามที่ต้องการ ${asked} ราย`,
      en: `${counted(witnesses.length, 'witness', 'witnesses')} cosigned; ${asked} asked for.`,
    },
    no: {
      th: `พยานลงนาม ${witnesses.length} ราย ไม่ครบตามที่ต้องการ ${asked} ราย${list}`,
      en: `Only ${counted(witnesses.length, 'witness', 'witnesses')} of the ${asked} asked for cosigned${list}.`,
    },
  })
}

/** Names of the witnesses that cosigned. A line of a witness that the directory does not know counts for nothing. */
function checkWitnesses(note: string, name: string, directories: Directories, findings: Findings): string[] {
  const keys = directories.witnessKeys()
  const lines = parseNote(note).signatures.length - 1
  if (lines === 0 || keys.length === 0) return []
  try {
    const names = verifyNote(note, keys).signatures.map((signature) => signature.name)
    const list = names.join(', ')
    findings.pass(
      'witness',
      {
        th: `${name}: พยาน ${names.length} ราย: ${list}`,
        en: `${name}: ${counted(names.length, 'witness', 'witnesses')}: ${list}.`,
      },
      name,
    )
    return names
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    findings.fail(
      'witness',
      { th: `${name}: ลายมือชื่อพยานใช้ไม่ได้`, en: `${name}: the witness’s cosignature does not hold.` },
      name,
    )
    return []
  }
}

function checkStamp(
  note: string,
  name: string,
  files: ReadonlyMap<string, Buffer>,
  directories: Directories,
  roots: readonly string[],
  findings: Findings,
): number | null {
  const file = name.replace(/txt$/, 'tst')
  const token = files.get(file)
  if (!token) return null
  const { text, signatures } = parseNote(note)
  const digest = createHash('sha256')
    .update(`${text}\n${signatures[0]?.line ?? ''}`)
    .digest()
  try {
    const revoked = directories.notForStamps(readTimestamp(token).at)
    const { at } = verifyTimestamp(token, digest, roots, { revoked })
    const time = new Date(at).toISOString()
    findings.pass(
      'time-stamp',
      { th: `${file}: ประทับเวลา ${time}`, en: `${file}: time-stamped ${time}.` },
      file,
    )
    return at
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    findings.fail(
      'time-stamp',
      { th: `${file}: ตราประทับเวลาใช้ไม่ได้`, en: `${file}: the time-stamp does not hold: ${reasonOf(error)}.` },
      file,
    )
    return null
  }
}

/** A checkpoint or stamp that proves nothing does not belong in the file. */
function checkOrphans(
  files: ReadonlyMap<string, Buffer>,
  checkpoints: ReadonlyMap<string, unknown>,
  findings: Findings,
): void {
  for (const name of files.keys()) {
    if (!name.startsWith('log/') || checkpoints.has(name.replace(/tst$/, 'txt'))) continue
    findings.fail('container', { th: `${name} ไม่เกี่ยวข้อง`, en: `${name} proves nothing here.` }, name)
  }
}

/** A record cannot be younger than the stamp over it. */
function checkTimes(records: readonly ExportedRecord[], { stampedAt }: LogProof, findings: Findings): void {
  if (stampedAt === null) return
  const late = records.find(({ record }) => record.at > stampedAt + clockSkew)
  if (!late) return
  const file = `${late.record.kind}.json`
  findings.fail(
    'times',
    { th: `${file}: เวลาในบันทึกอยู่หลังตราประทับเวลา`, en: `${file}: its time is later than the stamp over it.` },
    file,
  )
}
