import type { Evidence } from '@sapan/exchange'
import { createPool } from '@sapan/kernel'
import { startPostgres } from 'sapan/postgres'
import { type BenchmarkOptions, type Metric, median, metric, metricAlone } from '../benchmark.ts'
import { Filling } from './filling.ts'
import { LogKeeper, member } from './log-keeper.ts'

const few = 10_000
const asks = 100

/** Appending, looking up and exporting among ten million rows of evidence, against ten thousand; and an audit of all of them. */
export async function manyRows(
  folder: string,
  { rows, quick, progress }: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const many = quick ? rows / 100 : rows
  const postgres = await startPostgres({ directory: folder })
  const pool = createPool(await postgres.ensureDatabase('evidence'), { max: 16 })
  const keeper = new LogKeeper(pool)
  const { evidence } = keeper
  try {
    await keeper.start()
    const filling = new Filling(keeper)
    await filling.grow(few)
    await settled(evidence, progress)
    const before = await measured(evidence, filling)
    const [from, begun] = [filling.rows, performance.now()]
    await filling.grow(many - from, (done) => progress(`${done.toLocaleString('en')} rows`))
    const rate = (filling.rows - from) / ((performance.now() - begun) / 1000)
    await settled(evidence, progress)
    await pool.query('vacuum analyze')
    const after = await measured(evidence, filling)
    const count = many.toLocaleString('en')
    const metrics: Record<string, Metric> = {}
    for (const [name, { value, unit }] of Object.entries(after))
      metrics[`${name}, among ${count} rows`] = metric(value, before[name]?.value ?? Number.NaN, unit)
    metrics['growing, log and checkpoints beside'] = metricAlone(rate, 'rows/s')
    metrics[`audit of ${count} rows`] = metricAlone(await auditRate(evidence, progress), 'rows/s')
    return metrics
  } finally {
    await evidence.stop()
    await pool.end()
    await postgres.stop()
  }
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

type Figures = Readonly<Record<string, { readonly value: number; readonly unit: string }>>

async function measured(evidence: Evidence, filling: Filling): Promise<Figures> {
  const anyExchange = () => filling.anyExchange()
  const times = {
    'looking up an exchange': () => evidence.show(anyExchange()),
    'the newest page of a list': () => evidence.list({ limit: 25 }),
    "a person's accesses": () => evidence.findUsage({ subjects: [filling.anySubject()], limit: 25 }),
    'exporting an exchange': () => evidence.export(anyExchange()),
  }
  const figures: Record<string, { value: number; unit: string }> = {}
  for (const [name, ask] of Object.entries(times)) figures[name] = { value: await middle(ask), unit: 'ms' }
  // Last, since it adds rows.
  figures['appending, 32 side by side'] = { value: await filling.appendRate(10), unit: 'rows/s' }
  return figures
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
