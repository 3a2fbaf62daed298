import type { Clock, Pool } from '@sapan/kernel'
import { hashesFromTiles, inclusionProof, readJws, type Sealer, signDetached } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { directoryType } from '../../directory/document.ts'
import type { Content } from '../content.ts'
import type { Contents } from '../contents.ts'
import type { KeyOfEpoch } from '../epoch-keys.ts'
import type { ExportSigner } from '../evidence.ts'
import { locate } from '../locate.ts'
import { logOrigin } from '../origin.ts'
import { readErasure } from '../show.ts'
import type { Flushed, Pending } from '../status.ts'
import { readCosignatures } from '../store/checkpoints.ts'
import { readDocument, readNewestDirectory } from '../store/documents.ts'
import {
  type ProvingCheckpoint,
  type ProvingWitnesses,
  readProvingCheckpoints,
} from '../store/proving-checkpoints.ts'
import { tileReader } from '../store/tiles.ts'
import type { StoredRecord } from '../stored.ts'
import { type ContainerFile, writeContainer } from './container.ts'
import type { LeftOut } from './export-for.ts'
import { manifestName, signatureName, writeManifest } from './manifest.ts'
import { type ExportedRecord, type ExportIndex, writeJson } from './pieces.ts'

export interface ExportResult {
  /** An ASiC-E container (ETSI EN 319 162-1). */
  readonly file: Uint8Array
  /** What the proof still misses; also said in the file. Empty when it is complete. */
  readonly pending: readonly Pending[]
  readonly exchange: string
  readonly member: string
  readonly side: 'consumer' | 'provider'
}

export interface ExportOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly contents: Contents
  readonly clock: Clock
  readonly keyOf: KeyOfEpoch
  readonly exportSigner: (member: string) => ExportSigner | undefined
  /** By how many distinct witnesses the log is to be proved. */
  readonly witnessesAtLeast: number
  /** Why what was said is not in the file; absent: it is. */
  readonly leftOut?: LeftOut | undefined
}

/** See `Evidence.export`. */
export async function exportExchange(
  options: ExportOptions,
  records: readonly [StoredRecord, ...StoredRecord[]],
  flushed: Flushed,
): Promise<ExportResult> {
  const { member, exchange, side, peer } = records[0]
  const erasure = await readErasure(options, records[0])
  const newest = await readNewestDirectory(options.pool)
  const documents = await documentFiles(options.pool, records, newest)
  const witnesses = { atLeast: options.witnessesAtLeast, names: witnessesNamed(documents) }
  const checkpoints = new Map<string, ContainerFile>()
  const pieces: ContainerFile[] = []
  const origins = new Set<string>()
  for (const record of records) {
    const { files, origin } = await pieceFiles(options, record, witnesses, checkpoints)
    pieces.push(...files)
    if (origin !== undefined) origins.add(origin)
  }
  const signer = options.exportSigner(member)
  const pending: Pending[] = [...flushed.pending]
  if (!signer) pending.push('signature')
  if (!listsLogs(newest, origins)) pending.push('directory')
  const index: ExportIndex = {
    format: 'sapan-evidence-1',
    exchange,
    member,
    side,
    peer,
    exportedAt: new Date(options.clock()).toISOString(),
    records: records.map(({ kind }) => kind),
    pending,
    erased: erasure ? { at: erasure.at, law: erasure.law } : null,
    ...(options.leftOut === undefined ? {} : { leftOut: options.leftOut }),
  }
  const content = [
    { name: 'exchange.json', data: writeJson(index) },
    ...pieces,
    ...documents,
    ...checkpoints.values(),
  ]
  const files = [...signedFiles(content, signer, Date.parse(index.exportedAt)), ...content]
  return { file: writeContainer(files), pending, exchange, member, side }
}

function signedFiles(
  content: readonly ContainerFile[],
  signer: ExportSigner | undefined,
  signingTime: number,
): ContainerFile[] {
  const manifest = Buffer.from(writeManifest(content))
  const files: ContainerFile[] = [{ name: manifestName, data: manifest }]
  if (signer) files.push({ name: signatureName, data: signDetached(manifest, { ...signer, signingTime }) })
  return files
}

/** The record with its proofs, and its body where that is kept. Adds the checkpoints that it leads to. */
async function pieceFiles(
  { pool, contents, leftOut }: ExportOptions,
  record: StoredRecord,
  witnesses: ProvingWitnesses,
  checkpoints: Map<string, ContainerFile>,
): Promise<{ files: ContainerFile[]; origin: string | undefined }> {
  const sealed = leftOut === undefined ? record.content : null
  const content = sealed === null ? null : await contents.open({ ...record, content: sealed })
  const piece: ExportedRecord = {
    format: 'sapan-evidence-record-1',
    record: clearColumns(record),
    position: { txid: record.txid, ordinal: record.ordinal },
    content: content && exportContent(content),
    log: await proofs(pool, record, witnesses, checkpoints),
  }
  const files: ContainerFile[] = [{ name: `${record.kind}.json`, data: writeJson(piece) }]
  if (content?.body) files.push({ name: `${record.kind}.body`, data: content.body })
  return { files, origin: piece.log?.origin }
}

const logsListed = Compile(
  Type.Object({
    members: Type.Array(Type.Object({ log: Type.Array(Type.Object({ origin: Type.String() })) })),
  }),
)

/** A new epoch's key comes with the next directory; until that one is held, nobody could check its checkpoints. */
function listsLogs(directory: string | undefined, origins: ReadonlySet<string>): boolean {
  if (origins.size === 0) return true
  if (directory === undefined) return false
  const { payload } = readJws(directory, { type: directoryType })
  if (!logsListed.Check(payload)) return false
  const listed = new Set(payload.members.flatMap(({ log }) => log.map(({ origin }) => origin)))
  return [...origins].every((origin) => listed.has(origin))
}

const witnessesListed = Compile(Type.Object({ witnesses: Type.Array(Type.Object({ name: Type.String() })) }))

/** Whom the directories of the file name: a reader has no key of any other witness, such as one that came and went between. */
function witnessesNamed(documents: readonly ContainerFile[]): string[] {
  const directories = documents.filter(({ name }) => name.startsWith('directory-'))
  return directories.flatMap(({ data }) => {
    const { payload } = readJws(Buffer.from(data).toString('latin1'), { type: directoryType })
    return witnessesListed.Check(payload) ? payload.witnesses.map(({ name }) => name) : []
  })
}

function exportContent(content: Content): NonNullable<ExportedRecord['content']> {
  return {
    salt: content.salt.toString('hex'),
    bodyDigest: content.bodyDigest.toString('hex'),
    bodyKept: content.body !== null,
    head: JSON.parse(content.headText),
  }
}

function clearColumns(record: StoredRecord): ExportedRecord['record'] {
  const {
    content: _content,
    segment: _segment,
    digest: _digest,
    txid: _txid,
    ordinal: _ordinal,
    ...clear
  } = record
  return { ...clear, subjects: clear.subjects.toString('hex'), commitment: clear.commitment.toString('hex') }
}

async function proofs(
  pool: Pool,
  record: StoredRecord,
  witnesses: ProvingWitnesses,
  checkpoints: Map<string, ContainerFile>,
): Promise<ExportedRecord['log']> {
  const place = await locate(pool, record)
  if (!place) return null
  const { epoch, index } = place
  const found = await readProvingCheckpoints(pool, record.member, epoch, index, witnesses)
  const reader = (size: number) => hashesFromTiles(size, tileReader(pool, record.member, epoch))
  const proofs: { checkpoint: string; proof: string[] }[] = []
  for (const checkpoint of found) {
    const name = `log/${epoch}-${checkpoint.size}.txt`
    for (const file of await checkpointFiles(pool, record.member, name, checkpoint))
      checkpoints.set(file.name, file)
    const path = await inclusionProof(index, checkpoint.size, reader(checkpoint.size))
    proofs.push({ checkpoint: name, proof: path.map((hash) => hash.toString('base64')) })
  }
  return { origin: logOrigin(record.member, epoch), index, proofs }
}

async function checkpointFiles(
  pool: Pool,
  member: string,
  name: string,
  { epoch, size, note, token }: ProvingCheckpoint,
): Promise<ContainerFile[]> {
  const cosignatures = await readCosignatures(pool, member, epoch, size)
  const full = note + cosignatures.map(({ line }) => line).join('')
  const files: ContainerFile[] = [{ name, data: Buffer.from(full) }]
  if (token) files.push({ name: name.replace(/txt$/, 'tst'), data: token })
  return files
}

/** The grant, the directory versions under which the messages were made, and the newest, for the key of the log. */
async function documentFiles(
  pool: Pool,
  records: readonly StoredRecord[],
  newest: string | undefined,
): Promise<ContainerFile[]> {
  const files = new Map<string, ContainerFile>()
  for (const grant of new Set(records.map((record) => record.grant))) {
    const jws = grant === '' ? undefined : await readDocument(pool, 'grant', grant)
    if (jws) files.set('grant.jws', { name: 'grant.jws', data: Buffer.from(jws) })
  }
  const directories = new Set(records.map(({ directoryVersion }) => String(directoryVersion)))
  const found = await Promise.all([...directories].map((version) => readDocument(pool, 'directory', version)))
  for (const jws of [...found, newest]) {
    if (jws === undefined) continue
    const name = `directory-${String(readJws(jws, { type: directoryType }).payload.version)}.jws`
    files.set(name, { name, data: Buffer.from(jws) })
  }
  return [...files.values()]
}
