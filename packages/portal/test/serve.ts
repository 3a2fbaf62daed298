import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@sapan/kernel'
import { sandboxPhase } from '@sapan/ui'
import { createPortal, type PortalOptions } from '../src/index.ts'

export interface ServedPortal {
  readonly origin: string
  /** Every line that was logged. */
  readonly logged: string[]
  close(): Promise<void>
}

/** A portal on a free port of this machine. */
export async function servePortal(options: Partial<PortalOptions> = {}): Promise<ServedPortal> {
  const logged: string[] = []
  const portal = createPortal({
    anchors: [],
    docs: new URL('../../../docs/problems/', import.meta.url),
    log: createLogger({ name: 'portal', destination: { write: (line: string) => void logged.push(line) } }),
    phase: sandboxPhase,
    ...options,
  })
  const server: Server = createServer(portal.handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    logged,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await portal.close()
    },
  }
}
