import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { parseSubsystem } from '../../address.ts'
import type { AuthenticateCaller } from '../../gateway/edge/usage-routes.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import { headerList, single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import { deleteAttachment, findAttachment, insertAttachment } from '../store/attachments.ts'
import type { Attachment } from './attachment.ts'
import { checked } from './checked.ts'
import { type AttachmentQueue, checkMaySend } from './may-send.ts'
import { receiveBytes } from './receive.ts'
import { sealDescription } from './sealed.ts'
import { byteCount, checksumIn, describedIn } from './upload-headers.ts'
import { settled } from './uploaded.ts'

const version = '1.0.0'
const takes = 'application/offset+octet-stream'
const Queue = Type.Object({
  service: Type.String({ maxLength: 300 }),
  operation: Type.String({ maxLength: 64 }),
})
const Which = Type.Object({ id: Type.String({ format: 'uuid' }) })

interface Uploading {
  readonly app: FastifyInstance
  readonly ground: GatewayGround
  readonly sender: (request: FastifyRequest) => Promise<string>
}

/**
 * `/m1/attachments`: a system uploads what goes with a message, in parts and over as many connections as it takes (tus 1.0 with
 * creation, termination and checksum).
 */
export function uploadRoutes(
  app: FastifyInstance,
  ground: GatewayGround,
  { authenticate }: { authenticate: AuthenticateCaller },
): void {
  const sender = async (request: FastifyRequest): Promise<string> => {
    const client = parseSubsystem(header(request, 'x-road-client') ?? missingClient())
    await authenticate(request, client)
    return client.subsystem
  }
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    // Left on the wire: it is read piece by piece.
    uploads.addContentTypeParser(takes, (_request, payload, done) => done(null, payload))
    uploads.addContentTypeParser('*', (_request, _payload, done) =>
      done(exchangeProblem('media-type-unsupported')),
    )
    speakTus(uploads, ground.settings.queue.attachments.bytes)
    const uploading = { app: uploads, ground, sender }
    creation(uploading)
    standing(uploading)
    continuation(uploading)
    termination(uploading)
  })
}

/** The version stands in every answer; a question in another is refused, but the one that asks for the version. */
function speakTus(app: FastifyInstance, mostBytes: number): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('tus-resumable', version).header('cache-control', 'no-store')
    if (request.method === 'OPTIONS' || header(request, 'tus-resumable') === version) return
    reply.header('tus-version', version)
    throw exchangeProblem('upload-version-unsupported')
  })
  app.addHook('onError', async (request, reply) => {
    // What was not read of a refused part is not waited for.
    if (request.method === 'PATCH') reply.header('connection', 'close')
  })
  app.options('/m1/attachments', async (_request, reply) =>
    reply
      .code(204)
      .header('tus-version', version)
      .header('tus-extension', 'creation,termination,checksum')
      .header('tus-checksum-algorithm', 'sha1,sha256')
      .header('tus-max-size', String(mostBytes))
      .send(),
  )
}

function creation({ app, ground, sender }: Uploading): void {
  const { bytes: mostBytes, underWay } = ground.settings.queue.attachments
  app.post('/m1/attachments', { schema: { querystring: Queue } }, async (request, reply) => {
    const client = await sender(request)
    const queue = request.query as AttachmentQueue
    await checkMaySend(ground, client, queue, header(request, 'sapan-purpose'))
    const length = byteCount('Upload-Length', header(request, 'upload-length'))
    if (length > mostBytes) throw exchangeProblem('attachment-too-long')
    const id = randomUUID()
    const described = describedIn(header(request, 'upload-metadata'))
    const description = sealDescription(ground.sealer, id, described)
    const wanted = { ...queue, id, client, length, description }
    if (!(await insertAttachment(ground.pool, wanted, underWay))) throw exchangeProblem('attachments-full')
    return reply.code(201).header('location', `/m1/attachments/${id}`).send()
  })
}

function standing({ app, ground, sender }: Uploading): void {
  app.head('/m1/attachments/:id', { schema: { params: Which } }, async (request, reply) => {
    const found = await named(ground, await sender(request), request)
    if (found.received === found.length) await settled(ground, found)
    return told(reply.code(200), found.received).header('upload-length', String(found.length)).send()
  })
}

/** Each has a piece in memory, and its sealed copy. */
const mostAtOnce = 16

function continuation({ app, ground, sender }: Uploading): void {
  let atOnce = 0
  app.patch(
    '/m1/attachments/:id',
    { schema: { params: Which }, config: { takes } },
    async (request, reply) => {
      const found = await named(ground, await sender(request), request)
      if (byteCount('Upload-Offset', header(request, 'upload-offset')) !== found.received) {
        throw exchangeProblem('attachment-offset-conflict')
      }
      const checksum = checksumIn(header(request, 'upload-checksum'))
      const stream = request.body as AsyncIterable<Buffer> | undefined
      // Without a body and its content type nothing is sent on.
      if (!stream) throw exchangeProblem('media-type-unsupported')
      if (atOnce >= mostAtOnce) throw exchangeProblem('gateway-busy')
      atOnce++
      try {
        const received = await receiveBytes(ground, found, checksum ? checked(stream, checksum) : stream)
        return told(reply.code(204), received).send()
      } finally {
        atOnce--
      }
    },
  )
}

function termination({ app, ground, sender }: Uploading): void {
  app.delete('/m1/attachments/:id', { schema: { params: Which } }, async (request, reply) => {
    const { client, id } = await named(ground, await sender(request), request)
    if (!(await deleteAttachment(ground.pool, client, id))) throw exchangeProblem('attachment-unknown')
    return reply.code(204).send()
  })
}

async function named(ground: GatewayGround, client: string, request: FastifyRequest): Promise<Attachment> {
  const { id } = request.params as { id: string }
  const found = await findAttachment(ground.pool, client, id)
  if (!found) throw exchangeProblem('attachment-unknown')
  return found
}

function told(reply: FastifyReply, received: number): FastifyReply {
  return reply.header('upload-offset', String(received))
}

function header(request: FastifyRequest, name: string): string | undefined {
  return single(headerList(request.raw.rawHeaders), name)
}

function missingClient(): never {
  throw exchangeProblem('client-header-missing')
}
