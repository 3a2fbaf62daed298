import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { type BenchmarkOptions, type Metric, metricAlone } from '../benchmark.ts'
import { type SapanPair, sapan, startSapanPair } from '../exchange/sapan.ts'
import { freePort } from '../ports.ts'
import { Processes, until } from '../processes.ts'
import { ownMemory } from '../processor.ts'
import { fileBytes, filePieces, startFileServer } from './file-server.ts'

const service = 'BENCH/GOV/GIVE/register/files-v1'
const rounds = 5

/** 100 MB each way: how far either gateway's memory grows above what it was before, and how fast it goes. */
export async function largeBodies(
  folder: string,
  { progress }: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const processes = new Processes()
  const files = await startFileServer()
  try {
    const providerPort = await freePort()
    const provider = fileURLToPath(new URL('../exchange/provider.ts', import.meta.url))
    processes.start({ name: 'provider', command: process.execPath, args: [provider, String(providerPort)] })
    const pair = await startSapanPair(processes, folder, providerPort, progress)
    await offerFiles(pair, files.url)
    const metrics: Record<string, Metric> = {}
    for (const method of ['PUT', 'GET'] as const) {
      const what = method === 'PUT' ? 'request of 100 MB' : 'answer of 100 MB'
      const { consumer, provider: giver, seconds } = await growth(pair, method)
      metrics[`${what}: growth of the consumer’s gateway`] = metricAlone(consumer, 'MiB')
      metrics[`${what}: growth of the provider’s gateway`] = metricAlone(giver, 'MiB')
      metrics[`${what}: rate`] = metricAlone(fileBytes / 1e6 / seconds, 'MB/s')
    }
    return metrics
  } finally {
    await processes.stop()
    await files.close()
  }
}

async function offerFiles(pair: SapanPair, url: string): Promise<void> {
  const { home } = pair.provider
  const offered = ['--subsystem', 'BENCH/GOV/GIVE/register', '--url', url]
  await sapan(home, 'service', 'add', file('files-v1.yaml'), ...offered)
  await sapan(home, 'grant', 'add', file('files-grant.yaml'))
  await until('the files', 60, async () => (await transfer(pair, 'GET')) === fileBytes)
}

/** The most of several rounds, one after the other; the first has been made before. */
async function growth(pair: SapanPair, method: 'PUT' | 'GET') {
  const gateways = [pair.consumer.pid, pair.provider.pid]
  await transfer(pair, method)
  // What earlier ones left is collected while nothing is asked.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const before = gateways.map(ownMemory)
  const most = [...before]
  const look = setInterval(() => {
    for (const [index, pid] of gateways.entries()) most[index] = Math.max(most[index] ?? 0, ownMemory(pid))
  }, 20)
  const begun = performance.now()
  for (let round = 0; round < rounds; round++) await transfer(pair, method)
  clearInterval(look)
  const [consumer = Number.NaN, provider = Number.NaN] = most.map(
    (memory, index) => memory - (before[index] ?? 0),
  )
  return { consumer, provider, seconds: (performance.now() - begun) / 1000 / rounds }
}

/** Bytes that arrived at the other end. Throws where the answer is a refusal. */
function transfer({ port, headers }: SapanPair, method: 'PUT' | 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const typed = { 'content-type': 'application/octet-stream', 'content-length': fileBytes }
    const all = { ...headers, ...(method === 'PUT' && typed) }
    const path = `/r1/${service}/files`
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: all, agent: false },
      async (answer) => {
        let bytes = 0
        let text = ''
        for await (const piece of answer) {
          bytes += (piece as Buffer).length
          if (method === 'PUT' || answer.statusCode !== 200) text += String(piece)
        }
        if (answer.statusCode === 200) resolve(method === 'PUT' ? Number(text) : bytes)
        else reject(new Error(`${answer.statusCode} ${text}`))
      },
    )
    sent.on('error', reject)
    if (method === 'PUT') filePieces().pipe(sent)
    else sent.end()
  })
}

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
