import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Register } from '../src/index.ts'

/** A register behind a real server, as an agency's gateway meets it. */
export interface Served {
  /** `path` begins with the service's base: `/person-v1/persons/…`. */
  call(
    path: string,
    init?: RequestInit,
  ): Promise<{ status: number; type: string; body: Record<string, unknown> }>
  stop(): Promise<void>
}

export async function serve(register: Register): Promise<Served> {
  const server = createServer(register.handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    call: async (path, init) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
      const body = (await response.json()) as Record<string, unknown>
      return { status: response.status, type: response.headers.get('content-type') ?? '', body }
    },
    stop: async () => {
      await new Promise((resolve) => server.close(resolve))
      await register.close()
    },
  }
}
