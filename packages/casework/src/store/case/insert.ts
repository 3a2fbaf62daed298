import { byteaArray, type PoolClient } from '@sapan/kernel'
import type { CaseOpening } from '../../case/case.ts'
import type { CaseChange } from '../../case/event.ts'
import { dutiesOf } from '../../case/plan.ts'
import type { CaseStanding } from '../../case/standing.ts'
import { standingColumns, standingValues } from './row.ts'

/** A case that is about to get its number. Its first event is that its applicant hands it in. */
export interface NewCase {
  readonly id: string
  readonly opening: CaseOpening
  /** Of the receipt number: its first part, and its year. */
  readonly prefix: string
  readonly year: number
  readonly receivedAt: number
  readonly effectiveAt: number
  readonly standing: CaseStanding
  readonly duty: string | undefined
  readonly change: CaseChange
  readonly keySealed: Buffer
  readonly contentSealed: Buffer
}

/** Types of columns that are not text. */
const types: Readonly<Record<string, string>> = {
  ...{ id: 'uuid', year: 'integer', service_version: 'integer', applicant: 'uuid', parties: 'text[]' },
  party_kinds: 'text[]',
  ...{
    consents: 'jsonb',
    plan: 'jsonb',
    fee: 'bigint',
    received_at: 'timestamptz',
    effective_at: 'timestamptz',
  },
  ...{
    duties: 'text[]',
    step: 'integer',
    by_rule: 'boolean',
    is_paid: 'boolean',
    awaited_consents: 'text[]',
  },
  ...{ assignee: 'uuid', done: 'uuid[]', hands: 'jsonb', decision: 'jsonb', first_decision: 'jsonb' },
  ...{ due_at: 'timestamptz', days_left: 'integer', lapse_at: 'timestamptz', overdue_at: 'timestamptz' },
  ...{ ended_at: 'timestamptz', appeal_until: 'timestamptz', erased_at: 'timestamptz', version: 'integer' },
  change: 'jsonb',
}

const columns = [
  ...['id', 'agency', 'year', 'service', 'service_version', 'applicant'],
  ...['party', 'parties', 'party_kinds', 'consents'],
  ...['title_th', 'title_en', 'plan', 'fee', 'key', 'received_at', 'effective_at', 'duties'],
  ...standingColumns,
]
const told = [...columns, 'prefix', 'change']
/** JSON of a column is sent as text. */
const sent = told.map((column) => `${column} ${types[column]?.replace('jsonb', 'text') ?? 'text'}`).join(', ')
const taken = columns.map((column) => (types[column] === 'jsonb' ? `${column}::jsonb` : column)).join(', ')

/**
 * Numbers, cases and first events in one statement: the rows of the counters are held from here to the commit, and whoever
 * registers at the same agencies waits for that. Counters are taken in the order of agencies, so that none waits in a circle.
 */
const insertion = {
  name: 'casework.open-cases',
  text: `with made as materialized (
    select * from rows from (json_to_recordset($1::json) as (${sent}), unnest($2::bytea[]), unnest($3::bytea[]))
      with ordinality as made (${told.join(', ')}, key_sealed, content_sealed, place)
  ), counted as (
    select agency, year, count(*)::integer as count from made group by agency, year
  ), numbered as (
    insert into casework.receipt (agency, year, last) select agency, year, count from counted order by agency, year
    on conflict (agency, year) do update set last = receipt.last + excluded.last returning agency, year, last
  ), placed as (
    select made.*, (last - count + row_number() over (partition by agency, year order by place))::integer as serial
    from made join counted using (agency, year) join numbered using (agency, year)
  ), opened as (
    insert into casework.service_case (serial, number, key_sealed, content_sealed, ${columns.join(', ')})
    select serial, prefix || '-' || year || '-' || lpad(serial::text, greatest(6, length(serial::text)), '0'),
      key_sealed, content_sealed, ${taken} from placed returning id, number, received_at, party, consents
  ), begun as (
    insert into casework.case_event (case_id, version, action, by, actor, at, change)
    select id, version, 'submit', 'applicant', applicant, received_at, change::jsonb from made
  ), known as (
    insert into casework.case_party (party, received_at, case_id, role)
    select party, received_at, id, 'about' from opened where party is not null
    union select asked ->> 'of', received_at, id, 'asked' from opened, jsonb_array_elements(consents) asked
  ) select number from opened join made using (id) order by place`,
}

/** Gives their numbers, in their order. */
export async function insertCases(client: PoolClient, made: readonly NewCase[]): Promise<readonly string[]> {
  if (made.length === 0) return []
  const { rows } = await client.query<{ number: string }>({
    ...insertion,
    values: [
      JSON.stringify(made.map(recordOf)),
      byteaArray(made.map(({ keySealed }) => keySealed)),
      byteaArray(made.map(({ contentSealed }) => contentSealed)),
    ],
  })
  if (rows.length !== made.length) throw new Error('a case was opened without a number')
  return rows.map(({ number }) => number)
}

function recordOf(made: NewCase): Readonly<Record<string, unknown>> {
  const { opening, standing, duty, change } = made
  const consents = opening.consents ?? []
  const { action, by, actor, at, ...rest } = change
  const values = standingValues(standing, duty)
  return {
    ...{ id: made.id, agency: opening.agency, year: made.year, prefix: made.prefix, key: opening.key },
    ...{ service: opening.service, service_version: opening.version, applicant: opening.applicant },
    ...{ party: opening.party, parties: partiesOf(opening), consents: JSON.stringify(consents) },
    party_kinds: opening.kinds,
    ...{ title_th: opening.title.th, title_en: opening.title.en, plan: JSON.stringify(opening.plan) },
    ...{ fee: opening.fee, duties: dutiesOf(opening.plan), change: JSON.stringify(rest) },
    received_at: new Date(made.receivedAt),
    effective_at: new Date(made.effectiveAt),
    ...Object.fromEntries(standingColumns.map((column, index) => [column, values[index]])),
  }
}

/** Whom a case concerns beside who handed it in. */
export function partiesOf({ party, consents = [], concerned = [] }: CaseOpening): string[] {
  return [
    ...new Set([...(party === undefined ? [] : [party]), ...consents.map(({ of }) => of), ...concerned]),
  ]
}
