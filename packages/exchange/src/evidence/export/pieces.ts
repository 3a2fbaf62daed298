import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { SignedMessage } from '../../signature/message.ts'
import { recordDigest } from '../leaf.ts'
import type { ClearRecord } from '../stored.ts'

const hex32 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const base64Hash = Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' })
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
/** Milliseconds since 1970 that a calendar has. */
const time = Type.Integer({ minimum: 0, maximum: 8.64e15 })
const side = Type.Union([Type.Literal('consumer'), Type.Literal('provider')])
const kind = Type.Union([Type.Literal('request'), Type.Literal('answer'), Type.Literal('failure')])

const indexSchema = Type.Object(
  {
    format: Type.Literal('sapan-evidence-1'),
    exchange: Type.String(),
    member: Type.String(),
    side,
    peer: Type.String(),
    /** ISO 8601 in UTC. */
    exportedAt: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }),
    records: Type.Array(kind),
    /** What the proof misses; it may be there in a later export. */
    pending: Type.Array(Type.String()),
    /** Set where what was said was removed by law. */
    erased: nullable(Type.Object({ at: Type.String(), law: Type.String() })),
    /** What was said is left out: it names others than the person whose file it is, or nobody opened it. */
    leftOut: Type.Optional(Type.Union([Type.Literal('others'), Type.Literal('sealed')])),
  },
  { additionalProperties: false },
)

const recordSchema = Type.Object(
  {
    member: Type.String(),
    exchange: Type.String(),
    side,
    kind,
    at: time,
    client: Type.String(),
    service: Type.String(),
    operation: Type.String(),
    method: Type.String(),
    route: Type.String(),
    status: nullable(Type.Integer()),
    purpose: Type.String(),
    impliedPurpose: Type.Boolean(),
    law: Type.String(),
    grant: Type.String(),
    peer: Type.String(),
    problem: nullable(Type.String()),
    subjects: Type.String({ pattern: '^([0-9a-f]{64})*$' }),
    subjectKey: Type.Integer(),
    withheldUntil: nullable(time),
    fields: Type.String(),
    bodyBytes: Type.Integer(),
    directoryVersion: Type.Integer(),
    certificate: Type.String(),
    commitment: hex32,
  },
  { additionalProperties: false },
)

const boundSchema = Type.Object(
  { signatureInput: Type.String(), signature: Type.String() },
  { additionalProperties: false },
)

const messageSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('request'), Type.Literal('answer')]),
    method: Type.String(),
    authority: Type.String(),
    path: Type.String(),
    query: Type.String(),
    status: nullable(Type.Integer()),
    fields: Type.Array(Type.Tuple([Type.String(), Type.String()])),
    signatureInput: Type.String(),
    signature: Type.String(),
    request: nullable(boundSchema),
  },
  { additionalProperties: false },
)

const pieceSchema = Type.Object(
  {
    format: Type.Literal('sapan-evidence-record-1'),
    record: recordSchema,
    position: Type.Object(
      { txid: Type.Integer({ minimum: 0 }), ordinal: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }) },
      { additionalProperties: false },
    ),
    /** Null after an erasure, and where it is left out. */
    content: nullable(
      Type.Object(
        { salt: hex32, bodyDigest: hex32, bodyKept: Type.Boolean(), head: nullable(messageSchema) },
        { additionalProperties: false },
      ),
    ),
    /** Null until it was in the log. */
    log: nullable(
      Type.Object(
        {
          origin: Type.String(),
          index: Type.Integer(),
          proofs: Type.Array(
            Type.Object(
              { checkpoint: Type.String(), proof: Type.Array(base64Hash) },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

/** What the file is about. */
export type ExportIndex = Static<typeof indexSchema>

/** One record with all that proves it. */
export type ExportedRecord = Static<typeof pieceSchema>

const index = Compile(indexSchema)
const piece = Compile(pieceSchema)

/** Undefined where the bytes are not what `writeJson` wrote of such a value. */
export function readIndex(bytes: Buffer): ExportIndex | undefined {
  const value = readJson(bytes)
  return index.Check(value) && Number.isFinite(Date.parse(value.exportedAt)) ? value : undefined
}

export function readExportedRecord(bytes: Buffer): ExportedRecord | undefined {
  const value = readJson(bytes)
  return piece.Check(value) && isList(value.record.fields) && hasDigest(value) ? value : undefined
}

/** Whether it holds only what a record can: of other text no digest is made. */
function hasDigest(piece: ExportedRecord): boolean {
  try {
    return recordDigest(clearRecord(piece)).length > 0
  } catch {
    return false
  }
}

/** Whether the text is a JSON array of strings, as records keep the names of fields. */
function isList(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((each) => typeof each === 'string')
  } catch {
    return false
  }
}

export function writeJson(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

function readJson(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value !== 'object' || value === null) return undefined
    return writeJson(value).equals(bytes) ? value : undefined
  } catch {
    return undefined
  }
}

/** The record as its digest is made of it. */
export function clearRecord({ record }: ExportedRecord): ClearRecord {
  const { subjects, commitment, ...rest } = record
  return { ...rest, subjects: Buffer.from(subjects, 'hex'), commitment: Buffer.from(commitment, 'hex') }
}

/** The signed message; null where nothing was signed, and after an erasure. */
export function headOf({ content }: ExportedRecord): SignedMessage | null {
  return content?.head ?? null
}
