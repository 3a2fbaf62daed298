import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type BoatOffice, boatOffice } from './office.ts'

const rounds = 30
/** Open at once, which is as many as one may have. */
const forms = 40
const script = fileURLToPath(new URL('./killed-door.ts', import.meta.url))

it(`doors that are killed while all hand in lose no number, and open one case of each draft, ${rounds} rounds`, async () => {
  await using office = await boatOffice()
  const told = new Map<string, string>()
  let killed = 0
  for (let round = 0; round < rounds; round++) {
    for (let at = await openDrafts(office); at < forms; at++) await office.draft()
    // From the first query to behind the last of one group, and of several.
    const signals = await Promise.all([round % 10, round].map((count) => handIn(office, count, told)))
    killed += signals.filter((signal) => signal === 'SIGKILL').length
    await expectWhole(office, told)
  }
  expect(killed).toBeGreaterThan(rounds / 2)
  await handIn(office, Number.MAX_SAFE_INTEGER, told)
  expect(await openDrafts(office)).toBe(0)
  await expectWhole(office, told)
  expect(told.size).toBeGreaterThan(0)
})

/** A door that is killed before its n-th query, or comes to its end before. Two at the same forms tell the same of each. */
async function handIn(
  office: BoatOffice,
  count: number,
  told: Map<string, string>,
): Promise<NodeJS.Signals | null> {
  const args = ['--import', 'tsx', script, office.database.url, String(office.at), String(count)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => void lines.push(line))
  const [code, signal] = await closed
  expect([0, null]).toContain(code)
  for (const line of lines) {
    const [, draft = '', id = ''] = /^told ([0-9a-f-]{36}) ([0-9a-f-]{36})$/.exec(line) ?? []
    if (draft === '') continue
    expect(told.get(draft) ?? id).toBe(id)
    told.set(draft, id)
  }
  return signal
}

async function openDrafts({ database }: BoatOffice): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    'select count(*)::int as count from services.draft where case_id is null',
  )
  return rows[0]?.count ?? 0
}

async function expectWhole({ database }: BoatOffice, told: ReadonlyMap<string, string>): Promise<void> {
  const { rows } = await database.pool.query<{ id: string; key: string; serial: number; events: number }>(
    `select id, key, serial, (select count(*)::int from casework.case_event where case_id = id) as events
     from casework.service_case order by serial`,
  )
  expect(rows.map(({ serial }) => serial)).toEqual(rows.map((_, index) => index + 1))
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  expect(rows.filter(({ events }) => events !== 1)).toEqual([])
  const cases = new Map(rows.map(({ id, key }) => [key, id]))
  for (const [draft, id] of told) expect(cases.get(draft)).toBe(id)
  const counts = await database.pool.query<Record<'handed' | 'last' | 'jobs', number>>(
    `select (select count(*)::int from services.draft join casework.service_case on case_id = service_case.id
         where key = draft.id::text) as handed,
       (select coalesce(max(last), 0) from casework.receipt) as last,
       (select count(*)::int from jobs.job where name = 'case.submit') as jobs`,
  )
  expect(counts.rows[0]).toEqual({ handed: rows.length, last: rows.length, jobs: rows.length })
}
