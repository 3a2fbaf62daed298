import { type DatabaseStructure, Problem } from '@sapan/kernel'
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

/** Throws `backup-damaged` where it is something else, `backup-of-another-version` where it is a later format. */
export function readHead(data: Buffer): BackupHead {
  const head = readJson(data)
  if (typeof head.format === 'string' && head.format.startsWith('sapan-backup/') && head.format !== format) {
    throw new Problem(problems['backup-of-another-version'])
  }
  if (head.format !== format || typeof head.home !== 'string' || !Array.isArray(head.databases)) {
    throw damaged('begin.json')
  }
  return head as unknown as BackupHead
}

export function readTail(data: Buffer): BackupTail {
  const tail = readJson(data)
  if (!Array.isArray(tail.entries) || !isRecord(tail.sequences)) throw damaged('end.json')
  return tail as unknown as BackupTail
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
