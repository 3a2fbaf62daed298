import { createServer } from 'node:http'
import { join } from 'node:path'
import { importClients, knownToClients } from '@sapan/identity'
import { loadCountry } from '@sapan/thailand'
import { playedIssuer } from 'sapan/demonstration'
import { startPostgres } from 'sapan/postgres'
import { type DoorIdentity, openDoor } from './door.ts'
import { addPkce } from './pkce.ts'

type PlayedIssuer = Awaited<ReturnType<Awaited<ReturnType<typeof playedIssuer>>['openPlayedIssuer']>>

/** Sapan's issuer behind a door with TLS, on this machine. */
export interface TlsIssuer {
  readonly origin: string
  /** Whether PKCE is added to requests that have none. */
  addsPkce: boolean
  /** Registers clients as a file of them does; gives their secrets by id. */
  register(clients: readonly object[]): Promise<ReadonlyMap<string, string>>
  close(): Promise<void>
}

/** `folder` is its own, and this process's. */
export async function openTlsIssuer(folder: string, identity: DoorIdentity): Promise<TlsIssuer> {
  const opened = { addsPkce: false }
  const door = await openDoor(identity, (sent) => {
    if (opened.addsPkce) addPkce(sent)
  })
  const { origin, behind } = door
  const { openLog, openPlayedIssuer, readIdentityFile, writeIdentityFile } = await playedIssuer()
  const path = join(folder, 'identity.yaml')
  await writeIdentityFile(path, settings(origin))
  const postgres = await startPostgres({ directory: join(folder, 'postgres'), fsync: false })
  const log = await openLog('identity', 'info', join(folder, 'identity.log'))
  const databaseUrl = await postgres.ensureDatabase('identity')
  const issuer = await openPlayedIssuer(await readIdentityFile(path), { databaseUrl, log })
  const server = createServer((request, response) => issuer.handler(request, response))
  await new Promise<void>((resolve) => server.listen(behind, '127.0.0.1', resolve))
  return Object.assign(opened, {
    origin,
    register: (clients: readonly object[]) => register(issuer, clients),
    close: async () => {
      await door.close()
      server.closeAllConnections()
      await issuer.close()
      await postgres.stop()
    },
  })
}

function settings(origin: string): object {
  return {
    issuer: origin,
    portal: 'https://localhost',
    desk: 'https://localhost',
    listen: { identity: 'localhost:1', desk: 'localhost:2' },
    behindProxy: true,
    operator: 'TH/GOV/DGA',
    gateway: { edge: 'http://127.0.0.1:9', subsystem: 'TH/GOV/DGA/identity' },
    contact: { email: 'help@sapan.example', dataProtection: 'dpo@sapan.example' },
    database: { embedded: 'postgres', name: 'identity' },
  }
}

async function register({ rooms }: PlayedIssuer, clients: readonly object[]): Promise<Map<string, string>> {
  const country = loadCountry()
  const done = await importClients(rooms.clients, JSON.stringify({ clients }), {
    by: 'conformance',
    known: knownToClients(country.identity, (id) => country.members.some((member) => member.id === id)),
  })
  return new Map(done.flatMap(({ id, secret }) => (secret === undefined ? [] : [[id, secret]])))
}
