import { hash } from 'node:crypto'
import { notExchanged } from './headers.ts'

export interface HashedRequest {
  readonly method: string
  /** Raw target: path and query. */
  readonly target: string
  /** As the caller wrote them, names and values in turn (node's `rawHeaders`): the hash is over names in the caller's own letters. */
  readonly rawHeaders: readonly string[]
  /** The gateway's own number, which the answer has as X-Road-Request-Id. */
  readonly requestId: string
  /** X-Road-Id, which the gateway makes where the caller sent none. */
  readonly messageId: string
  /** Null where the request has no body. */
  readonly body: Uint8Array | null
}

/**
 * `X-Road-Request-Hash` as X-Road's REST message protocol has it: base64 of SHA-512 over method, target and the headers
 * that are exchanged, a line each; with a body, of SHA-512 over that digest and the body's.
 */
export function requestHash({ body, ...request }: HashedRequest): string {
  return requestHashOf(request, body === null ? null : hash('sha512', body, 'buffer'))
}

/** As `requestHash`, with the SHA-512 of a body that was computed while it passed. */
export function requestHashOf(request: Omit<HashedRequest, 'body'>, bodySha512: Uint8Array | null): string {
  const lines = requestLines(request)
  if (bodySha512 === null) return hash('sha512', lines, 'base64')
  return hash('sha512', Buffer.concat([hash('sha512', lines, 'buffer'), bodySha512]), 'base64')
}

function requestLines({
  method,
  target,
  rawHeaders,
  requestId,
  messageId,
}: Omit<HashedRequest, 'body'>): string {
  let lines = `${method}\r\n${target}\r\n`
  let hasId = false
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]]
    const lower = name.toLowerCase()
    if (notExchanged(lower)) continue
    hasId ||= lower === 'x-road-id'
    lines += `${name}:${value}\r\n`
  }
  lines += `x-road-request-id:${requestId}\r\n`
  return hasId ? lines : `${lines}x-road-id:${messageId}\r\n`
}
