import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from 'sapan/node-flags'
import { freePort } from '../ports.ts'
import { until } from '../processes.ts'
import { type HouseOrder, openHouse } from './house.ts'
import type { Place } from './place.ts'
import { populateDrafts } from './population.ts'

/** A database with people, each signed in and with a form that is ready to be handed in. */
export async function buildTown(
  place: Place,
  name: string,
  people: number,
): Promise<Omit<HouseOrder, 'portal'>> {
  const { postgres, folder, options } = place
  const order = { databaseUrl: await postgres.ensureDatabase(name), keys: join(folder, `keys-${name}`) }
  const begun = performance.now()
  const house = await openHouse({ ...order, portal: 'http://localhost:9' })
  try {
    await populateDrafts(house, people)
  } finally {
    await house.close()
  }
  const seconds = Math.round((performance.now() - begun) / 1000)
  options.progress(`${people.toLocaleString('en')} forms are ready to be handed in, after ${seconds} s`)
  return order
}

/** Starts a portal; gives its origin. */
export async function startPortal(
  place: Place,
  town: Omit<HouseOrder, 'portal'>,
  { name = 'portal', core }: { readonly name?: string; readonly core?: number } = {},
): Promise<{ readonly origin: string; readonly pid: number }> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const pid = startNode(place, {
    name,
    file: 'portal-server.ts',
    order: { ...town, portal: origin, port },
    core,
    flags: nodeFlags,
  })
  await until(name, 120, async () => (await fetch(`${origin}/services`)).status === 200)
  return { origin, pid }
}

/** Starts one of our processes; gives its id. */
export function startNode(
  { processes, folder }: Place,
  told: {
    readonly name: string
    readonly file: string
    readonly order: object
    readonly core?: number | undefined
    readonly flags?: readonly string[]
  },
): number {
  const { name, file, order, core, flags = [] } = told
  const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env
  const node = [
    process.execPath,
    ...flags,
    fileURLToPath(new URL(file, import.meta.url)),
    JSON.stringify(order),
  ] as const
  const [command, ...args] = core === undefined ? node : ['taskset', '-c', String(core), ...node]
  const { pid = 0 } = processes.start({
    name,
    command: command ?? '',
    args,
    env: { PATH, HOME, NODE_OPTIONS, NODE_ENV: 'production' },
    log: join(folder, `${name}.log`),
  })
  return pid
}
