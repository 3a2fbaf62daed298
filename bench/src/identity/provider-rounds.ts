import { join } from 'node:path'
import { type Metric, metric, NotPossibleHere } from '../benchmark.ts'
import { residentMemory } from '../processor.ts'
import { startKeycloak } from './keycloak.ts'
import { type Measuring, medianOf, type Taken, take } from './measure.ts'
import type { Task } from './orders.ts'
import { type Running, startBare } from './parties.ts'
import { issuerOf, type Town, type Workplace } from './workplace.ts'

type Name = 'told' | 'own' | 'bare' | 'keycloak'
type Parties = { readonly [N in Name]?: Running }

/** Who does what; Sapan's own pages differ from the least one in the sign-in alone. */
const tasks: Readonly<Record<Task, readonly Name[]>> = {
  'sign-in': ['bare', 'told', 'keycloak', 'own'],
  refresh: ['bare', 'told', 'keycloak'],
  introspect: ['bare', 'told', 'keycloak'],
  'client credentials': ['bare', 'told', 'keycloak'],
}

/** Sapan's provider over PostgreSQL against oidc-provider that keeps everything in memory, and against Keycloak. */
export async function providerRounds(
  place: Workplace,
  town: Town,
  connections: number,
  withKeycloak: boolean,
): Promise<Record<string, Metric>> {
  const measuring = { options: place.options, connections, database: place.postgres.pid }
  const keycloak = withKeycloak ? await keycloakIfPossible(place) : undefined
  const parties: Parties = {
    bare: await startBare(
      place.processes,
      { kind: 'told', people: town.people },
      place.keys.passkey,
      join(place.folder, 'bare.log'),
    ),
    // What the first start does once (keys) is done when the second is timed.
    told: await issuerOf(place, town, 'told'),
    own: await issuerOf(place, town, 'own'),
    ...(keycloak && { keycloak }),
  }
  const rounds = await takeTurns(measuring, parties)
  return { ...againstBare(rounds), ...againstKeycloak(rounds, parties) }
}

async function keycloakIfPossible({
  processes,
  folder,
  postgres,
  options,
  keys,
}: Workplace): Promise<Running | undefined> {
  try {
    const url = await postgres.ensureDatabase('keycloak')
    return await startKeycloak({ processes, folder, systemKey: keys.passkey }, { url }, options.progress)
  } catch (error) {
    if (!(error instanceof NotPossibleHere)) throw error
    options.progress(`without Keycloak: ${error.message}`)
    return undefined
  }
}

class Rounds {
  readonly #taken = new Map<string, Taken[]>()

  add(task: Task, name: Name, taken: Taken): void {
    this.#taken.set(`${task} ${name}`, [...this.of(task, name), taken])
  }

  of(task: Task, name: Name): Taken[] {
    return this.#taken.get(`${task} ${name}`) ?? []
  }
}

async function takeTurns(measuring: Measuring, parties: Parties): Promise<Rounds> {
  const { rounds, warmUpSeconds } = measuring.options
  const each = async (work: (task: Task, name: Name, running: Running) => Promise<void>) => {
    for (const [task, names] of Object.entries(tasks) as [Task, Name[]][])
      for (const name of names) {
        const running = parties[name]
        if (running) await work(task, name, running)
      }
  }
  await each(async (task, _, running) => {
    await take(measuring, running, task, task === 'sign-in' ? warmUpSeconds : Math.min(warmUpSeconds, 3))
  })
  const taken = new Rounds()
  for (let round = 1; round <= rounds; round++)
    await each(async (task, name, running) => taken.add(task, name, await take(measuring, running, task)))
  return taken
}

function compare(
  rounds: Rounds,
  task: Task,
  [ours, theirs]: readonly [Name, Name],
  what: keyof Taken,
  unit: string,
): Metric {
  return metric(medianOf(rounds.of(task, ours), what), medianOf(rounds.of(task, theirs), what), unit)
}

function againstBare(rounds: Rounds): Record<string, Metric> {
  const both = ['told', 'bare'] as const
  return {
    'sign-ins': compare(rounds, 'sign-in', both, 'perSecond', 'sign-ins/s'),
    'sign-in, p99': compare(rounds, 'sign-in', both, 'p99', 'ms'),
    'sign-in, processor time with database': compare(rounds, 'sign-in', both, 'processor', 'ms'),
    'refreshed tokens': compare(rounds, 'refresh', both, 'perSecond', 'tokens/s'),
    introspections: compare(rounds, 'introspect', both, 'perSecond', 'answers/s'),
    'tokens for systems': compare(rounds, 'client credentials', both, 'perSecond', 'tokens/s'),
  }
}

function againstKeycloak(rounds: Rounds, { own, keycloak }: Parties): Record<string, Metric> {
  if (!own || !keycloak) return {}
  const [pages, tokens] = [['own', 'keycloak'] as const, ['told', 'keycloak'] as const]
  return {
    'sign-ins by passkey (Keycloak: password)': compare(rounds, 'sign-in', pages, 'perSecond', 'sign-ins/s'),
    'sign-in by passkey, p99 (Keycloak)': compare(rounds, 'sign-in', pages, 'p99', 'ms'),
    'sign-in by passkey, processor time (Keycloak)': compare(rounds, 'sign-in', pages, 'processor', 'ms'),
    'refreshed tokens (Keycloak)': compare(rounds, 'refresh', tokens, 'perSecond', 'tokens/s'),
    'introspections (Keycloak)': compare(rounds, 'introspect', tokens, 'perSecond', 'answers/s'),
    'tokens for systems (Keycloak)': compare(rounds, 'client credentials', tokens, 'perSecond', 'tokens/s'),
    'start to first answer (Keycloak)': metric(own.startSeconds, keycloak.startSeconds, 's'),
    'memory after the rounds (Keycloak)': metric(
      residentMemory(own.pid),
      residentMemory(keycloak.pid),
      'MiB',
    ),
  }
}
