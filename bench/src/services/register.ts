import { createPool } from '@sapan/kernel'

/** What the register of cases holds. */
export interface RegisterState {
  readonly cases: number
  /** The first and last number given, and the last that the counter knows. */
  readonly first: number
  readonly last: number
  readonly counted: number
  /** How many of those that were asked for are there. */
  readonly found: number
}

/** Throws where a number is missing or was given twice, or where a case that was acknowledged is not there. */
export async function assertGapless(
  databaseUrl: string,
  least: number,
  acknowledged: readonly string[] = [],
): Promise<RegisterState> {
  const state = await read(databaseUrl, acknowledged)
  const fault = faultOf(state, least, acknowledged.length)
  if (fault !== undefined) throw new Error(`${fault}: ${JSON.stringify(state)}`)
  return state
}

/** What is wrong with a register; undefined where all is right. Pure. */
export function faultOf(state: RegisterState, least: number, acknowledged: number): string | undefined {
  const { cases, first, last, counted, found } = state
  if (cases < least) return 'cases are missing'
  if (cases > 0 && (first !== 1 || last !== cases || counted !== cases)) return 'numbers are not gapless'
  return found === acknowledged ? undefined : 'a case that was acknowledged is not there'
}

async function read(databaseUrl: string, acknowledged: readonly string[]): Promise<RegisterState> {
  const pool = createPool(databaseUrl, { max: 1 })
  try {
    const { rows } = await pool.query<RegisterState>(
      `select count(*)::int as cases, coalesce(min(serial), 0) as first, coalesce(max(serial), 0) as last,
         coalesce((select sum(last)::int from casework.receipt), 0) as counted,
         (select count(distinct id)::int from casework.service_case where id = any($1::uuid[])) as found
       from casework.service_case`,
      [acknowledged],
    )
    if (rows[0] === undefined) throw new Error('the register does not answer')
    return rows[0]
  } finally {
    await pool.end()
  }
}
