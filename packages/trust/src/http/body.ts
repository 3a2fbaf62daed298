import type { IncomingMessage } from 'node:http'

export type ReadBody =
  | { readonly ended: 'whole'; readonly body: Buffer }
  | { readonly ended: 'too-long' | 'too-slow' | 'gone' }

/**
 * Reads a request's body, as far as it is not too long, comes in time, and its sender stays. The connection is left as it
 * is: whoever sent too much is still to be told so.
 */
export function readBody(request: IncomingMessage, most: number, timeoutMs: number): Promise<ReadBody> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve({ ended: 'too-long' })
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => end({ ended: 'too-slow' }), timeoutMs)
    const end = (read: ReadBody) => {
      clearTimeout(timer)
      request.off('data', take)
      request.pause()
      resolve(read)
    }
    const take = (part: Buffer) => {
      length += part.length
      if (length > most) end({ ended: 'too-long' })
      else parts.push(part)
    }
    request.on('data', take)
    request.on('end', () => end({ ended: 'whole', body: Buffer.concat(parts) }))
    request.on('error', () => end({ ended: 'gone' }))
    request.on('close', () => end({ ended: 'gone' }))
  })
}
