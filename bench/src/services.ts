import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from 'sapan/postgres'
import type { Benchmark, BenchmarkOptions, BenchmarkResult, Metric } from './benchmark.ts'
import { Processes } from './processes.ts'
import { deadlineDay } from './services/deadline.ts'
import { pageRounds } from './services/page-rounds.ts'
import type { Place } from './services/place.ts'
import { scale } from './services/scale.ts'
import { submissionRounds } from './services/submission-rounds.ts'

/** What people do with services: pages against govuk-frontend's, handing in, the last day, and two million cases. */
export const services: Benchmark = {
  name: 'services',
  about: 'pages against govuk-frontend on Express; submissions; the last day; two million cases',
  usual: { rounds: 3, seconds: 5, warmUpSeconds: 10 },
  run,
}

const require = createRequire(import.meta.url)

const parts: Readonly<Record<string, (place: Place) => Promise<Record<string, Metric>>>> = {
  pages: pageRounds,
  submissions: submissionRounds,
  deadline: deadlineDay,
  scale,
}

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const metrics: Record<string, Metric> = {}
  for (const [name, part] of Object.entries(parts))
    if (options.only.length === 0 || options.only.includes(name))
      Object.assign(metrics, await alone(options, part))
  return { benchmark: 'services', peer: 'peer', metrics, conditions: conditions(options) }
}

/** Each part has a PostgreSQL of its own, so that none meets what another left behind. */
async function alone(
  options: BenchmarkOptions,
  part: (place: Place) => Promise<Record<string, Metric>>,
): Promise<Record<string, Metric>> {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-bench-'))
  const processes = new Processes()
  const postgres = await startPostgres({ directory: join(folder, 'postgres') })
  try {
    return await part({ folder, processes, postgres, options })
  } finally {
    await processes.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function conditions(options: BenchmarkOptions): BenchmarkResult['conditions'] {
  return {
    rounds: `${options.rounds} of ${options.seconds} s each, in turn, after ${options.warmUpSeconds} s of warm-up; medians`,
    'deadline day': `${options.rate} filings a second for ${options.quick ? '20 s' : `${options.minutes} minutes`}`,
    peer: `pages: nunjucks ${versionOf(require.resolve('nunjucks/package.json'))} and govuk-frontend ${versionOf(require.resolve('govuk-frontend/package.json'))} on Express ${versionOf(require.resolve('express/package.json'))}; scale: the same among 10,000 cases`,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    node: process.versions.node,
    postgresql: '18, embedded, fsync on',
  }
}

function versionOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
