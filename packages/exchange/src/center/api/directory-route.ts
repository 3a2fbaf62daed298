import { isDatabaseDown } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { exchangeProblem } from '../../problems.ts'
import type { CenterGround } from '../ground.ts'
import { newestDirectory, newestVersion, type PublishedDirectory } from '../store/directories.ts'

/** `GET /v1/directory`: the newest signed directory, or 304 (RFC 9110 §13.1.2) to who has it already. */
export function directoryRoute(app: FastifyInstance, ground: CenterGround): void {
  const newest = createNewest(ground)
  app.get('/v1/directory', async (request, reply) => {
    const directory = await newest()
    const etag = `"${directory.version}"`
    reply.header('etag', etag).header('cache-control', 'no-cache')
    // Members hold their clocks against this one.
    reply.header('date', new Date(ground.clock()).toUTCString())
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.type('application/jose').send(directory.jws)
  })
}

/** RFC 9110 §13.1.2: a list of tags, compared weakly. */
function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/**
 * Reads a document once a version. While the database is away, the last one is answered: it is signed, and says
 * itself until when it holds.
 */
function createNewest({ pool, log }: CenterGround): () => Promise<PublishedDirectory> {
  let held: PublishedDirectory | undefined
  return async () => {
    try {
      if (held?.version !== (await newestVersion(pool))) held = await newestDirectory(pool)
    } catch (error) {
      if (!held || !isDatabaseDown(error)) throw error
      log.warn({ err: error }, 'the directory is answered from memory')
    }
    if (!held) throw exchangeProblem('center-unavailable')
    return held
  }
}
