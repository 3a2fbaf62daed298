import { connect, createServer, type Socket } from 'node:net'
import { freePort } from '../../../kernel/test/ports.ts'

/** Stands between a gateway and its database, so that a test can take the database away. */
export interface DatabaseProxy {
  /** For `JoinChoices.throughDatabase`. */
  readonly through: (url: string) => Promise<string>
  /** Ends all connections and takes no new ones. */
  cut(): Promise<void>
  /** Keeps all connections and lets nothing through, as a dead network does. */
  freeze(): void
  restore(): Promise<void>
  /** New connections go to another database from now on. */
  moveTo(url: string): void
  close(): Promise<void>
}

export function databaseProxy(): DatabaseProxy {
  const pairs = new Set<readonly [Socket, Socket]>()
  let target = { host: '', port: 0 }
  let port = 0
  let frozen = false
  const server = createServer((near) => {
    const far = connect(target.port, target.host)
    const pair = [near, far] as const
    pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk: Uint8Array) => {
        if (!frozen) to.write(chunk)
      })
      from.on('error', () => {})
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
    }
  })
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const endAll = () => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  const moveTo = (url: string) => {
    const { hostname, port: at } = new URL(url)
    target = { host: hostname, port: Number(at) }
  }
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      endAll()
    })
  return {
    moveTo,
    through: async (url) => {
      const real = new URL(url)
      moveTo(url)
      port = await freePort()
      await listen()
      real.hostname = '127.0.0.1'
      real.port = String(port)
      return real.href
    },
    cut,
    freeze: () => {
      frozen = true
    },
    restore: async () => {
      frozen = false
      endAll()
      if (!server.listening) await listen()
    },
    close: cut,
  }
}
