// People who file on the last day, a process of its own: so many a second at even distances, whatever comes back. Each reads
// their answers and hands them in. Prints JSON: how long each waited from when they came, and what was acknowledged.
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '../identity/connection.ts'
import { draftOf } from './filing.ts'
import { cookieOf } from './session-cookies.ts'
import type { Waited } from './windows.ts'

export interface FilingOrder {
  /** Of the portals, which people come to in turn. */
  readonly origins: readonly string[]
  readonly service: string
  /** Filings a second. */
  readonly rate: number
  readonly seconds: number
  /** Filings at once at most; who comes then waits, and that counts. */
  readonly connections: number
}

export interface Filed {
  readonly waited: readonly Waited[]
  /** The ids of cases that people were told. */
  readonly acknowledged: readonly string[]
  /** What was answered in place of a number, and how often. */
  readonly refused: Readonly<Record<string, number>>
}

if (import.meta.main) {
  const filed = await file(JSON.parse(process.argv[2] ?? '') as FilingOrder)
  process.stdout.write(JSON.stringify(filed), () => process.exit(0))
}

async function file(order: FilingOrder): Promise<Filed> {
  const { origins, rate, seconds, connections } = order
  const waited: Waited[] = []
  const acknowledged: string[] = []
  const refused: Record<string, number> = {}
  const begun = performance.now()
  const all = Math.round(rate * seconds)
  let next = 0
  const work = Array.from({ length: connections }, async (_, at) => {
    const origin = origins[at % origins.length] ?? ''
    const connection = new Connection(origin)
    while (next < all) {
      const person = next++
      const due = (person * 1000) / rate
      const early = begun + due - performance.now()
      if (early > 0) await sleep(early)
      const answer = await handIn(connection, { origin, service: order.service, person }).catch(String)
      const id = /^\/me\/applications\/([0-9a-f-]{36})\/receipt$/.exec(answer)?.[1]
      if (id === undefined) refused[answer] = (refused[answer] ?? 0) + 1
      else acknowledged.push(id)
      waited.push({ due, waited: performance.now() - begun - due })
    }
    connection.close()
  })
  await Promise.all(work)
  return { waited, acknowledged, refused }
}

interface Filer {
  readonly origin: string
  readonly service: string
  readonly person: number
}

/** Where they are led when it is done; else what was answered. */
async function handIn(connection: Connection, { origin, service, person }: Filer): Promise<string> {
  const base = `/services/${service}/drafts/${draftOf(person)}`
  const headers = { accept: 'text/html', 'accept-encoding': 'identity', cookie: cookieOf(person), origin }
  const review = await connection.ask({ path: `${base}/review`, headers })
  if (review.status !== 200) return `review ${review.status}`
  const page = review.body.toString()
  const key = hidden(page, 'form-key')
  const revision = hidden(page, 'revision')
  const form = { 'form-key': key, revision, declared: 'on' }
  const sent = await connection.ask({ method: 'POST', path: `${base}/submit`, headers, form })
  return sent.headers.get('location')?.[0] ?? `submit ${sent.status}`
}

/** The value of a hidden field. */
export function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
}
