import type { Handler, HandlerRequest } from '../http/exchange.ts'

/** Serves a list that was made (`application/pkix-crl`, RFC 5280 §4.2.1.13), until its next update. */
export function crlHandler(
  current: () => Promise<{ crl: Uint8Array; nextUpdate: number }>,
  clock: () => number,
): Handler {
  const handle = async ({ method }: HandlerRequest) => {
    if (method !== 'GET' && method !== 'HEAD') {
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: new Uint8Array() }
    }
    const { crl, nextUpdate } = await current()
    const age = Math.max(0, Math.floor((nextUpdate - clock()) / 1000))
    const headers = { 'content-type': 'application/pkix-crl', 'cache-control': `max-age=${age}, public` }
    return { status: 200, headers, body: method === 'HEAD' ? new Uint8Array() : crl }
  }
  return Object.assign(handle, { mostBodyBytes: 0 })
}
