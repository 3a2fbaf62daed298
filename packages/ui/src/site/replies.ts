import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptedPageCoding, compressPage, isCompressible, leastBytes } from './compression.ts'

export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: string | Uint8Array
}

/** Sends an answer, compressed where that helps. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Outgoing): FastifyReply {
  const { status, headers, cookies } = answer
  const bytes = Buffer.from(answer.body)
  const contentType = headers['content-type'] ?? ''
  const mayCompress = bytes.length >= leastBytes && isCompressible(contentType)
  const coding = mayCompress ? acceptedPageCoding(request.headers['accept-encoding']) : undefined
  reply.code(status).headers({ ...headers })
  if (mayCompress) reply.header('vary', [headers.vary, 'accept-encoding'].filter(Boolean).join(', '))
  if (cookies.length > 0) reply.header('set-cookie', [...cookies])
  if (coding === undefined) return reply.send(bytes)
  return reply.header('content-encoding', coding).send(compressPage(bytes, coding))
}

/** How a file is saved (RFC 6266), whatever its name has in it. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
}

/** An address as a header takes it (RFC 3986): letters outside ASCII, and line ends above all, as percent signs. */
export function locationOf(address: string): string {
  return address.replace(/[^\x21-\x7e]+/g, (letters) => encodeURIComponent(letters.toWellFormed()))
}
