import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonValue } from '@sapan/casework'
import { createRegisters, type Registers } from '@sapan/sandbox'
import { testDatabase } from '../../../kernel/test/database.ts'

/** The sandbox's registers, called as their agencies' gateways call them. */
export interface LiveRegisters {
  /** `service`: `TH/GOV/RD/tax/filing-v1`; `path` with its question. */
  get(service: string, path: string): Promise<Answered>
  post(service: string, path: string, body: JsonValue): Promise<Answered>
  stop(): Promise<void>
}

export interface Answered {
  readonly status: number
  readonly body: JsonValue
}

interface Place {
  readonly server: Server
  readonly base: string
}

/** Registers that listen: `service` as `TH/GOV/RD/tax/filing-v1`, `path` with its question. */
export interface ServedRegisters {
  call(service: string, path: string, init?: RequestInit): Promise<Answered>
  stop(): Promise<void>
}

export async function serve(registers: Registers): Promise<ServedRegisters> {
  const places = await listening(registers)
  return {
    call: async (service, path, init) => {
      const place = places.get(service)
      if (place === undefined) throw new Error(`nobody serves ${service}`)
      const { port } = place.server.address() as AddressInfo
      const response = await fetch(`http://127.0.0.1:${port}${place.base}${path}`, init)
      return { status: response.status, body: (await response.json()) as JsonValue }
    },
    stop: async () => {
      const servers = new Set([...places.values()].map(({ server }) => server))
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
      await registers.close()
    },
  }
}

/** All registers over one database, filled. */
export async function liveRegisters(now: number): Promise<LiveRegisters> {
  const database = await testDatabase()
  const { pool } = database
  const pools = { DOPA: pool, RD: pool, DBD: pool, IMM: pool, SSO: pool, HOSPITAL: pool, BANK: pool }
  const registers = await createRegisters({ pools, clock: () => now })
  await registers.load()
  const { call, stop } = await serve(registers)
  let keys = 0
  return {
    get: (service, path) => call(service, path),
    post: (service, path, body) =>
      call(service, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `case-and-effect-${++keys}` },
        body: JSON.stringify(body),
      }),
    stop: async () => {
      await stop()
      await database.drop()
    },
  }
}

async function listening(registers: Registers): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>()
  for (const { handler, services } of registers.all.values()) {
    const server = createServer(handler)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    for (const { service, base } of services) places.set(service, { server, base })
  }
  return places
}
