// The generator of page views, a process of its own: as many as go through, or so many a second, whatever comes back. Prints
// the figures as JSON.
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './connection.ts'
import { figuresOf } from './figures.ts'
import type { LoadFigures } from './orders.ts'

export interface PageOrder {
  readonly origin: string
  readonly path: string
  readonly connections: number
  readonly seconds: number
  readonly leadSeconds: number
  /** Views a second, at even distances; absent: one after another on each connection. */
  readonly rate?: number
  /** Whose page it is; by default of somebody whom the home page's server knows. */
  readonly cookie?: string
}

/** What a browser asks with. */
export const pageHeaders = {
  accept: 'text/html',
  'accept-encoding': 'gzip, deflate, br, zstd',
  cookie: 'in=1',
}

if (import.meta.main) {
  console.log(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '') as PageOrder)))
  process.exit(0)
}

async function load(order: PageOrder): Promise<LoadFigures> {
  const { seconds, leadSeconds, rate } = order
  const start = performance.now() + leadSeconds * 1000
  const end = start + seconds * 1000
  const times: number[] = []
  const count = (from: number) => {
    const now = performance.now()
    if (now >= start && now < end) times.push(now - from)
  }
  await (rate === undefined ? closed(order, end, count) : evenly(order, end, 1000 / rate, count))
  return figuresOf(times, seconds)
}

type Count = (from: number) => void

async function closed(order: PageOrder, end: number, count: Count): Promise<void> {
  const work = connectionsOf(order).map(async (connection) => {
    while (performance.now() < end) {
      const from = performance.now()
      await view(connection, order)
      count(from)
    }
  })
  await Promise.all(work)
}

/** A view counts from when it was due: one that waits for a connection is slow, too. */
async function evenly(order: PageOrder, end: number, distance: number, count: Count): Promise<void> {
  let due = performance.now()
  const work = connectionsOf(order).map(async (connection) => {
    for (;;) {
      const mine = due
      due += distance
      if (mine >= end) return
      const early = mine - performance.now()
      if (early > 0) await sleep(early)
      await view(connection, order)
      count(mine)
    }
  })
  await Promise.all(work)
}

function connectionsOf({ origin, connections }: PageOrder): Connection[] {
  return Array.from({ length: connections }, () => new Connection(origin))
}

async function view(connection: Connection, { path, cookie = pageHeaders.cookie }: PageOrder): Promise<void> {
  const { status } = await connection.ask({ path, headers: { ...pageHeaders, cookie } })
  if (status !== 200) throw new Error(`${path} was answered with ${status}`)
}
