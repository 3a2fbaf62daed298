import { isOfDriver } from './driver-errors.ts'

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/**
 * SQLSTATE (PostgreSQL appendix A): 08 connection exceptions, 53 insufficient resources (disk full, too many
 * connections), 57P01–57P03 shutting down or starting, 25006 a standby that cannot write, 58 system error (I/O).
 */
const STATES = /^(?:08...|53...|58...|57P0[1-3]|25006)$/

/** What the driver itself says, without a code. */
const DRIVER =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable|Query read timeout|Cannot use a pool after calling end)/

/**
 * Whether an error means that the database could not be reached or cannot work for now, so that the same
 * call can succeed later without being changed. What a socket says counts only of connections of `createPool`: those to
 * other agencies, to mail or to a browser are reset as well. Looks through causes.
 */
export function isDatabaseDown(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const code = 'code' in at ? at.code : undefined
    if (typeof code === 'string' && (STATES.test(code) || code === 'database-down')) return true
    if (typeof code === 'string' && NETWORK.has(code) && isOfDriver(at)) return true
    if (DRIVER.test(at.message)) return true
    if (at instanceof AggregateError && at.errors.some(isDatabaseDown)) return true
  }
  return false
}
