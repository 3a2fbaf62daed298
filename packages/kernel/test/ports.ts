import { createServer } from 'node:net'

/**
 * Below the ports that systems give to outgoing connections, and below those that Sapan chooses for itself. Each of the
 * processes in which vitest runs files has its own, so that none takes what another has chosen and not opened yet.
 */
const first = 12_000
const each = 1_000
const processes = 8

const own = first + each * (Number(process.env.VITEST_POOL_ID ?? 0) % processes)
let next = Math.floor(Math.random() * each)

/** A port on 127.0.0.1 that nobody listens at now, and that is not given out again soon. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < each; tries++) {
    const port = own + (next++ % each)
    if (await isFree(port)) return port
  }
  throw new Error(`none of the ports ${own}–${own + each - 1} is free`)
}

/** Several of them. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) ports.push(await freePort())
  return ports
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
