import { createServer } from 'node:net'
import { portTaken } from '../run/listen.ts'

/** Below the ports that systems give to outgoing connections, so that the choice stays free between starts. */
const first = 20_000
const count = 10_000

/** So many free ports on 127.0.0.1, none of them among `taken`. */
export async function freePorts(howMany: number, taken: ReadonlySet<number>): Promise<number[]> {
  const chosen = new Set<number>()
  for (let tries = 0; chosen.size < howMany && tries < howMany * 100; tries += 1) {
    const port = first + Math.floor(Math.random() * count)
    if (!taken.has(port) && !chosen.has(port) && (await isFree(port))) chosen.add(port)
  }
  if (chosen.size < howMany) throw portTaken('127.0.0.1:20000–29999', 'home.json')
  return [...chosen]
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
