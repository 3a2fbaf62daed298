import type { CaseStage, JsonValue } from '@sapan/casework'
import type { Database, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openJson, sealJson } from './sealed-json.ts'

/** Which document of which decision. */
export interface OutputAt {
  readonly case: string
  readonly stage: CaseStage
  readonly output: string
}

export interface OutputRecord extends OutputAt {
  readonly agency: string
  readonly number: string
  readonly data: JsonValue
  /** As it is signed so far; absent before it was drawn, and once it lies in the box. */
  readonly content?: Uint8Array
  readonly signatures: number
  readonly state: 'numbered' | 'signed' | 'delivered' | 'void'
  /** Its place in the document box. */
  readonly document?: string
  /** Milliseconds since 1970. */
  readonly decidedAt: number
  readonly createdAt: number
}

interface OutputRow {
  case_id: string
  stage: CaseStage
  output: string
  agency: string
  number: string
  data_sealed: Buffer
  content_sealed: Buffer | null
  signatures: number
  state: OutputRecord['state']
  document: string | null
  decided_at: Date
  created_at: Date
}

/** A series of numbers: gapless in its year. */
export interface Series {
  readonly agency: string
  readonly kind: string
  readonly year: number
}

/**
 * Holds a series until the transaction ends and gives its last number. The next one is taken with `takeNumber`; where
 * nothing is taken, no number is lost.
 */
export async function holdSeries(client: PoolClient, { agency, kind, year }: Series): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    `insert into services.number_series as n (agency, kind, year, last) values ($1, $2, $3, 0)
     on conflict (agency, kind, year) do update set last = n.last returning last`,
    [agency, kind, year],
  )
  return rows[0]?.last ?? 0
}

export async function takeNumber(client: PoolClient, { agency, kind, year }: Series): Promise<void> {
  await client.query(
    'update services.number_series set last = last + 1 where agency = $1 and kind = $2 and year = $3',
    [agency, kind, year],
  )
}

export async function outputsOfCase(
  db: Database,
  sealer: Sealer,
  id: string,
): Promise<readonly OutputRecord[]> {
  const { rows } = await db.query<OutputRow>(
    'select * from services.output where case_id = $1 order by created_at, output',
    [id],
  )
  return rows.map((row) => recordOf(sealer, row))
}

export async function findOutput(
  db: Database,
  sealer: Sealer,
  { case: id, stage, output }: OutputAt,
  { isHeld = false }: { readonly isHeld?: boolean } = {},
): Promise<OutputRecord | undefined> {
  const { rows } = await db.query<OutputRow>(
    `select * from services.output where case_id = $1 and stage = $2 and output = $3${isHeld ? ' for update' : ''}`,
    [id, stage, output],
  )
  return rows[0] && recordOf(sealer, rows[0])
}

export type NewOutput = Pick<
  OutputRecord,
  'case' | 'stage' | 'output' | 'agency' | 'number' | 'data' | 'decidedAt' | 'createdAt'
>

export async function insertOutput(db: Database, sealer: Sealer, made: NewOutput): Promise<void> {
  await db.query(
    `insert into services.output
       (case_id, stage, output, agency, number, data_sealed, state, decided_at, created_at)
     values ($1, $2, $3, $4, $5, $6, 'numbered', $7, $8)`,
    [
      made.case,
      made.stage,
      made.output,
      made.agency,
      made.number,
      sealJson(sealer, made.data, placeOf(made, 'data')),
      new Date(made.decidedAt),
      new Date(made.createdAt),
    ],
  )
}

/** Gives an output that nobody has signed yet other data, under its number. */
export async function renewOutput(
  db: Database,
  sealer: Sealer,
  at: OutputAt,
  made: Pick<OutputRecord, 'data' | 'decidedAt' | 'createdAt'>,
): Promise<void> {
  await db.query(
    `update services.output set data_sealed = $4, decided_at = $5, created_at = $6, content_sealed = null,
       signatures = 0, state = 'numbered'
     where case_id = $1 and stage = $2 and output = $3 and state <> 'delivered'`,
    [
      at.case,
      at.stage,
      at.output,
      sealJson(sealer, made.data, placeOf(at, 'data')),
      new Date(made.decidedAt),
      new Date(made.createdAt),
    ],
  )
}

/** Keeps a document with its signatures so far. */
export async function keepContent(
  db: Database,
  sealer: Sealer,
  at: OutputAt,
  { content, signatures, isSigned }: { content: Uint8Array; signatures: number; isSigned: boolean },
): Promise<void> {
  await db.query(
    `update services.output set content_sealed = $4, signatures = $5, state = $6
     where case_id = $1 and stage = $2 and output = $3 and state <> 'delivered'`,
    [
      at.case,
      at.stage,
      at.output,
      sealer.seal(content, Buffer.from(placeOf(at, 'content'))),
      signatures,
      isSigned ? 'signed' : 'numbered',
    ],
  )
}

export async function markDelivered(db: Database, at: OutputAt, document: string): Promise<void> {
  await db.query(
    `update services.output set state = 'delivered', content_sealed = null, document = $4
     where case_id = $1 and stage = $2 and output = $3`,
    [at.case, at.stage, at.output, document],
  )
}

/** Puts down that undelivered outputs of a stage beside these were numbered for nothing. */
export async function voidOthers(
  db: Database,
  { case: id, stage, outputs }: Pick<OutputAt, 'case' | 'stage'> & { readonly outputs: readonly string[] },
): Promise<void> {
  await db.query(
    `update services.output set state = 'void', content_sealed = null
     where case_id = $1 and stage = $2 and output <> all($3::text[]) and state <> 'delivered'`,
    [id, stage, outputs],
  )
}

function recordOf(sealer: Sealer, row: OutputRow): OutputRecord {
  const at = { case: row.case_id, stage: row.stage, output: row.output }
  const { agency, number, signatures, state, document, content_sealed } = row
  return {
    ...at,
    agency,
    number,
    signatures,
    state,
    data: openJson(sealer, row.data_sealed, placeOf(at, 'data')),
    decidedAt: row.decided_at.getTime(),
    createdAt: row.created_at.getTime(),
    ...(document !== null && { document }),
    ...(content_sealed && { content: sealer.open(content_sealed, Buffer.from(placeOf(at, 'content'))) }),
  }
}

function placeOf({ case: id, stage, output }: OutputAt, what: 'data' | 'content'): string {
  return `output.${what} ${id}/${stage}/${output}`
}
