import type { Database } from '@sapan/kernel'
import type { CaseActor, CaseChange, CaseEvent } from '../../case/event.ts'
import type { CaseAction } from '../../case/states.ts'
import type { JsonValue } from '../../task/task.ts'
import type { CaseSeal } from './sealing.ts'

interface EventRow {
  readonly version: number
  readonly action: CaseAction
  readonly by: CaseActor
  readonly actor: string | null
  readonly at: Date
  readonly change: Omit<CaseChange, 'action' | 'by' | 'actor' | 'at'>
  readonly words_sealed: Buffer | null
}

/** Values for `case_event`, behind the case's id. */
export function eventValues(version: number, change: CaseChange, wordsSealed: Buffer | null): unknown[] {
  const { action, by, actor, at, ...rest } = change
  return [version, action, by, actor ?? null, new Date(at), JSON.stringify(rest), wordsSealed]
}

export const eventColumns = 'version, action, by, actor, at, change, words_sealed'

/** All events of a case, the first first; without words where the case was erased. */
export async function readCaseEvents(
  client: Database,
  id: string,
  seal: CaseSeal | undefined,
): Promise<CaseEvent[]> {
  const { rows } = await client.query<EventRow>(
    `select ${eventColumns} from casework.case_event where case_id = $1 order by version`,
    [id],
  )
  return rows.map((row) => eventOf(row, seal))
}

/** One event, by its version. */
export async function readCaseEvent(
  client: Database,
  id: string,
  version: number,
  seal: CaseSeal | undefined,
): Promise<CaseEvent | undefined> {
  const { rows } = await client.query<EventRow>(
    `select ${eventColumns} from casework.case_event where case_id = $1 and version = $2`,
    [id, version],
  )
  return rows[0] === undefined ? undefined : eventOf(rows[0], seal)
}

/** What the applicant replied, the first first. */
export async function readReplies(client: Database, id: string, seal: CaseSeal): Promise<JsonValue[]> {
  const { rows } = await client.query<EventRow>(
    `select ${eventColumns} from casework.case_event where case_id = $1 and action = 'reply' order by version`,
    [id],
  )
  return rows.flatMap((row) => eventOf(row, seal).words?.data ?? [])
}

function eventOf(
  { version, action, by, actor, at, change, words_sealed }: EventRow,
  seal?: CaseSeal,
): CaseEvent {
  return {
    ...change,
    version,
    action,
    by,
    at: at.getTime(),
    ...(actor === null ? {} : { actor }),
    ...(words_sealed === null || seal === undefined ? {} : { words: seal.openWords(version, words_sealed) }),
  }
}
