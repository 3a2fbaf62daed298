import { counted, type Database, type Pool, type Text } from '@sapan/kernel'
import { hashesFromTiles, parseCheckpoint, rootHash, type Sealer, verifyNote } from '@sapan/trust'
import type { Contents } from '../contents.ts'
import type { KeyOfEpoch } from '../epoch-keys.ts'
import { type ErasureStatement, readStatement } from '../statement.ts'
import type { StoredCheckpoint } from '../store/checkpoints.ts'
import { findEditedCircumstances, findMissingCircumstances } from '../store/circumstances.ts'
import { readNextPosition } from '../store/entries.ts'
import { headIsIntact, type LogHead, type LogHeadRow, readLogHeadRow } from '../store/log-heads.ts'
import { readStatements } from '../store/statements.ts'
import { tileReader } from '../store/tiles.ts'
import { comparePositions, type Position } from '../stored.ts'
import type { WitnessClient } from '../witness-client.ts'
import { AuditedContents } from './audited-contents.ts'
import { checkMarks, checkNamedDocuments } from './check-marks.ts'
import { checkSealed, digestOf } from './check-record.ts'
import { checkTiles } from './check-tiles.ts'
import { readCheckpoint, TreeCheck } from './check-tree.ts'
import {
  addKey,
  checkCosignatures,
  checkDocuments,
  checkpointKey,
  checkStamps,
  type VoucherCheck,
} from './check-vouchers.ts'
import { Collector, said } from './collector.ts'
import { countAll, readStrangers, readUnlogged, readUsageDifferences, readWaiting } from './read.ts'
import type { AuditOptions, AuditReport } from './report.ts'
import { Walk, type Walked } from './walk.ts'
import { askWitnesses, type Witnessed } from './witnessed.ts'

export interface AuditingOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  /** Reads an archive's segments whole, one after another. */
  readonly contentsInOrder: () => Contents
  readonly members: () => readonly string[]
  readonly keyOf: KeyOfEpoch
  readonly witnesses: () => readonly WitnessClient[]
  readonly roots: () => readonly string[]
}

/** What one audit works with. */
interface Audit extends AuditingOptions {
  readonly contents: AuditedContents
  readonly database: Database
  readonly member: string
  readonly collector: Collector
  readonly most: number
}

/** See `Evidence.audit`. Everything is read in one snapshot, while records go on being kept. */
export async function auditLog(
  options: AuditingOptions,
  member: string,
  { onProgress = () => {}, askWitnesses: askThem = true, most = 100 }: AuditOptions,
): Promise<AuditReport> {
  const witnessed = askThem ? await askWitnesses(options.pool, member, options.witnesses()) : undefined
  const client = await options.pool.connect()
  let failed = true
  try {
    await client.query('begin isolation level repeatable read read only')
    const contents = new AuditedContents(options.contentsInOrder())
    const audit: Audit = {
      ...options,
      contents,
      database: client,
      member,
      collector: new Collector(most),
      most,
    }
    const report = await runAudit(audit, onProgress, witnessed)
    await client.query('commit')
    failed = false
    return report
  } finally {
    client.release(failed)
  }
}

async function runAudit(
  audit: Audit,
  onProgress: (done: number, total: number) => void,
  witnessed: Witnessed | undefined,
): Promise<AuditReport> {
  const { database, member, collector, sealer } = audit
  const head = await checkHead(audit)
  const total = await countAll(database, member)
  onProgress(0, total)
  const keys = await checkDocuments(database, sealer, collector)
  for (const { vkey: key } of audit.witnesses()) addKey(keys, key)
  const checkpoints = await checkCheckpoints(audit)
  if (head) await checkMarks(database, head, collector)
  // Before the records, each of which is also wrong where these are.
  await checkCircumstances(audit)
  const erased = await readErased(audit)
  let done = 0
  const count = (entries: number) => {
    done += entries
    onProgress(done, Math.max(total, done))
  }
  const walked = await new Walk({
    ...audit,
    erased,
    statements: new Map((await readStatements(database, member)).map((each) => [each.id, each])),
    mostOf: (epoch) =>
      Math.max(head?.epoch === epoch ? head.size : 0, checkpoints.of(epoch).at(-1)?.size ?? 0),
    treeOf: (epoch) => new TreeCheck(epoch, checkpoints.of(epoch), collector),
    onEntries: count,
  }).run()
  checkEnd(head, walked, collector)
  checkpoints.unused(walked.sizes, collector)
  await checkTiles(database, member, walked.sizes, collector)
  const end = head ?? saneEnd(walked.end)
  await checkUnlogged(audit, end)
  const unsequenced = await checkWaiting(audit, end, erased, count)
  await checkUsage(audit, end)
  await checkStrangers(audit)
  await checkNamedDocuments(database, member, collector, audit.most)
  const vouchers: VoucherCheck = {
    ...audit,
    roots: audit.roots(),
    witnesses: keys,
    checkpoints: checkpoints.byKey,
  }
  const cosignatures = await checkCosignatures(vouchers)
  const stamps = await checkStamps(vouchers)
  const compared = witnessed && head ? await compareWithWitnesses(audit, head, witnessed) : 0
  if (compared === 0) collector.notes.push(notCompared)
  if (audit.contents.away > 0) collector.notes.push(notReached(audit.contents.away))
  return {
    member,
    sound: collector.found === 0,
    entries: [...walked.sizes.values()].reduce((sum, size) => sum + size, 0),
    unsequenced,
    checkpoints: checkpoints.byKey.size,
    cosignatures,
    stamps,
    erased: walked.erased,
    found: collector.found,
    findings: collector.findings,
    notes: collector.notes,
  }
}

async function checkHead({ database, member, sealer, collector }: Audit): Promise<LogHead | undefined> {
  const { rows } = await database.query<LogHeadRow>('select * from evidence.log where member = $1', [member])
  const row = rows[0]
  if (!row) {
    collector.add('removed', { table: 'log' }, said.removed)
    return undefined
  }
  const head = readLogHeadRow(row)
  if (headIsIntact(sealer, head, row.mac)) return head
  collector.add('edited', { table: 'log', epoch: head.epoch }, said.edited)
  return undefined
}

/** Where the log ends when its head cannot tell; a damaged batch may name any number. */
function saneEnd({ txid, ordinal }: Position): Position {
  return { txid: Math.min(txid, Number.MAX_SAFE_INTEGER), ordinal }
}

/** The head must stand where the batches end. */
function checkEnd(head: LogHead | undefined, { sizes, end }: Walked, collector: Collector): void {
  if (!head) return
  const size = sizes.get(head.epoch) ?? 0
  if (size === head.size && comparePositions(head, end) === 0) return
  const what = {
    th: `ล็อกควรมี ${head.size} รายการ แต่พบ ${size}`,
    en: `the log should have ${counted(head.size, 'entry', 'entries')}, but ${counted(size, 'is', 'are')} there`,
  }
  collector.add('removed', { table: 'batch', epoch: head.epoch, index: size }, what)
}

/** The checkpoints whose signature holds, in order. */
class Checkpoints {
  readonly byKey = new Map<string, StoredCheckpoint & { readonly root: Buffer }>()

  of(epoch: number): (StoredCheckpoint & { readonly root: Buffer })[] {
    return [...this.byKey.values()].filter((checkpoint) => checkpoint.epoch === epoch)
  }

  /** Checkpoints of epochs that have no entries. */
  unused(sizes: ReadonlyMap<number, number>, collector: Collector): void {
    for (const { epoch, size } of this.byKey.values()) {
      if (sizes.has(epoch)) continue
      collector.add('removed', { table: 'batch', epoch, index: size - 1 }, said.removed)
    }
  }
}

async function checkCheckpoints({ database, member, keyOf, collector }: Audit): Promise<Checkpoints> {
  const { rows } = await database.query<{ epoch: number; size: string; note: string }>(
    'select epoch, size, note from evidence.checkpoint where member = $1 order by epoch, size',
    [member],
  )
  const checkpoints = new Checkpoints()
  for (const { epoch, size, note } of rows) {
    const stored = { epoch, size: Number(size), note }
    const key = keyOf(member, epoch)
    const checkpoint = readCheckpoint(stored, member, key, collector)
    if (checkpoint) checkpoints.byKey.set(checkpointKey(stored), { ...stored, root: checkpoint.root })
  }
  return checkpoints
}

/** Digests of what was erased. A statement whose signature does not hold erases nothing. */
async function readErased({ database, member, keyOf, collector }: Audit): Promise<Set<string>> {
  const erased = new Set<string>()
  for (const { id, note } of await readStatements(database, member)) {
    const statement = readStatement(note, member, keyOf)
    if (!statement) collector.add('edited', { table: 'statement', exchange: id }, said.edited)
    if (statement?.type === 'erasure') for (const digest of digestsOf(statement)) erased.add(digest)
  }
  return erased
}

function digestsOf({ records }: ErasureStatement): string[] {
  return records.map(({ digest }) => digest)
}

async function checkUnlogged({ database, member, collector, most }: Audit, end: Position): Promise<void> {
  for (const { table, id, side, kind } of await readUnlogged(database, member, end, most)) {
    collector.add('added', { table, exchange: id, side, kind }, said.added)
  }
}

const waitingAtOnce = 500

/** Records after the end of the log: not in the tree yet, but whole in themselves. */
async function checkWaiting(
  { database, member, contents, collector }: Audit,
  end: Position,
  erased: ReadonlySet<string>,
  count: (entries: number) => void,
): Promise<number> {
  const next = await readNextPosition(database)
  let after = end
  let found = 0
  for (;;) {
    const records = await readWaiting(database, member, after, waitingAtOnce)
    for (const record of records) {
      const { exchange, side, kind } = record
      const place = { table: 'record', exchange, side, kind }
      if (record.txid >= next) collector.add('reordered', place, said.moved)
      if (!digestOf(record)?.equals(record.digest)) collector.add('edited', place, said.edited)
      else await checkSealed(record, contents, erased, place, collector)
    }
    found += records.length
    count(records.length)
    const last = records.at(-1)
    if (!last || records.length < waitingAtOnce) return found
    after = last
  }
}

async function checkUsage({ database, member, collector, most }: Audit, end: Position): Promise<void> {
  for (const { missing, exchange, side } of await readUsageDifferences(database, member, end, most)) {
    collector.add(
      missing ? 'removed' : 'added',
      { table: 'usage', exchange, side },
      missing ? said.removed : said.added,
    )
  }
}

/** What records name by a hash is there, and is what was hashed. */
async function checkCircumstances({ database, member, collector }: Audit): Promise<void> {
  const table = 'circumstances'
  for (const id of await findEditedCircumstances(database)) {
    collector.add('edited', { table, exchange: id }, said.edited)
  }
  for (const id of await findMissingCircumstances(database, member)) {
    collector.add('removed', { table, exchange: id }, said.removed)
  }
}

/** A row whose member was edited is missing from its own log, and belongs to no other. */
async function checkStrangers({ database, members, collector }: Audit): Promise<void> {
  for (const { table, member } of await readStrangers(database, members())) {
    const what = { th: `มีแถวของสมาชิกที่ไม่รู้จัก: ${member}`, en: `has rows of an unknown member: ${member}` }
    collector.add('edited', { table }, what)
  }
}

/** A log that was cut short at its end agrees with itself: only who saw more of it can tell. */
async function compareWithWitnesses(
  { database, member, keyOf, collector }: Audit,
  { epoch, size }: LogHead,
  witnessed: Witnessed,
): Promise<number> {
  if (witnessed.epoch !== epoch) return 0
  const key = keyOf(member, epoch)
  let compared = 0
  for (const { name, note, failure } of witnessed.told) {
    try {
      if (failure !== null) throw new Error(failure)
      compared++
      if (note === null) continue
      const seen = parseCheckpoint(verifyNote(note, [key]).text)
      const place = { table: 'batch', epoch, index: Math.min(size, seen.size), exchange: name }
      if (seen.size > size) {
        collector.add('removed', place, {
          th: `พยานเคยเห็นล็อกยาว ${seen.size} รายการ แต่เหลือ ${size}`,
          en: `the witness saw ${counted(seen.size, 'entry', 'entries')}, of which ${counted(size, 'is', 'are')} left`,
        })
      } else if (
        !seen.root.equals(
          await rootHash(seen.size, hashesFromTiles(seen.size, tileReader(database, member, epoch))),
        )
      ) {
        collector.add('contradiction', place, {
          th: `พยานเคยเห็นรายการอื่นใน ${seen.size} รายการแรก`,
          en: `the witness saw other entries among the first ${seen.size}`,
        })
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      collector.notes.push({
        th: `ไม่ได้เทียบกับพยาน ${name}: ${reason}`,
        en: `The witness ${name} could not be asked: ${reason}.`,
      })
    }
  }
  return compared
}

function notReached(messages: number): Text {
  return {
    th: `ข้อความ ${messages} รายการอยู่ในคลังที่ติดต่อไม่ได้ จึงไม่ได้ตรวจ`,
    en: `The archive could not be reached: ${counted(messages, 'message')} in it ${messages === 1 ? 'was' : 'were'} not looked at.`,
  }
}

const notCompared = {
  th: 'ไม่ได้เทียบกับพยาน: หากล็อกถูกย้อนกลับไปยังสถานะเก่าทั้งหมด จะไม่เห็น',
  en: 'No witness was asked: a log that was cut short, with all its marks put back, would not be seen.',
}
