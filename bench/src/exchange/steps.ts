import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BenchmarkOptions, type Metric, metricAlone } from '../benchmark.ts'
import { Processes } from '../processes.ts'
import { type CpuProfile, workIn } from './cpu-profile.ts'
import { requestText } from './messages.ts'
import { measure } from './rounds.ts'
import { startSapanPair } from './sapan.ts'
import { wearIn } from './wear-in.ts'

/** On which each kind of work a gateway spends its time: by V8's profiler, in a pair of gateways of their own. */
export async function profileSteps(
  folder: string,
  providerPort: number,
  options: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const [connections = 32] = options.connections
  const profiles = mkdtempSync(join(folder, 'profiles-'))
  const processes = new Processes()
  const place = mkdtempSync(join(folder, 'profiled-'))
  const flags = ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
  const pair = await startSapanPair(processes, place, providerPort, () => {}, flags).catch(async (error) => {
    await processes.stop()
    throw error
  })
  const { consumer, provider } = pair
  const order = { port: pair.port, request: requestText(pair.path, pair.headers) }
  const target = { name: 'sapan' as const, order, pids: [consumer.pid, provider.pid] }
  try {
    for (const { database } of [consumer, provider]) await wearIn(database)
    await measure(target, { connections, seconds: options.warmUpSeconds })
    const from = now()
    const { perSecond } = await measure(target, { connections, seconds: options.seconds })
    const until = now()
    // The generator warms itself up for a second first.
    const exchanges = perSecond * (options.seconds + 1)
    options.progress(`profiled: ${Math.round(perSecond)}/s with the profiler on`)
    await processes.stop()
    const metrics: Record<string, Metric> = {}
    for (const [whose, { pid }] of [
      ['consumer’s gateway', consumer],
      ['provider’s gateway', provider],
    ] as const) {
      const work = [...workIn(profileOf(profiles, pid), from, until)].sort(([, a], [, b]) => b - a)
      for (const [kind, time] of work) metrics[`${whose}: ${kind}`] = metricAlone(time / exchanges, 'µs')
    }
    return metrics
  } finally {
    await processes.stop()
  }
}

function now(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

/** A profile is written when its process ends, under a name with the process's number. */
function profileOf(folder: string, pid: number): CpuProfile {
  const name = readdirSync(folder).find((one) => one.split('.').includes(String(pid)))
  if (name === undefined) throw new Error(`process ${pid} left no profile`)
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile
}
