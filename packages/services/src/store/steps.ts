import type { JsonValue } from '@sapan/casework'
import type { Database } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openJson, sealJson } from './sealed-json.ts'

export interface StepAt {
  readonly case: string
  /** `effect:<id>`, `refund`, `payment`; of a decision on an appeal `appeal/effect:<id>`. */
  readonly step: string
}

/** One step of carrying out a decision. */
export interface Step extends StepAt {
  readonly state: 'begun' | 'done' | 'refused'
  /** As it was at the first attempt. */
  readonly request: JsonValue
  /** What came of it; while it is begun, what the last attempt brought that settles nothing. */
  readonly answer?: JsonValue
  readonly round: number
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly begunAt: number
}

interface StepRow {
  case_id: string
  step: string
  state: Step['state']
  request_sealed: Buffer
  answer_sealed: Buffer | null
  round: number
  attempts: number
  begun_at: Date
}

const columns = 'case_id, step, state, request_sealed, answer_sealed, round, attempts, begun_at'

/** All steps of a case that were begun. */
export async function stepsOfCase(db: Database, sealer: Sealer, id: string): Promise<readonly Step[]> {
  const { rows } = await db.query<StepRow>(
    `select ${columns} from services.step where case_id = $1 order by begun_at, step`,
    [id],
  )
  return rows.map((row) => stepOf(sealer, row))
}

/**
 * Begins a step, and gives it as it is: the request of whoever began it first stays. A step that was refused begins
 * anew, in its next round; one that was done only where it is to be told again `after` that round.
 */
export async function beginStep(
  db: Database,
  sealer: Sealer,
  at: StepAt,
  begun: { readonly request: JsonValue; readonly at: number; readonly after?: number },
): Promise<Step> {
  const request = sealJson(sealer, begun.request, placeOf(at, 'request'))
  await db.query(
    `insert into services.step as s (case_id, step, state, request_sealed, begun_at) values ($1, $2, 'begun', $3, $4)
     on conflict (case_id, step) do update set state = 'begun', request_sealed = excluded.request_sealed,
       answer_sealed = null, round = s.round + 1, attempts = 0, begun_at = excluded.begun_at, settled_at = null
     where s.state = 'refused' or (s.state = 'done' and s.round = $5)`,
    [at.case, at.step, request, new Date(begun.at), begun.after ?? null],
  )
  const { rows } = await db.query<StepRow>(
    `select ${columns} from services.step where case_id = $1 and step = $2`,
    [at.case, at.step],
  )
  const [row] = rows
  if (row === undefined) throw new Error('a step that was begun is not there')
  return stepOf(sealer, row)
}

/**
 * Puts down what came of a step; false where another did it before. That it was done stands, also over a refusal of the
 * same round: who gave up knew less.
 */
export async function settleStep(
  db: Database,
  sealer: Sealer,
  { case: id, step, round }: Pick<Step, 'case' | 'step' | 'round'>,
  settled: { readonly state: 'done' | 'refused'; readonly answer: JsonValue; readonly at: number },
): Promise<boolean> {
  const answer = sealJson(sealer, settled.answer, placeOf({ case: id, step }, 'answer'))
  const { rowCount } = await db.query(
    `update services.step set state = $4, answer_sealed = $5, settled_at = $6
     where case_id = $1 and step = $2 and round = $3 and (state = 'begun' or (state = 'refused' and $4 = 'done'))`,
    [id, step, round, settled.state, answer, new Date(settled.at)],
  )
  return rowCount === 1
}

/** Keeps what the last attempt brought that settles nothing. */
export async function noteAnswer(
  db: Database,
  sealer: Sealer,
  { case: id, step, round }: Pick<Step, 'case' | 'step' | 'round'>,
  answer: JsonValue,
): Promise<void> {
  await db.query(
    `update services.step set answer_sealed = $4 where case_id = $1 and step = $2 and round = $3 and state = 'begun'`,
    [id, step, round, sealJson(sealer, answer, placeOf({ case: id, step }, 'answer'))],
  )
}

/** Counts an attempt that begins; gives how many there are with it. */
export async function countAttempt(db: Database, { case: id, step }: StepAt): Promise<number> {
  const { rows } = await db.query<{ attempts: number }>(
    'update services.step set attempts = attempts + 1 where case_id = $1 and step = $2 returning attempts',
    [id, step],
  )
  return rows[0]?.attempts ?? 1
}

function stepOf(sealer: Sealer, row: StepRow): Step {
  const at = { case: row.case_id, step: row.step }
  const { state, round, attempts, begun_at, request_sealed, answer_sealed } = row
  return {
    ...at,
    state,
    round,
    attempts,
    begunAt: begun_at.getTime(),
    request: openJson(sealer, request_sealed, placeOf(at, 'request')),
    ...(answer_sealed && { answer: openJson(sealer, answer_sealed, placeOf(at, 'answer')) }),
  }
}

function placeOf({ case: id, step }: StepAt, what: 'request' | 'answer'): string {
  return `step.${what} ${id}/${step}`
}
