import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { besidePages } from '@sapan/exchange'
import { createLogger, systemClock } from '@sapan/kernel'
import { type Country, startAgencies } from '../../exchange/test/gateway/agencies.ts'
import { TestVisitor } from '../../identity/test/relying-party/visitor.ts'
import { createOperatorSite, type OpenidOptions } from '../src/index.ts'

/** DOPA's gateway, or the center, with its operator's pages beside the API, in a country with one consumer. */
export interface OperatorHouse {
  readonly country: Country
  readonly origin: string
  /** A sign-in link, as the command asks for one. */
  link(token?: string): Promise<Response>
  /** Somebody in a browser, signed in. */
  signedIn(token?: string): Promise<TestVisitor>
  /** The page at a path, as that visitor sees it. */
  page(visitor: TestVisitor, path: string): Promise<{ status: number; text: string; at: URL }>
  stop(): Promise<void>
}

export async function openOperatorHouse(
  now: () => number = systemClock,
  kind: 'gateway' | 'center' = 'gateway',
  openidAt?: (origin: string, adminToken: string) => Promise<OpenidOptions>,
): Promise<OperatorHouse> {
  const country = await startAgencies()
  const { dopa, center } = country
  const adminToken = kind === 'gateway' ? dopa.adminToken : center.adminToken
  const app = () => (kind === 'gateway' ? dopa.gateway.adminApp : center.adminApp)
  const server = createServer()
  const port = await listen(server)
  const origin = `http://127.0.0.1:${port}`
  const site = await createOperatorSite({
    kind,
    name: kind === 'gateway' ? 'TH/GOV/DOPA/gateway-1' : 'TH',
    origin,
    cookieSecret: Buffer.alloc(32, 7),
    pool: dopa.pool,
    clock: now,
    log: createLogger({ name: 'test', level: 'silent' }),
    inject: (request) => app().inject(request),
    ...(openidAt && { openid: await openidAt(origin, adminToken) }),
  })
  const api = (...given: Parameters<typeof site.handler>) => app().routing(...given)
  server.on(
    'request',
    besidePages(api, (request, response) => site.handler(request, response)),
  )
  const link = (token = adminToken) =>
    fetch(`${origin}/operator/sign-in-links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'somsri' }),
    })
  return {
    country,
    origin,
    link,
    signedIn: async (token) => {
      const visitor = new TestVisitor()
      const answer = await link(token)
      if (answer.status !== 201) throw new Error(await answer.text())
      const { url } = (await answer.json()) as { url: string }
      const { text } = await visitor.open(url)
      const { at } = await visitor.post(`${origin}/operator/sign-in`, { link: linkIn(url) }, text)
      if (at.pathname !== '/operator') throw new Error(`signing in led to ${at.pathname}`)
      return visitor
    },
    page: (visitor, path) => visitor.open(`${origin}${path}`),
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await site.close()
      await country.stop()
    },
  }
}

/** A day of minutes such as a gateway keeps: busier by day, with a bad quarter of an hour. */
export async function keepADay({ country }: OperatorHouse): Promise<void> {
  await country.dopa.pool.query(
    `insert into gateway.minute (at, process, succeeded, refused, failed, durations, queued, dead, directory_age)
     select now() - make_interval(mins => m), '00000000-0000-7000-8000-000000000000', 40 + (abs(m - 700) / 20),
       m % 5, case when m between 300 and 315 then 30 else 0 end,
       array[10, 20, 8, 3, 1, case when m between 300 and 315 then 20 else 0 end, 0, 0, 0, 0, 0, 0],
       case when m between 300 and 330 then m - 299 else 0 end, case when m < 310 then 2 else 0 end, 20 + m % 30
     from generate_series(1, 1440) m`,
  )
}

/** The same of the center. */
export async function keepADayOfCenter({ country }: OperatorHouse): Promise<void> {
  await country.centerPool.query(
    `insert into center.minute (at, process, answered, refused, failed, durations, directory_left, directory_version)
     select now() - make_interval(mins => m), '00000000-0000-7000-8000-000000000000', 40 + (abs(m - 700) / 20),
       m % 5, case when m between 300 and 315 then 30 else 0 end,
       array[10, 20, 8, 3, 1, case when m between 300 and 315 then 20 else 0 end, 0, 0, 0, 0, 0, 0],
       case when m between 300 and 330 then 900 - 20 * (m - 299) else 840 + m % 60 end, 120 - m / 12
     from generate_series(1, 1440) m`,
  )
}

/** The secret at the end of a link's address. */
export function linkIn(url: string): string {
  return url.split('/').at(-1) ?? ''
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
