import type { Pool } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import type { CaseQuery } from '../../src/index.ts'
import { type CaseOffice, caseOffice, monday, officer, seen, shortPlan } from './office.ts'

const sizes = [10_000, 1_000_000]
const rounds = 25
const agency = 'TH/GOV/RD'
const someone = '00000000-0000-4000-8000-000000000777'

/**
 * Fills the table: of ten cases six are over, three wait for officers, one for the applicant; six services; each person
 * has five. Times lie in the last and the next hundred days.
 */
const filling = `insert into casework.service_case
  (id, agency, year, serial, number, service, service_version, applicant, parties, party_kinds, consents, title_th, title_en, plan,
   fee, key, received_at, effective_at, duties, key_sealed, content_sealed, state, stage, step, by_rule, is_paid,
   awaited_consents, duty, done, hands, due_at, lapse_at, overdue_at, ended_at, version)
  select gen_random_uuid(), $1, 2568, n, 'RD-2568-' || lpad(n::text, 7, '0'), 'service-' || n % 6, 1,
    ('00000000-0000-4000-8000-' || lpad((n / 5)::text, 12, '0'))::uuid, '{}', '{self}', '[]', 'คำขอ', 'Application', $2, 0,
    'filled-' || n, at, at, '{decide}', '\\x00', decode(repeat('ab', 400), 'hex'),
    case when n % 10 < 6 then 'completed' when n % 10 < 9 then 'awaiting-decision' else 'awaiting-information' end,
    'first', 0, false, true, '{}', 'decide', '{}', '[]', case when n % 10 < 9 then at + interval '15 days' end,
    case when n % 10 = 9 then at + interval '300 days' end,
    case when n % 100 = 7 then at + interval '16 days' end,
    case when n % 10 < 6 then at + interval '9 days' end, 2
  from (select n, $3::timestamptz + (n::bigint * 7919 % 1000003) * interval '8 seconds' as at
    from generate_series($4::int, $5::int) as n) as filled`

async function fill(pool: Pool, from: number, to: number): Promise<void> {
  const start = new Date(monday - 100 * 86_400_000)
  await pool.query(filling, [agency, JSON.stringify(shortPlan), start, from, to])
  await pool.query('vacuum analyze casework.service_case')
}

describe('lists and receipts', { timeout: 1_200_000 }, () => {
  it('take at a million cases what they take at ten thousand', async () => {
    await using office = await caseOffice()
    office.at = monday
    const table: Record<string, Record<string, number>> = {}
    let filled = 0
    for (const size of sizes) {
      await fill(office.database.pool, filled + 1, size)
      filled = size
      for (const [name, ask] of Object.entries(questions(office))) {
        const row = table[name] ?? {}
        table[name] = row
        row[`${size}`] = await median(ask)
      }
    }
    console.table(table)
    // The figures are for people to read; that no list goes through all cases is what must hold.
    const { rows } = await office.database.pool.query<{ seq_scan: string }>(
      `select seq_scan from pg_stat_user_tables where relname = 'service_case'`,
    )
    const before = Number(rows[0]?.seq_scan)
    for (const ask of Object.values(questions(office))) await ask()
    await office.database.pool.query('select pg_stat_force_next_flush()')
    const after = await office.database.pool.query<{ seq_scan: string }>(
      `select seq_scan from pg_stat_user_tables where relname = 'service_case'`,
    )
    expect(Number(after.rows[0]?.seq_scan)).toBe(before)
  })
})

/** Everything that is asked of the table, by what it is. */
function questions(office: CaseOffice): Record<string, () => Promise<unknown>> {
  const who = { ...officer('decide', 'review'), agency }
  const queue = (query: Partial<CaseQuery>) => () =>
    office.cases.queue(who, { show: 'work', limit: 25, ...query })
  const middle = `${monday.toString(36)}.00000000-0000-0000-0000-000000000000`
  return {
    'first page': queue({}),
    'page in the middle': queue({ after: middle }),
    'of one service': queue({ service: 'service-2' }),
    'that nobody has, due this week': queue({ assignee: null, dueFrom: monday, dueBefore: monday + 5e8 }),
    'that nobody has, behind all that somebody has': queue({
      assignee: null,
      dueFrom: monday + 80 * 86_400_000,
    }),
    'of a state that few are in': queue({ state: 'appealed' }),
    'that wait to be carried out': queue({ show: 'awaited', state: 'carrying-out' }),
    'that were voided': queue({ show: 'ended', state: 'voided' }),
    'late ones': queue({ overdue: true }),
    'awaiting information': queue({ show: 'awaited' }),
    'that are over, of one service': queue({ show: 'ended', service: 'service-4' }),
    'by number': queue({ show: 'ended', number: 'RD-2568-0000301' }),
    'by digits': queue({ number: '306' }),
    mine: queue({ show: 'mine' }),
    counts: () => office.cases.counts(who),
    'of a person': () => office.cases.ofApplicant({ account: someone, parties: ['a', 'b'] }),
    'a receipt': () => office.open({ plan: shortPlan, agency }),
    'taken by an officer': async () => {
      const made = await office.open({ plan: shortPlan, agency })
      await office.cases.take(who, seen(made))
    },
    'marked as overdue': () => office.cases.markOverdue(1),
  }
}

async function median(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await ask()
    times.push(performance.now() - start)
  }
  return Math.round((times.sort((a, b) => a - b)[rounds >> 1] ?? 0) * 100) / 100
}
