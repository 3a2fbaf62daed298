import type { Postgres } from '../../src/postgres/index.ts'
import type { FaultCountry } from './country.ts'
import type { Restartable } from './restartable.ts'

export interface Victim {
  readonly name: string
  /** Kills it; resolves when it has been started again. */
  strike(): Promise<void>
}

/** Every process of the country. */
export function victims({ rd, dopa, center, register }: FaultCountry): Victim[] {
  return [
    program("RD's gateway", rd.gateway),
    program("DOPA's gateway", dopa.gateway),
    program('the center', center.process),
    program('the register', register.process),
    database("RD's PostgreSQL", rd.postgres),
    database("DOPA's PostgreSQL", dopa.postgres),
    database("the center's PostgreSQL", center.postgres),
  ]
}

function program(name: string, process: Restartable): Victim {
  return {
    name,
    strike: async () => {
      await process.end('SIGKILL')
      await process.start()
    },
  }
}

/** Whoever holds an embedded PostgreSQL starts it again; one that is not up again yet is waited for. */
function database(name: string, postgres: Postgres): Victim {
  return {
    name,
    strike: async () => {
      while (!isKilled(postgres.pid)) await new Promise((resolve) => setTimeout(resolve, 50))
    },
  }
}

function isKilled(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** At random, each as often as the others; at every fourth stroke two at once, as when a machine goes. */
export function* strokes(all: readonly Victim[], rounds: number): Generator<readonly Victim[]> {
  let deck: Victim[] = []
  for (let round = 1; round <= rounds; round++) {
    if (deck.length < 2) deck = [...deck, ...all.toSorted(() => Math.random() - 0.5)]
    const [first, second] = deck
    if (!first) return
    const isDouble = round % 4 === 0 && second !== undefined && second !== first
    const struck = isDouble ? [first, second] : [first]
    deck = deck.slice(struck.length)
    yield struck
  }
}
