import type { Evidence } from '@sapan/exchange'
import { createPool } from '@sapan/kernel'
import { type Postgres, startPostgres } from 'sapan/postgres'
import { type BenchmarkOptions, type Metric, median, metric, metricAlone } from '../benchmark.ts'
import { Filling } from './filling.ts'
import { LogKeeper, member } from './log-keeper.ts'

const few = 10_000
const asks = 100
/** So often each log is measured, in turn: what else the machine does then meets both. */
const rounds = 5
const appendSeconds = 4

/** Appending, looking up and exporting among ten million rows of evidence, against ten thousand; and an audit of all of them. */
export async function manyRows(
  folder: string,
  { rows, quick, progress }: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const many = quick ? rows / 100 : rows
  const postgres = await startPostgres({ directory: folder })
  const logs: Log[] = []
  try {
    const large = await openLog(postgres, { name: 'many', rows: many }, logs)
    const small = await openLog(postgres, { name: 'few', rows: few }, logs)
    const begun = performance.now()
    await large.filling.grow(many, (done) => progress(`${done.toLocaleString('en')} rows`))
    const rate = many / ((performance.now() - begun) / 1000)
    await small.filling.grow(few)
    for (const { evidence, pool } of logs) {
      await settled(evidence, progress)
      await pool.query('vacuum analyze')
    }
    const metrics = await inTurn(large, small, many.toLocaleString('en'), progress)
    metrics['growing, log and checkpoints beside'] = metricAlone(rate, 'rows/s')
    const audited = await auditRate(large.evidence, progress)
    metrics[`audit of ${many.toLocaleString('en')} rows`] = metricAlone(audited, 'rows/s')
    return metrics
  } finally {
    for (const { evidence, pool } of logs) {
      await evidence.stop()
      await pool.end()
    }
    await postgres.stop()
  }
}

interface Log {
  readonly evidence: Evidence
  readonly filling: Filling
  readonly pool: ReturnType<typeof createPool>
}

/** A log in a database of its own, closed with the others. */
async function openLog(
  postgres: Postgres,
  { name, rows }: { readonly name: string; readonly rows: number },
  logs: Log[],
): Promise<Log> {
  const pool = createPool(await postgres.ensureDatabase(name), { max: 16 })
  const keeper = new LogKeeper(pool)
  const log = { evidence: keeper.evidence, filling: new Filling(keeper, rows), pool }
  logs.push(log)
  await keeper.start()
  return log
}

/** The log has taken in everything: the sequencer works behind. */
async function settled(evidence: Evidence, progress: (line: string) => void): Promise<void> {
  const begun = performance.now()
  for (;;) {
    const { pending } = await evidence.flush(member)
    if (pending.length === 0) break
  }
  progress(`the log is at its end after ${Math.round((performance.now() - begun) / 1000)} s`)
}

/** Asking first, since appending adds rows. */
async function inTurn(
  large: Log,
  small: Log,
  count: string,
  progress: (line: string) => void,
): Promise<Record<string, Metric>> {
  const both: readonly [Log, Measured][] = [
    [large, new Map()],
    [small, new Map()],
  ]
  for (const [name, measure] of Object.entries({ asking, appending }))
    for (let round = 1; round <= rounds; round++) {
      for (const [log, figures] of round % 2 ? both : both.toReversed()) await measure(log, figures)
      progress(`${name}: round ${round} of ${rounds}`)
    }
  const [[, among], [, amongFew]] = both as [[Log, Measured], [Log, Measured]]
  const metrics: Record<string, Metric> = {}
  for (const [name, { values, unit }] of among)
    metrics[`${name}, among ${count} rows`] = metric(
      median(values),
      median(amongFew.get(name)?.values ?? []),
      unit,
    )
  return metrics
}

type Measured = Map<string, { readonly values: number[]; readonly unit: string }>

async function asking({ evidence, filling }: Log, figures: Measured): Promise<void> {
  const anyExchange = () => filling.anyExchange()
  const times = {
    'looking up an exchange': () => evidence.show(anyExchange()),
    'the newest page of a list': () => evidence.list({ limit: 25 }),
    "a person's accesses": () => evidence.findUsage({ subjects: [filling.anySubject()], limit: 25 }),
    'exporting an exchange': () => evidence.export(anyExchange()),
  }
  for (const [name, ask] of Object.entries(times)) keep(figures, name, 'ms', await middle(ask))
}

/** The log is at its end before another is measured. */
async function appending({ evidence, filling }: Log, figures: Measured): Promise<void> {
  keep(figures, 'appending, 32 side by side', 'rows/s', await filling.appendRate(appendSeconds))
  await settled(evidence, () => {})
}

function keep(figures: Measured, name: string, unit: string, value: number): void {
  const kept = figures.get(name) ?? { values: [], unit }
  kept.values.push(value)
  figures.set(name, kept)
}

async function middle(ask: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < 20; round++) await ask()
  const times: number[] = []
  for (let round = 0; round < asks; round++) {
    const begun = performance.now()
    await ask()
    times.push(performance.now() - begun)
  }
  return median(times)
}

async function auditRate(evidence: Evidence, progress: (line: string) => void): Promise<number> {
  const begun = performance.now()
  const { sound, findings, entries } = await evidence.audit(member)
  if (!sound) throw new Error(`the audit found ${JSON.stringify(findings.slice(0, 3))}`)
  const seconds = (performance.now() - begun) / 1000
  progress(`audited ${entries} entries in ${Math.round(seconds)} s`)
  return entries / seconds
}
