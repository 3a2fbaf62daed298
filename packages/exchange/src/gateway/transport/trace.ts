import { drawRandom } from '@sapan/kernel'

/** W3C Trace Context, level 1: https://www.w3.org/TR/trace-context/ */
export interface Trace {
  readonly traceId: string
  /** The `traceparent` to send on. */
  readonly parent: string
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** Continues the caller's trace, or begins one where `traceparent` is absent or not of version 00's form. */
export function continueTrace(traceparent: string | undefined): Trace {
  const match = traceparent === undefined ? null : form.exec(traceparent)
  const span = drawRandom(8).toString('hex')
  const given = match?.[1]
  const traceId = given && !/^0+$/.test(given) ? given : drawRandom(16).toString('hex')
  return { traceId, parent: `00-${traceId}-${span}-${match?.[3] ?? '01'}` }
}
