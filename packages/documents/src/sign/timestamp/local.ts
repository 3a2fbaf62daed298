import { type TimestampAuthority, timestampRequest } from '@sapan/trust'
import type { Timestamper } from '../options.ts'
import { tokenFromResponse } from './token.ts'

/** An authority in the same process. */
export function localTimestamper(authority: TimestampAuthority): Timestamper {
  return { stamp: async (digest) => tokenFromResponse(await authority.respond(timestampRequest(digest))) }
}
