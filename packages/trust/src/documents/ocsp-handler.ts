import type { Handler, HandlerAnswer, HandlerRequest } from '../http/exchange.ts'
import { answerOcsp, failed, type OcspAnswer, type OcspOptions } from './ocsp.ts'

export interface OcspHandlerOptions extends Omit<OcspOptions, 'now' | 'nextUpdate'> {
  readonly clock: () => number
  /** How long an answer may be taken for new, in milliseconds; one hour by default. */
  readonly validity?: number
  /** Told what went wrong when an answer could not be made; who asks is told to try later. */
  readonly onError?: (error: unknown) => void
}

/** A request in a path is no longer than this (RFC 5019 §5 asks for POST above 255 bytes; we take more). */
const mostPath = 4096

/**
 * An OCSP responder over HTTP (RFC 6960 Appendix A.1): POST, and GET with the request in the path, whose answers caches
 * may keep (RFC 5019 §5). Every answer is an OCSPResponse with status 200, but for other methods, types and paths.
 */
export function ocspHandler(options: OcspHandlerOptions): Handler {
  const { clock, validity = 3_600_000, onError } = options
  const handle = async (request: HandlerRequest): Promise<HandlerAnswer> => {
    const asked = askedBytes(request)
    if ('status' in asked) return asked
    const now = clock()
    try {
      return httpAnswer(
        await answerOcsp(asked.bytes, { ...options, now, nextUpdate: now + validity }),
        request.method,
        now,
      )
    } catch (error) {
      onError?.(error)
      return httpAnswer(failed('tryLater'), request.method, now)
    }
  }
  return Object.assign(handle, { mostBodyBytes: 16 * 1024 })
}

function askedBytes({ method, path, headers, body }: HandlerRequest): { bytes: Uint8Array } | HandlerAnswer {
  if (method === 'POST') {
    const [type = ''] = (headers['content-type'] ?? '').split(';')
    return type.trim().toLowerCase() === 'application/ocsp-request' ? { bytes: body } : refusal(415)
  }
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, { allow: 'GET, HEAD, POST' })
  const text = path.length <= mostPath ? decoded(path.replace(/^\/+/, '')) : undefined
  if (!text || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return refusal(404)
  return { bytes: Buffer.from(text, 'base64') }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function refusal(status: number, headers: Record<string, string> = {}): HandlerAnswer {
  return { status, headers, body: new Uint8Array() }
}

function httpAnswer({ body, cacheableUntil }: OcspAnswer, method: string, now: number): HandlerAnswer {
  const age = cacheableUntil === undefined ? 0 : Math.floor((cacheableUntil - now) / 1000)
  const isKept = method !== 'POST' && age > 0
  const caching = isKept
    ? {
        'cache-control': `max-age=${age}, public, no-transform, must-revalidate`,
        expires: new Date(now + age * 1000).toUTCString(),
        'last-modified': new Date(now).toUTCString(),
      }
    : { 'cache-control': 'no-store' }
  const headers = { 'content-type': 'application/ocsp-response', ...caching }
  return { status: 200, headers, body: method === 'HEAD' ? new Uint8Array() : body }
}
