import type { FastifyInstance } from 'fastify'
import { noArchive } from '../../evidence/contents.ts'
import type { AdminContext } from './context.ts'

/** The archive in which old messages lie: it is the gateway's, and so for its own operator alone. */
export function archiveRoutes(app: FastifyInstance, { ground }: AdminContext): void {
  const { evidence, archiving } = ground
  const standing = async () => {
    const archived = await evidence.archived()
    if (!archived) throw noArchive()
    return { ...archived, failure: archiving.failure }
  }

  app.get('/v1/archive', standing)

  app.post('/v1/archive', async () => {
    await standing()
    await archiving.look()
    return await standing()
  })
}
