import { type Metric, median, metricAlone } from '../benchmark.ts'
import { generate, roundLine } from '../identity/measure.ts'
import type { LoadFigures } from '../identity/orders.ts'
import { processorSeconds } from '../processor.ts'
import type { Place } from './place.ts'
import { assertGapless } from './register.ts'
import { buildTown, startNode } from './start.ts'
import type { SubmissionOrder } from './submission-load.ts'

const atOnce = 32
const lead = 2
/** More than go through in a second. */
const most = 500

interface Submissions extends LoadFigures {
  readonly next: number
  readonly processor: number
}

/** How many forms a second are registered for good, with the jobs that follow done by another process. */
export async function submissionRounds(place: Place): Promise<Record<string, Metric>> {
  const { options, postgres } = place
  const people = options.rounds * (options.seconds + lead) * most
  const town = { ...(await buildTown(place, 'submissions', people)), portal: 'http://localhost:9' }
  startNode(place, { name: 'jobs', file: 'jobs-worker.ts', order: town })
  const rounds: (Submissions & { readonly database: number })[] = []
  let from = 0
  for (let round = 1; round <= options.rounds; round++) {
    const order: SubmissionOrder = {
      ...town,
      from,
      to: people,
      atOnce,
      seconds: options.seconds,
      leadSeconds: lead,
    }
    const before = processorSeconds(postgres.pid)
    const taken = await generate<Submissions>(new URL('submission-load.ts', import.meta.url), order)
    const database = ((processorSeconds(postgres.pid) - before) * 1000) / Math.max(1, taken.next - from)
    from = taken.next
    rounds.push({ ...taken, database })
    const processor = `${taken.processor.toFixed(2)} + ${database.toFixed(2)} ms of processor`
    options.progress(`submissions: ${roundLine(taken)}, ${processor}`)
  }
  await assertGapless(town.databaseUrl, from)
  const of = (what: 'perSecond' | 'p50' | 'p99' | 'processor' | 'database') =>
    median(rounds.map((one) => one[what]))
  return {
    [`submissions, durable, ${atOnce} at a time`]: metricAlone(of('perSecond'), 'per s'),
    'submission, p50': metricAlone(of('p50'), 'ms'),
    'submission, p99': metricAlone(of('p99'), 'ms'),
    'submission, processor time': metricAlone(of('processor'), 'ms'),
    'submission, processor time of the database, with jobs': metricAlone(of('database'), 'ms'),
  }
}
