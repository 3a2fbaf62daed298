import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Metric, median, metricAlone } from '../benchmark.ts'
import { freePort } from '../ports.ts'
import { until } from '../processes.ts'
import { roundLine, takePages } from './measure.ts'
import { pageWeight } from './page-weight.ts'
import type { Workplace } from './workplace.ts'

/** The pages that are measured, by what they are called in the table. */
const pages = { 'home page': '/', 'my page': '/me' } as const

/** The core that the portal has to itself; the generator is on the others. */
const core = 0

/** The portal's pages from one core: as many as go through, how long they take at half of that, and what they weigh. */
export async function pageRounds({ processes, folder, options }: Workplace): Promise<Record<string, Metric>> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const file = fileURLToPath(new URL('portal-server.ts', import.meta.url))
  processes.start({
    name: 'portal',
    command: 'taskset',
    args: ['-c', String(core), process.execPath, file, String(port)],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production' },
    log: join(folder, 'portal.log'),
  })
  await until('the portal', 60, async () => (await fetch(origin)).status === 200)
  const metrics: Record<string, Metric> = {}
  for (const [name, path] of Object.entries(pages)) {
    const order = { origin, path, connections: 32, leadSeconds: 1, seconds: options.seconds }
    await takePages({ ...order, seconds: options.warmUpSeconds })
    const [rates, late]: [number[], number[]] = [[], []]
    for (let round = 1; round <= options.rounds; round++) {
      const full = await takePages(order)
      const half = await takePages({ ...order, rate: full.perSecond / 2 })
      options.progress(`${name}: ${roundLine(full)}; at half of that: ${roundLine(half)}`)
      rates.push(full.perSecond)
      late.push(half.p99)
    }
    metrics[`${name}, one core`] = metricAlone(median(rates), 'pages/s')
    metrics[`${name}, p99 at half of that`] = metricAlone(median(late), 'ms')
    metrics[`${name}, compressed, with its CSS and scripts`] = metricAlone(
      (await pageWeight(origin, path)) / 1024,
      'KiB',
    )
  }
  return metrics
}
