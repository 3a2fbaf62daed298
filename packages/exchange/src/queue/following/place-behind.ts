import { exchangeProblem } from '../../problems.ts'

/**
 * How far a topic's answer goes that was read from `place` on (null: from the beginning), and whether there is anything in it. Throws
 * `topic-place-not-granted` where it does not say, and `gateway-answer-invalid` where it does not lead on: it would be handed
 * over for ever.
 */
export function placeBehind(body: Buffer, place: number | null): { place: number; isEmpty: boolean } {
  const { next, events } = fieldsOf(body)
  if (next === undefined || !Array.isArray(events)) throw exchangeProblem('topic-place-not-granted')
  const behind = placeIn(next)
  const isEmpty = events.length === 0
  if (behind === undefined || behind < (place ?? 0) || (!isEmpty && behind === (place ?? 0))) {
    throw exchangeProblem('gateway-answer-invalid')
  }
  return { place: behind, isEmpty }
}

/** The number of an event as other gateways write it; undefined for what is none. */
export function placeIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : undefined
}

function fieldsOf(body: Buffer): { next?: unknown; events?: unknown } {
  try {
    const said: unknown = JSON.parse(body.toString('utf8'))
    return typeof said === 'object' && said !== null ? said : {}
  } catch {
    return {}
  }
}
