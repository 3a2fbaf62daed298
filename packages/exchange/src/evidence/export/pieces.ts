import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { SignedMessage } from '../../signature/message.ts'
import type { ClearRecord } from '../stored.ts'

const hex32 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const base64Hash = Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' })
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
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
    exportedAt: Type.String(),
    records: Type.Array(kind),
    /** What the proof misses; it may be there in a later export. */
    pending: Type.Array(Type.String()),
    /** Set where what was said was removed by law. */
    erased: nullable(Type.Object({ at: Type.String(), law: Type.String() })),
  },
  { additionalProperties: false },
)

const recordSchema = Type.Object(
  {
    member: Type.String(),
    exchange: Type.String(),
    side,
    kind,
    at: Type.Integer(),
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
    withheldUntil: nullable(Type.Integer()),
    fields: Type.String(),
    bodyBytes: Type.Integer(),
    directoryVersion: Type.Integer(),
    certificate: Type.String(),
    commitment: hex32,
  },
  { additionalProperties: false },
)

const pieceSchema = Type.Object(
  {
    format: Type.Literal('sapan-evidence-record-1'),
    record: recordSchema,
    position: Type.Object({ txid: Type.Integer(), ordinal: Type.Integer() }, { additionalProperties: false }),
    /** Null after an erasure. */
    content: nullable(
      Type.Object(
        { salt: hex32, bodyDigest: hex32, bodyKept: Type.Boolean(), head: Type.Unknown() },
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

/** One record with all that proves it. `content.head` is a `SignedMessage` or null. */
export type ExportedRecord = Static<typeof pieceSchema>

const index = Compile(indexSchema)
const piece = Compile(pieceSchema)

/** Undefined where the bytes are not what `writeJson` wrote of such a value. */
export function readIndex(bytes: Buffer): ExportIndex | undefined {
  const value = readJson(bytes)
  return index.Check(value) ? value : undefined
}

export function readExportedRecord(bytes: Buffer): ExportedRecord | undefined {
  const value = readJson(bytes)
  return piece.Check(value) ? value : undefined
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

/** The signed message, if there is one; its shape is checked by the signature that has to fit it. */
export function headOf({ content }: ExportedRecord): SignedMessage | null {
  const head = content?.head
  if (typeof head !== 'object' || head === null) return null
  const message = head as SignedMessage
  const isMessage =
    (message.kind === 'request' || message.kind === 'answer') &&
    typeof message.signatureInput === 'string' &&
    typeof message.signature === 'string' &&
    Array.isArray(message.fields) &&
    message.fields.every((field) => Array.isArray(field) && field.every((part) => typeof part === 'string'))
  return isMessage ? message : null
}
