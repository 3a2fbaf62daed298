import { fileURLToPath } from 'node:url'
import { type BenchmarkOptions, type Metric, median, metricAlone } from '../benchmark.ts'
import { restartGateway, startSapanPair } from '../exchange/sapan.ts'
import { freePort } from '../ports.ts'
import { Processes } from '../processes.ts'
import { ownMemory, residentMemory } from '../processor.ts'

/** From `sapan gateway` to the first exchange through it, its embedded PostgreSQL included; and what it holds in memory then. */
export async function starting(
  folder: string,
  { progress, quick }: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const processes = new Processes()
  try {
    const providerPort = await freePort()
    const provider = fileURLToPath(new URL('../exchange/provider.ts', import.meta.url))
    processes.start({ name: 'provider', command: process.execPath, args: [provider, String(providerPort)] })
    const pair = await startSapanPair(processes, folder, providerPort, progress)
    const seconds: number[] = []
    let { consumer } = pair
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      const again = await restartGateway(processes, consumer)
      consumer = again.gateway
      seconds.push(again.seconds)
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    return {
      'start of a gateway, to its first exchange': metricAlone(median(seconds), 's'),
      'memory of a gateway at rest': metricAlone(ownMemory(consumer.pid), 'MiB'),
      'memory of a gateway at rest with its PostgreSQL': metricAlone(residentMemory(consumer.pid), 'MiB'),
    }
  } finally {
    await processes.stop()
  }
}
