import type { CaseQuery, Officer } from '@sapan/casework'
import type { Pool } from '@sapan/kernel'
import { submit } from '@sapan/services'
import type { House } from 'sapan/operator'
import { type Metric, median, metric } from '../benchmark.ts'
import { accountOf } from '../identity/people.ts'
import { draftOf, filing } from './filing.ts'
import { openHouse, type ServicesHouse } from './house.ts'
import type { Place } from './place.ts'
import { buildTown } from './start.ts'

type Whole = House & { readonly services: ServicesHouse }

const few = 10_000
const asks = 40
const batch = 100_000

/** Lists, search, opening and handing in among ten thousand cases and among two million: in the table the first is ours. */
export async function scale(place: Place): Promise<Record<string, Metric>> {
  const { options } = place
  const many = options.quick ? few * 10 : options.cases
  const town = await buildTown(place, 'scale', 4 * asks + 100)
  const house = await openHouse({ ...town, portal: 'http://localhost:9' })
  try {
    const handIn = handingIn(house)
    const opened = []
    for (let at = 0; at < 20; at++) opened.push(await handIn())
    await fill(house.ground.pool, 1, few)
    const before = await measured(questions(house, opened, handIn))
    const begun = performance.now()
    await fill(house.ground.pool, few + 1, many)
    options.progress(
      `${many.toLocaleString('en')} cases after ${Math.round((performance.now() - begun) / 1000)} s`,
    )
    const after = await measured(questions(house, opened, handIn))
    const rows = Object.keys(before).map((name) => {
      const [small, large] = [before[name] ?? Number.NaN, after[name] ?? Number.NaN]
      options.progress(`${name}: ${small.toFixed(2)} ms among ${few}, ${large.toFixed(2)} ms among ${many}`)
      return [
        `${name}, among ${many.toLocaleString('en')} against ${few.toLocaleString('en')} cases`,
        metric(large, small, 'ms'),
      ]
    })
    return Object.fromEntries(rows)
  } finally {
    await house.close()
  }
}

function handingIn({ services }: Whole): () => Promise<string> {
  const { ground, drafts } = services
  let person = 0
  return async () => {
    const account = accountOf(person)
    const draft = await drafts.find({ account }, draftOf(person))
    const level = { ial: '2.3', aal: '2.2' }
    const session = `sid-${person++}`
    const who = { kind: 'applicant' as const, account, session, level, authenticatedAt: ground.clock() }
    return await submit(ground, drafts, { draft, who, language: 'th' })
  }
}

/** Everything that is asked of the register, by what it is. */
function questions(
  { services }: Whole,
  opened: readonly string[],
  handIn: () => Promise<string>,
): Record<string, () => Promise<unknown>> {
  const { cases, ground } = services
  const definition = ground.definitions.find(filing.service)
  const duties = [...new Set(definition?.workflow.steps.map(({ duty }) => duty))]
  const officer: Officer = {
    account: '00000000-0000-4000-8000-00000000ffff',
    agency: definition?.owner ?? '',
    duties,
  }
  const list = (query: Partial<CaseQuery>) => () =>
    cases.queue(officer, { show: 'work', limit: 25, ...query })
  let at = 0
  return {
    'first page of a list': list({}),
    'a page in the middle': list({
      after: `${Date.now().toString(36)}.00000000-0000-0000-0000-000000000000`,
    }),
    'list of one service': list({ service: filing.service }),
    'list of what nobody has': list({ assignee: null }),
    'list of a rare state': list({ state: 'appealed' }),
    'what is over': list({ show: 'ended' }),
    'search by number': list({ number: '2569-7001' }),
    'search by digits': list({ show: 'ended', number: '306' }),
    'how many there are': () => cases.counts(officer),
    "a person's cases": () => cases.ofApplicant({ account: filledPerson(700), parties: [] }),
    'opening a case': async () => await cases.read(officer, opened[at++ % opened.length] ?? ''),
    'handing in': handIn,
  }
}

async function measured(asked: Record<string, () => Promise<unknown>>): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [name, ask] of Object.entries(asked)) {
    for (let round = 0; round < 10; round++) await ask()
    const times: number[] = []
    for (let round = 0; round < asks; round++) {
      const begun = performance.now()
      await ask()
      times.push(performance.now() - begun)
    }
    found[name] = median(times)
  }
  return found
}

function filledPerson(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/**
 * Cases as the first real one is, with three events each: of ten six are over, three wait for officers, one for its
 * applicant; of six services; each person has five. Times lie in the last and the next hundred days. What they hold is left
 * out: it lies outside of the rows (TOAST), and is read of one case only, of which those that were really handed in have it.
 */
async function fill(pool: Pool, from: number, to: number): Promise<void> {
  const client = await pool.connect()
  try {
    // Rows refer to each other by construction: what each of them would look up is known to be there.
    await client.query('set session_replication_role = replica')
    const start = new Date(Date.now() - 100 * 86_400_000)
    const { rows } = await client.query<{ last: number }>(
      'select max(serial) as last from casework.service_case',
    )
    // Behind all numbers that were given, with some left for who hands in meanwhile.
    const behind = (rows[0]?.last ?? 0) + 1000 - (from - 1)
    for (let at = from; at <= to; at += batch)
      await client.query(filling, [start, at, Math.min(to, at + batch - 1), behind])
    await client.query('update casework.receipt set last = (select max(serial) from casework.service_case)')
    await client.query('set session_replication_role = default')
    for (const table of ['service_case', 'case_event']) await client.query(`vacuum analyze casework.${table}`)
    await client.query('checkpoint')
  } finally {
    client.release()
  }
}

const filling = `with model as (
    select * from casework.service_case where applicant::text not like '%-4000-8000-%' order by serial limit 1
  ), filled as (
    select n + $4::int as n, $1::timestamptz + (n::bigint * 7919 % 1000003) * interval '8 seconds' as at
    from generate_series($2::int, $3::int) as n
  ), cases as (
    insert into casework.service_case
      (id, agency, year, serial, number, service, service_version, applicant, parties, party_kinds, consents, title_th, title_en,
       plan, fee, key, received_at, effective_at, duties, key_sealed, content_sealed, state, stage, step, by_rule, is_paid,
       awaited_consents, duty, done, hands, due_at, lapse_at, overdue_at, ended_at, version)
    select gen_random_uuid(), agency, year, n, 'RD-' || year || '-' || lpad(n::text, 7, '0'),
      case when n % 6 = 0 then service else 'service-' || n % 6 end, 1,
      ('00000000-0000-4000-8000-' || lpad((n / 5)::text, 12, '0'))::uuid, '{}', party_kinds, '[]', title_th, title_en, plan, 0,
      'filled-' || n, at, at, duties, key_sealed, null,
      case when n % 10 < 6 then 'completed' when n % 10 < 9 then 'in-review' else 'awaiting-information' end,
      'first', 0, false, true, '{}', duty, '{}', '[]', case when n % 10 < 9 then at + interval '15 days' end,
      case when n % 10 = 9 then at + interval '300 days' end, case when n % 100 = 7 then at + interval '16 days' end,
      case when n % 10 < 6 then at + interval '9 days' end, 3
    from model, filled returning id, received_at, applicant
  )
  insert into casework.case_event (case_id, version, action, by, actor, at, change)
  select id, version, action, 'officer', applicant, received_at + version * interval '1 day', '{}'
  from cases, (values (1, 'submit'), (2, 'take'), (3, 'decide')) as did (version, action)`
