import { randomInt } from 'node:crypto'
import { type Clock, type Pool, type PoolClient, uuidv7 } from '@sapan/kernel'

/** A step of a service that somebody passed: `start`, a page of its form, `submit`. */
export interface Passed {
  readonly service: string
  readonly version: number
  readonly step: string
}

/** How many passed a step, and what they said of it. */
export interface StepFigure {
  readonly step: string
  readonly passed: number
  readonly clear: number
  readonly unclear: number
}

/** What was said of a page; nothing of who said it. */
export interface Feedback {
  readonly service: string
  readonly step: string
  readonly clear: boolean
  readonly text: string
}

export interface Figures {
  /** Counts it, in the caller's transaction, or as many as passed at once. */
  pass(client: PoolClient, passed: Passed, count?: number): Promise<void>
  /** Keeps what was said, without numbers that a person typed all the same; false where too much came in this hour. */
  say(feedback: Feedback): Promise<boolean>
  /** Of the last `days`, all versions together, in no order. */
  of(service: string, days: number): Promise<readonly StepFigure[]>
}

/** Many pass one step on a busy day: so many rows share the counting of one, that none is waited for. */
const shares = 16
const mostInAnHour = 1_000
const hour = 3_600_000
const day = 86_400_000

/** Counts by service, version, step and day: no row is about a person. */
export function createFigures({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Figures {
  return {
    pass: async (client, { service, version, step }, count = 1) => {
      await client.query({
        name: 'services-pass',
        text: `insert into services.passed (service, version, step, day, share, count) values ($1, $2, $3, $4, $5, $6)
          on conflict (service, version, step, day, share) do update set count = services.passed.count + excluded.count`,
        values: [service, version, step, dayOf(clock()), randomInt(shares), count],
      })
    },
    say: async ({ service, step, clear, text }) => {
      const at = clock()
      const { rowCount } = await pool.query(SAY, [
        uuidv7(at),
        service,
        step,
        new Date(at),
        clear,
        withoutNumbers(text),
        new Date(at - hour),
        mostInAnHour,
      ])
      return rowCount === 1
    },
    of: async (service, days) => {
      const { rows } = await pool.query<StepFigure>(STEPS, [service, dayOf(clock() - days * day)])
      return rows
    },
  }
}

/** Strangers may send it: nobody can fill the table with it. */
const SAY = `insert into services.feedback (id, service, step, said_at, clear, text)
  select $1, $2, $3, $4, $5, $6
  where (select count(*) from services.feedback where service = $2 and said_at > $7) < $8`

const STEPS = `with passed as (
    select step, sum(count)::int as passed from services.passed where service = $1 and day > $2 group by step),
  said as (
    select step, count(*) filter (where clear)::int as clear, count(*) filter (where not clear)::int as unclear
    from services.feedback where service = $1 and said_at > $2::date group by step)
  select step, coalesce(passed, 0) as passed, coalesce(clear, 0) as clear, coalesce(unclear, 0) as unclear
  from passed full join said using (step)`

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** Numbers of people and telephones are long; what is left of them says nothing. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/[\d๐-๙][\d๐-๙ .-]{6,}[\d๐-๙]/g, '…')
}
