import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { folderForDatabases } from '../../../../packages/kernel/test/folder.ts'
import { type Endpoints, readEndpoints } from '../../src/home/endpoints.ts'
import { letIn } from '../postgres/homes.ts'
import { staying } from '../processes.ts'

/** The country that all journeys visit. */
export interface VisitedCountry {
  readonly home: string
  readonly endpoints: Endpoints
  /** The operator's database, for what an agency's own system would ask of the house. */
  readonly databaseUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    country: VisitedCountry
  }
}

/** One country for all journeys; `SAPAN_JOURNEYS_HOME` names one that is up already. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env.SAPAN_JOURNEYS_HOME
  if (own !== undefined) {
    project.provide('country', await visited(own))
    return async () => {}
  }
  const folder = await mkdtemp(join(folderForDatabases(), 'sapan-journeys-'))
  await letIn(folder)
  const home = join(folder, 'home')
  const up = await staying(home, ['up'], 'Ctrl-C stops it')
  project.provide('country', await visited(home))
  return async () => {
    await up.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

async function visited(home: string): Promise<VisitedCountry> {
  const [endpoints, password, port] = await Promise.all([
    readEndpoints(home),
    readFile(join(home, 'postgres', 'password'), 'utf8'),
    readFile(join(home, 'postgres', 'port'), 'utf8'),
  ])
  const databaseUrl = `postgres://sapan:${password.trim()}@127.0.0.1:${port.trim()}/identity`
  return { home, endpoints, databaseUrl }
}
