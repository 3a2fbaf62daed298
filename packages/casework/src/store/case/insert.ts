import type { PoolClient } from '@sapan/kernel'
import type { CaseOpening } from '../../case/case.ts'
import type { CaseChange } from '../../case/event.ts'
import { dutiesOf } from '../../case/plan.ts'
import type { CaseStanding } from '../../case/standing.ts'
import { eventColumns, eventValues } from './events.ts'
import { standingColumns, standingValues } from './row.ts'

/** A case that is about to get its number. */
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

const caseColumns = [
  'id',
  'service',
  'service_version',
  'applicant',
  'party',
  'parties',
  'consents',
  'title_th',
  'title_en',
  'plan',
  'fee',
  'key',
  'received_at',
  'effective_at',
  'duties',
  'key_sealed',
  'content_sealed',
  ...standingColumns,
]

const firstCase = 4
const firstEvent = firstCase + caseColumns.length
const places = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `$${from + index}`).join(', ')

/**
 * Number, case and first event in one statement: the row of the counter is held from here to the commit, and whoever
 * registers at the same agency waits for that.
 */
const insertion = {
  name: 'casework.open-case',
  text: `with numbered as (
    insert into casework.receipt (agency, year, last) values ($1, $2, 1)
    on conflict (agency, year) do update set last = receipt.last + 1 returning last
  ), opened as (
    insert into casework.service_case (agency, year, serial, number, ${caseColumns.join(', ')})
    select $1, $2, last, $3 || '-' || $2 || '-' || lpad(last::text, greatest(6, length(last::text)), '0'),
      ${places(firstCase, caseColumns.length)} from numbered returning id, number, received_at, party, consents
  ), begun as (
    insert into casework.case_event (case_id, ${eventColumns}) select id, ${places(firstEvent, 7)} from opened
  ), known as (
    insert into casework.case_party (party, received_at, case_id, role)
    select party, received_at, id, 'about' from opened where party is not null
    union select asked ->> 'of', received_at, id, 'asked' from opened, jsonb_array_elements(consents) asked
  ) select number from opened`,
}

/** Gives the case's number. */
export async function insertCase(client: PoolClient, made: NewCase): Promise<string> {
  const { opening, standing, duty } = made
  const consents = opening.consents ?? []
  const { rows } = await client.query<{ number: string }>({
    ...insertion,
    values: [
      opening.agency,
      made.year,
      made.prefix,
      made.id,
      opening.service,
      opening.version,
      opening.applicant,
      opening.party ?? null,
      partiesOf(opening),
      JSON.stringify(consents),
      opening.title.th,
      opening.title.en,
      JSON.stringify(opening.plan),
      opening.fee,
      opening.key,
      new Date(made.receivedAt),
      new Date(made.effectiveAt),
      dutiesOf(opening.plan),
      made.keySealed,
      made.contentSealed,
      ...standingValues(standing, duty),
      ...eventValues(1, made.change, null),
    ],
  })
  const number = rows[0]?.number
  if (number === undefined) throw new Error('a case was opened without a number')
  return number
}

/** Whom a case concerns beside who handed it in. */
export function partiesOf({ party, consents = [], concerned = [] }: CaseOpening): string[] {
  return [
    ...new Set([...(party === undefined ? [] : [party]), ...consents.map(({ of }) => of), ...concerned]),
  ]
}
