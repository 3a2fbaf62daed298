import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { subsystemOf } from '../../address.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import { headerList, single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import type { IncomingMessage } from '../message.ts'
import { findIncoming } from '../store/incoming.ts'
import { attachmentsThatCame } from '../store/incoming-attachments.ts'
import type { Attachment } from './attachment.ts'
import { type ManifestEntry, manifestOf } from './manifest.ts'
import { rangeIn } from './range.ts'
import { bytesOf } from './read.ts'

const Message = Type.Object({ number: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const Which = Type.Object({ ...Message.properties, id: Type.String({ format: 'uuid' }) })

/** An attachment of a message that came, as the receiving system is told of it. */
export interface ShownAttachment extends ManifestEntry {
  /** Where it is read, at this gateway. */
  readonly href: string
}

/** What is told of a message's attachments, with where each is read. */
export async function shownAttachments(
  { pool, sealer }: GatewayGround,
  { number, attachments }: IncomingMessage,
): Promise<ShownAttachment[]> {
  if (attachments === 0) return []
  const entries = manifestOf(sealer, await attachmentsThatCame(pool, number))
  return entries.map((entry) => ({ ...entry, href: `${attachmentsPath(number)}/${entry.id}` }))
}

/** Where the attachments of a message that came are listed. */
export function attachmentsPath(number: number): string {
  return `/m1/inbox/${number}/attachments`
}

/** The receiving system lists and reads the attachments of its messages, also in parts (`Range`), for as long as they are kept. */
export function attachmentInboxRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  receiver: (request: FastifyRequest) => Promise<string>,
): void {
  const messageOf = async (request: FastifyRequest): Promise<IncomingMessage> => {
    const subsystem = await receiver(request)
    const { number } = request.params as Static<typeof Message>
    const message = await findIncoming(ground.pool, Number(number))
    if (!message || subsystemOf(message.service) !== subsystem) throw exchangeProblem('message-unknown')
    return message
  }

  app.get('/m1/inbox/:number/attachments', { schema: { params: Message } }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return { attachments: await shownAttachments(ground, await messageOf(request)) }
  })

  app.get('/m1/inbox/:number/attachments/:id', { schema: { params: Which } }, async (request, reply) => {
    const message = await messageOf(request)
    const { id } = request.params as Static<typeof Which>
    const all = await attachmentsThatCame(ground.pool, message.number)
    const found = all.find(({ sentAs }) => sentAs === id.toLowerCase())
    if (!found) throw exchangeProblem('attachment-unknown')
    return send(ground, found, request, reply)
  })
}

function send(
  ground: GatewayGround,
  found: Attachment,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const [entry] = manifestOf(ground.sealer, [found])
  if (!entry) throw exchangeProblem('attachment-unknown')
  const { length } = found
  const tag = `"${entry.digest}"`
  reply
    .header('cache-control', 'no-store')
    .header('accept-ranges', 'bytes')
    .header('etag', tag)
    .header('repr-digest', `sha-256=:${Buffer.from(entry.digest, 'hex').toString('base64')}:`)
    // Opened by no browser by mistake, whatever its sender calls it.
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', dispositionOf(entry.name))
    .type(entry.mediaType)
  const headers = headerList(request.raw.rawHeaders)
  const condition = single(headers, 'if-range')
  const range =
    condition === undefined || condition === tag ? rangeIn(single(headers, 'range'), length) : undefined
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${length}`)
    throw exchangeProblem('range-unsatisfiable')
  }
  const { first, last } = range ?? { first: 0, last: length - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${first}-${last}/${length}`)
  reply.header('content-length', String(last - first + 1))
  if (request.method === 'HEAD') return reply.send()
  return reply.send(Readable.from(bytesOf(ground, found.id, { first, last })))
}

/** RFC 6266, with the name in UTF-8 as RFC 8187 writes it. */
function dispositionOf(name: string | null): string {
  if (name === null) return 'attachment'
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename*=UTF-8''${encoded}`
}
