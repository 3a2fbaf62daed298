import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Benchmark, BenchmarkOptions, BenchmarkResult, Metric } from './benchmark.ts'
import { largeBodies } from './exchange-scale/bodies.ts'
import { manyRows } from './exchange-scale/rows.ts'
import { starting } from './exchange-scale/starting.ts'

const parts: Readonly<
  Record<string, (folder: string, options: BenchmarkOptions) => Promise<Record<string, Metric>>>
> = { start: starting, body: largeBodies, rows: manyRows }

/** What takes long: large bodies, a start, and ten million rows of evidence against ten thousand. */
export const exchangeScale: Benchmark = {
  name: 'exchange-scale',
  about: 'large bodies, a start, and ten million rows of evidence against ten thousand',
  async run(options): Promise<BenchmarkResult> {
    const folder = mkdtempSync(join(tmpdir(), 'sapan-scale-'))
    const metrics: Record<string, Metric> = {}
    try {
      for (const [name, part] of Object.entries(parts)) {
        if (options.only.length > 0 && !options.only.includes(name)) continue
        const place = mkdtempSync(join(folder, `${name}-`))
        // The database runs as another user where we are root, and must get through.
        for (const one of [folder, place]) chmodSync(one, 0o755)
        Object.assign(metrics, await part(place, options))
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return { benchmark: 'exchange-scale', peer: 'at 10,000', metrics, conditions: conditions(options) }
  },
}

function conditions({ rows, quick }: BenchmarkOptions): BenchmarkResult['conditions'] {
  return {
    rows: quick ? 'quick: a hundredth of them' : rows,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    node: process.versions.node,
    postgresql: '18, embedded, fsync on',
  }
}
