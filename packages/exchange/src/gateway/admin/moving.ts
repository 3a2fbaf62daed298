import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { AdminContext } from './context.ts'

const strict = { additionalProperties: false } as const
const Key = Type.String({ minLength: 1, maxLength: 2048 })
const Out = Type.Object({ key: Key }, strict)
const HandOver = Type.Object({ key: Key, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, strict)

/** A member that moves to a gateway of its own: the steps of the old gateway, and of the new one. */
export function movingRoutes(app: FastifyInstance, { ground, moveOut, moveIn }: AdminContext): void {
  const file = 'application/octet-stream'
  app.addContentTypeParser(file, (_request, payload, done) => done(null, payload))

  app.get('/v1/moving-key', async () => ({ key: await moveIn.key() }))

  app.post('/v1/members/:member/move-out', { schema: { body: Out } }, async (request, reply) => {
    const { key } = request.body as Static<typeof Out>
    const pieces = await moveOut.begin(memberOf(request), key)
    return reply.type(file).header('cache-control', 'no-store').send(Readable.from(pieces))
  })

  app.post('/v1/members/:member/hand-over', { schema: { body: HandOver } }, async (request, reply) => {
    const { key, sha256 } = request.body as Static<typeof HandOver>
    await moveOut.handOver(memberOf(request), key, sha256)
    return reply.code(204).send()
  })

  app.post('/v1/members/:member/stay', async (request, reply) => {
    await moveOut.cancel(memberOf(request))
    return reply.code(204).send()
  })

  app.delete('/v1/members/:member/evidence', async (request, reply) => {
    await moveOut.forget(memberOf(request))
    return reply.code(204).send()
  })

  app.post('/v1/members/:member/move-in', async (request) => {
    // Whole on this machine before the database is asked, which may take longer than a request may last.
    const path = join(ground.spillDirectory, `moving-${randomUUID()}`)
    try {
      await pipeline(streamOf(request.body), createWriteStream(path, { mode: 0o600, flags: 'wx' }))
      return await moveIn.take(memberOf(request), createReadStream(path))
    } finally {
      await rm(path, { force: true })
    }
  })
}

function memberOf({ params }: { params: unknown }): string {
  return (params as { member: string }).member
}

/** What was sent as something else than a file is an empty one. */
function streamOf(body: unknown): Readable {
  return body instanceof Readable ? body : Readable.from([])
}
