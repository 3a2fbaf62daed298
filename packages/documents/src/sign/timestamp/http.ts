import { randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '@sapan/kernel'
import { timestampRequest } from '@sapan/trust'
import { CallError, type CallOptions, call, hostOf } from '../../network/call.ts'
import { signProblem } from '../../problems/sign.ts'
import type { Timestamper } from '../options.ts'
import { checkStamp, tokenFromResponse } from './token.ts'

export interface HttpTimestamperOptions extends CallOptions {
  /** Object identifier of the policy to ask for. */
  readonly policy?: string
  /** Sent along: a bearer token and the like. */
  readonly headers?: Readonly<Record<string, string>>
  readonly clock?: Clock
  /** How far the authority's clock may be from ours, in milliseconds; 5 minutes by default. */
  readonly tolerance?: number
}

/**
 * An authority reached over HTTP (RFC 3161 §3.4). Each answer is checked: digest, nonce, signature, and that its time
 * is about now. `stamp` rejects with `signing-stamp-unavailable`, `-refused`, `-invalid` or `-time-wrong`.
 */
export function httpTimestamper(url: string, options: HttpTimestamperOptions = {}): Timestamper {
  const { policy, headers, clock = systemClock, tolerance = 300_000 } = options
  return {
    stamp: async (digest, algorithm) => {
      const nonce = randomBytes(8).readBigUInt64BE()
      const body = timestampRequest(digest, { nonce, ...(policy === undefined ? {} : { policy }) })
      const response = await ask(
        {
          url,
          body,
          contentType: 'application/timestamp-query',
          accept: 'application/timestamp-reply',
          ...(headers === undefined ? {} : { headers }),
        },
        options,
      )
      const token = tokenFromResponse(response)
      checkStamp(token, { digest, algorithm, nonce, now: clock(), tolerance }, true)
      return token
    },
  }
}

async function ask(request: Parameters<typeof call>[0], options: CallOptions): Promise<Uint8Array> {
  try {
    return await call(request, options)
  } catch (cause) {
    if (!(cause instanceof CallError)) throw cause
    const { kind, status = 0, message } = cause
    const code = kind === 'status' && status < 500 ? 'signing-stamp-refused' : 'signing-stamp-unavailable'
    const said = `${hostOf(request.url)}: ${message}`
    throw signProblem(code, said, said, { cause })
  }
}
