import { Witness } from '@sapan/trust'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { exchangeProblem } from '../../problems.ts'
import type { CenterGround } from '../ground.ts'
import { vkeyOfOrigin } from '../store/publications.ts'
import { addContradiction, createWitnessStore } from '../store/witness.ts'

/** As the protocol's largest request: 63 hashes, and a checkpoint with its signatures. */
const bodyLimit = 64 * 1024

const latestQuery = Type.Object({ origin: Type.String({ minLength: 1, maxLength: 300 }) })

/**
 * `POST /witness/add-checkpoint` (c2sp.org/tlog-witness): cosigns checkpoints of the logs that the directory lists.
 * A contradiction is kept for good and logged; the answer is the protocol's. `GET /witness/checkpoint?origin=` (ours)
 * tells the latest one, as its log signed it, so that an audit sees a log that was cut short: 204 where there is none.
 */
export function witnessRoute(app: FastifyInstance, ground: CenterGround): void {
  const { pool, clock, authority } = ground
  const store = createWitnessStore(pool, clock)
  const witness = new Witness({
    name: authority.witness.published.name,
    signer: authority.witness.signer,
    clock,
    store,
    logs: async (origin) => {
      const vkey = await vkeyOfOrigin(pool, origin)
      return vkey === undefined ? undefined : [vkey]
    },
  })
  app.get<{ Querystring: Static<typeof latestQuery> }>(
    '/witness/checkpoint',
    { schema: { querystring: latestQuery } },
    async (request, reply) => {
      const held = await store.read(request.query.origin)
      return held ? reply.type('text/plain; charset=utf-8').send(held.note) : reply.code(204).send()
    },
  )
  void app.register(async (scope) => {
    // The protocol names no content type for requests.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    )
    const options = { bodyLimit, schema: { body: Type.Unknown() }, config: { takes: 'text/plain' } }
    scope.post('/witness/add-checkpoint', options, async (request, reply) => {
      if (!Buffer.isBuffer(request.body)) throw exchangeProblem('request-invalid')
      const answer = await witness.addCheckpoint(request.body)
      if (answer.contradiction) {
        await addContradiction(pool, answer.contradiction, clock())
        const { origin, kind } = answer.contradiction
        ground.log.error({ origin, kind }, 'a log contradicts itself')
      }
      return reply.code(answer.status).type(answer.contentType).send(answer.body)
    })
  })
}
