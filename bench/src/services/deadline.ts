import { type Metric, metricAlone } from '../benchmark.ts'
import { generate, takePages } from '../identity/measure.ts'
import { draftOf, filing } from './filing.ts'
import type { Filed, FilingOrder } from './filing-load.ts'
import type { Place } from './place.ts'
import { assertGapless } from './register.ts'
import { cookieOf } from './session-cookies.ts'
import { buildTown, startNode, startPortal } from './start.ts'
import { type Waited, windowsOf } from './windows.ts'

/** Portals of the operator, each a process. */
const portals = 2
/** Stretches into which the day is cut. */
const stretches = 20
const connections = 400

/**
 * The last day: so many filings a second for so many minutes through the portal's pages. Throws where a number is missing,
 * was given twice, or was told and is not there.
 */
export async function deadlineDay(place: Place): Promise<Record<string, Metric>> {
  const { options } = place
  const { rate } = options
  const seconds = options.quick ? 20 : options.minutes * 60
  const town = await buildTown(place, 'deadline', Math.round(rate * seconds))
  const started = []
  for (let at = 1; at <= portals; at++) started.push(await startPortal(place, town, { name: `portal-${at}` }))
  startNode(place, { name: 'jobs', file: 'jobs-worker.ts', order: { ...town, portal: 'http://localhost:9' } })
  const origins = started.map(({ origin }) => origin)
  const order: FilingOrder = { origins, service: filing.service, rate, seconds, connections }
  for (const origin of origins) await warm(origin, options.quick ? 3 : options.warmUpSeconds)
  const filed = await generate<Filed>(new URL('filing-load.ts', import.meta.url), order)
  const drained = Math.max(...filed.waited.map(({ due, waited }) => due + waited)) / 1000 - seconds
  const { acknowledged } = filed
  const state = await assertGapless(town.databaseUrl, acknowledged.length, acknowledged)
  options.progress(
    `${acknowledged.length} of ${filed.waited.length} were told their number; ${state.cases} cases, 1 to ${state.last} without a gap`,
  )
  for (const [answer, count] of Object.entries(filed.refused)) options.progress(`  ${count} × ${answer}`)
  return { ...overTime(place, filed.waited, seconds), ...whole(filed, Math.max(0, drained), rate) }
}

/** People have read pages before the last day's crowd comes: what V8 compiles first is not what is measured. */
async function warm(origin: string, seconds: number): Promise<void> {
  const path = `/services/${filing.service}/drafts/${draftOf(0)}/review`
  await takePages({ origin, path, cookie: cookieOf(0), connections: 8, leadSeconds: 0, seconds })
}

/** How the waiting grew, for who reads along; what stands in the table is the worst stretch. */
function overTime({ options }: Place, waited: readonly Waited[], seconds: number): Record<string, Metric> {
  const windows = windowsOf(waited, Math.max(1, seconds / stretches))
  for (const { from, count, p50, p99, longest } of windows)
    options.progress(
      `  from ${from.toFixed(0)} s: ${count} came, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`,
    )
  return {
    'deadline day, p99 of the worst stretch': metricAlone(Math.max(...windows.map(({ p99 }) => p99)), 'ms'),
  }
}

function whole({ waited, acknowledged }: Filed, drained: number, rate: number): Record<string, Metric> {
  const [all] = windowsOf(waited, Number.MAX_SAFE_INTEGER)
  return {
    'deadline day, filings that came': metricAlone(rate, 'per s'),
    'deadline day, waiting, p50': metricAlone(all?.p50 ?? 0, 'ms'),
    'deadline day, waiting, p99': metricAlone(all?.p99 ?? 0, 'ms'),
    'deadline day, longest waiting': metricAlone(all?.longest ?? 0, 'ms'),
    'deadline day, until the last was told': metricAlone(drained, 's after the end'),
    'deadline day, told their number': metricAlone(acknowledged.length, 'filings'),
    'deadline day, not told': metricAlone(waited.length - acknowledged.length, 'filings'),
  }
}
