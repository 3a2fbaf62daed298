import { type DatabaseStructure, Problem } from '@sapan/kernel'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { problems } from '../problems.ts'
import { isRecord } from '../terminal/values.ts'

export const format = 'sapan-backup/1'

/** Where files of the home lie in a backup, and where its tables do. */
export const filesIn = 'home/'
export const databasesIn = 'databases/'

/** The largest file in a backup; tables go in parts far below it. */
export const largest = 1024 ** 3

/** A database as it is in a backup. */
export interface DatabaseHead {
  /** `gateway`, `center`, or, of a whole country, the name of the database. */
  readonly name: string
  readonly structure: DatabaseStructure
  /** Hashes of the migrations that made it. */
  readonly migrations: readonly { readonly name: string; readonly hash: string }[]
}

/** The first file of a backup: what comes. */
export interface BackupHead {
  readonly format: typeof format
  /** ISO 8601 in UTC. */
  readonly made: string
  /** The folder that it was made of. */
  readonly home: string
  readonly databases: readonly DatabaseHead[]
}

export interface Sum {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

export interface SequenceValue {
  readonly name: string
  readonly value: string
}

/** The last file of a backup: what has come. */
export interface BackupTail {
  readonly entries: readonly Sum[]
  /** Of each database, by its name: where its sequences stood at the end. */
  readonly sequences: Readonly<Record<string, readonly SequenceValue[]>>
}

const text = Type.String({ minLength: 1 })
const texts = Type.Array(text)

/** As strict as what is done with it: every part of it becomes a statement, a path or a date. */
const headSchema = Type.Object({
  format: Type.Literal(format),
  made: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }),
  home: text,
  databases: Type.Array(
    Type.Object({
      name: text,
      structure: Type.Object({
        before: Type.Array(Type.String()),
        tables: Type.Array(Type.Object({ name: text, columns: texts })),
        sequences: texts,
        after: Type.Array(Type.String()),
      }),
      migrations: Type.Array(Type.Object({ name: text, hash: text })),
    }),
  ),
})

const tailSchema = Type.Object({
  entries: Type.Array(Type.Object({ name: text, size: Type.Integer({ minimum: 0 }), sha256: text })),
  sequences: Type.Record(
    Type.String(),
    Type.Array(Type.Object({ name: text, value: Type.String({ pattern: '^-?\\d{1,19}$' }) })),
  ),
})

/** Throws `backup-damaged` where it is something else, `backup-of-another-version` where it is a later format. */
export function readHead(data: Buffer): BackupHead {
  const head: Readonly<Record<string, unknown>> = readJson(data)
  if (typeof head.format === 'string' && head.format.startsWith('sapan-backup/') && head.format !== format) {
    throw new Problem(problems['backup-of-another-version'])
  }
  if (!Check(headSchema, head) || Number.isNaN(Date.parse(head.made))) throw damaged('begin.json')
  return head
}

/** Throws `backup-damaged` where it is something else. */
export function readTail(data: Buffer): BackupTail {
  const tail: unknown = readJson(data)
  if (!Check(tailSchema, tail)) throw damaged('end.json')
  return tail
}

/** `backup-damaged`, with what is wrong. */
export function damaged(place: string, cause?: unknown): Problem {
  return new Problem(problems['backup-damaged'], { detail: { th: place, en: place }, cause })
}

function readJson(data: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'))
    if (isRecord(value)) return value
  } catch {
    // The same words for text that is no JSON and JSON that is no object.
  }
  throw damaged('JSON')
}
