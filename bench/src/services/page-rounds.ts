import { type Metric, median, metric } from '../benchmark.ts'
import { roundLine, takePages } from '../identity/measure.ts'
import { pageWeight } from '../identity/page-weight.ts'
import { freePort } from '../ports.ts'
import { until } from '../processes.ts'
import { draftOf, filing } from './filing.ts'
import { openHouse } from './house.ts'
import { type PageContent, pageContent } from './page-content.ts'
import type { Place } from './place.ts'
import { cookieOf } from './session-cookies.ts'
import { buildTown, startNode, startPortal } from './start.ts'

/** The core that each server has to itself, in turn; generator and database are on the others. */
const core = 0

interface Shown {
  readonly origin: string
  readonly path: string
  readonly cookie: string
}

/** A service's page and a step of its form, by Sapan and by nunjucks with govuk-frontend, each from one core. */
export async function pageRounds(place: Place): Promise<Record<string, Metric>> {
  const town = await buildTown(place, 'pages', 1000)
  const portal = await startPortal(place, town, { core })
  const house = await openHouse({ ...town, portal: portal.origin })
  const content = pageContent(house.services)
  await house.close()
  const peer = await startPeer(place, content, town.databaseUrl)
  const at = `/services/${filing.service}`
  const person = 1
  const step = {
    origin: portal.origin,
    path: `${at}/drafts/${draftOf(person)}/pages/${filing.page}`,
    cookie: cookieOf(person),
  }
  return {
    ...(await measured(place, 'service page', {
      sapan: { origin: portal.origin, path: at, cookie: 'none=1' },
      peer: { origin: peer, path: '/service', cookie: 'none=1' },
    })),
    ...(await measured(place, 'form step', {
      sapan: step,
      peer: { origin: peer, path: '/step', cookie: cookieOf(person) },
    })),
    ...(await measured(place, 'form step, session and answers kept', {
      sapan: step,
      peer: { origin: peer, path: '/step-kept', cookie: 'connect.sid=signed-in' },
    })),
  }
}

async function startPeer(place: Place, content: PageContent, databaseUrl: string): Promise<string> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  startNode(place, {
    name: 'govuk-frontend',
    file: 'peer-server.ts',
    order: { port, content, databaseUrl },
    core,
  })
  await until('govuk-frontend', 60, async () => (await fetch(`${origin}/service`)).status === 200)
  return origin
}

interface Rates {
  readonly full: number[]
  readonly late: number[]
}

async function measured(
  { options }: Place,
  name: string,
  parties: { readonly sapan: Shown; readonly peer: Shown },
): Promise<Record<string, Metric>> {
  const taken = { sapan: noRates(), peer: noRates() }
  for (const shown of Object.values(parties))
    await takePages({ ...order(shown), seconds: options.warmUpSeconds })
  for (let round = 1; round <= options.rounds; round++)
    for (const who of ['sapan', 'peer'] as const) {
      const asked = { ...order(parties[who]), seconds: options.seconds }
      const full = await takePages(asked)
      const half = await takePages({ ...asked, rate: full.perSecond / 2 })
      options.progress(`${name}, ${who}: ${roundLine(full)}; at half of that: ${roundLine(half)}`)
      taken[who].full.push(full.perSecond)
      taken[who].late.push(half.p99)
    }
  const { sapan, peer } = taken
  const weight = async ({ origin, path, cookie }: Shown) => (await pageWeight(origin, path, cookie)) / 1024
  return {
    [`${name}, one core`]: metric(median(sapan.full), median(peer.full), 'pages/s'),
    [`${name}, p99 at half of its own`]: metric(median(sapan.late), median(peer.late), 'ms'),
    [`${name}, compressed, with its CSS and scripts`]: metric(
      await weight(parties.sapan),
      await weight(parties.peer),
      'KiB',
    ),
  }
}

function noRates(): Rates {
  return { full: [], late: [] }
}

function order(shown: Shown) {
  return { ...shown, connections: 32, leadSeconds: 1 }
}
