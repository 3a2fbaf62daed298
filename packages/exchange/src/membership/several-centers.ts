import { Problem } from '@sapan/kernel'
import { CenterAddresses } from './center-addresses.ts'
import {
  type CenterAnswer,
  type CenterConnection,
  type CenterConnectionOptions,
  type CenterRequest,
  connectCenter,
} from './connection.ts'

export interface CentersOptions extends CenterConnectionOptions {
  /** Where further centers over the same database are. */
  readonly alsoAt?: readonly string[]
}

/**
 * The way to whichever center answers. A question goes on to the next center where one fails; a statement only where it
 * certainly was not heard: heard twice, the second would be refused as a replay of the first, which counts.
 */
export function connectCenters({ alsoAt = [], ...options }: CentersOptions): CenterConnection {
  const addresses = new CenterAddresses([options.url, ...alsoAt])
  const connections = new Map(addresses.inOrder().map((url) => [url, connectCenter({ ...options, url })]))
  let answered = options.url
  const inOrder = () => addresses.inOrder().flatMap((url) => connections.get(url) ?? [])
  return {
    url: options.url,
    request: async (wanted) => {
      const failures: Failure[] = []
      for (const center of inOrder()) {
        const outcome = await outcomeOf(center, wanted)
        if (!outcome.isFailure) {
          answered = center.url
          return outcome.answer
        }
        addresses.failed(center.url)
        failures.push(outcome)
        if (wanted.method === 'POST' && outcome.wasHeard) break
      }
      return lastWord(failures)
    },
    root: async () => {
      for (const center of inOrder()) {
        const root = await center.root().catch(() => addresses.failed(center.url))
        if (root) return root
      }
      return await firstOf(inOrder()).root()
    },
    turnAway: () => addresses.failed(answered),
    close: async () => {
      for (const center of connections.values()) await center.close()
    },
  }
}

interface Failure {
  readonly isFailure: true
  /** Whether the center may have acted on it. */
  readonly wasHeard: boolean
  /** What came of it, as for a single center: its answer, or the problem. */
  readonly result: () => CenterAnswer
}

async function outcomeOf(
  center: CenterConnection,
  wanted: CenterRequest,
): Promise<Failure | { readonly isFailure: false; readonly answer: CenterAnswer }> {
  try {
    const answer = await center.request(wanted)
    if (answer.status < 500) return { isFailure: false, answer }
    return { isFailure: true, wasHeard: true, result: () => answer }
  } catch (error) {
    const result = () => {
      throw error
    }
    return { isFailure: true, wasHeard: !isUnheard(error), result }
  }
}

/** Of several the last one heard of says most: an address at which nobody is tells less than a center's own refusal. */
function lastWord(failures: readonly Failure[]): CenterAnswer {
  return (failures.findLast(({ wasHeard }) => wasHeard) ?? firstOf(failures)).result()
}

/** Reasons why no connection came about (Node's and undici's). */
const unconnected = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/

function isUnheard(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return error.code === 'center-untrusted' || unconnected.test(code)
}

function firstOf<T>(all: readonly T[]): T {
  const [first] = all
  if (first === undefined) throw new Error('there is no center')
  return first
}
