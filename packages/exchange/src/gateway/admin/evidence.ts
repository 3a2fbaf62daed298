import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { ExchangeQuery } from '../../evidence/list.ts'
import { problemOf } from '../fault.ts'
import { listUnusual } from '../store/unusual-accesses.ts'
import type { AdminContext } from './context.ts'

const Side = Type.Union([Type.Literal('consumer'), Type.Literal('provider')])
const Which = Type.Object({ member: Type.Optional(Type.String()), side: Type.Optional(Side) })
const Listing = Type.Object({
  member: Type.Optional(Type.String()),
  side: Type.Optional(Side),
  client: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  since: Type.Optional(Type.String({ format: 'date-time' })),
  until: Type.Optional(Type.String({ format: 'date-time' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  after: Type.Optional(Type.String({ maxLength: 512 })),
})
const Erasure = Type.Object({
  law: Type.String({ minLength: 1, maxLength: 500 }),
  member: Type.Optional(Type.String()),
  side: Type.Optional(Side),
})
const Member = Type.Object({ member: Type.Optional(Type.String()) })

/** The evidence of this gateway's members: reading, exporting, auditing, erasing by law, settling, recovering. */
export function evidenceRoutes(app: FastifyInstance, context: AdminContext): void {
  const { ground } = context
  const { evidence } = ground

  app.get('/v1/evidence', { schema: { querystring: Listing } }, async (request) => {
    const { since, until, ...rest } = request.query as Static<typeof Listing>
    const query: ExchangeQuery = {
      ...rest,
      ...(since === undefined ? {} : { from: Date.parse(since) }),
      ...(until === undefined ? {} : { until: Date.parse(until) }),
    }
    return evidence.list(query)
  })

  const params = Type.Object({ exchange: Type.String({ format: 'uuid' }) })
  app.get('/v1/evidence/:exchange', { schema: { params, querystring: Which } }, async (request) => {
    const { exchange } = request.params as Static<typeof params>
    return evidence.show(exchange, request.query as Static<typeof Which>)
  })

  app.get(
    '/v1/evidence/:exchange/export',
    { schema: { params, querystring: Which } },
    async (request, reply) => {
      const { exchange } = request.params as Static<typeof params>
      const { file, pending } = await evidence.export(exchange, request.query as Static<typeof Which>)
      return reply
        .type('application/vnd.etsi.asic-e+zip')
        .header('content-disposition', `attachment; filename="${exchange}.asice"`)
        .header('sapan-pending', pending.join(', '))
        .send(Buffer.from(file))
    },
  )

  app.post('/v1/evidence/:exchange/erase', { schema: { params, body: Erasure } }, async (request) => {
    const { exchange } = request.params as Static<typeof params>
    return evidence.erase({ exchange, ...(request.body as Static<typeof Erasure>) })
  })

  const Unusual = Type.Object({
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  })
  app.get('/v1/unusual', { schema: { querystring: Unusual } }, async (request) => {
    const { after = 0, limit = 100 } = request.query as Static<typeof Unusual>
    return { accesses: await listUnusual(ground.pool, after, limit) }
  })

  app.post('/v1/audit', { schema: { body: Member } }, async (request, reply) => {
    const { member } = request.body as Static<typeof Member>
    const lines = new PassThrough()
    const members = member === undefined ? ground.settings.members : [member]
    auditInto(lines, context, members).catch((error: unknown) => {
      const problem = problemOf(error, ground.log)
      lines.end(`${JSON.stringify({ problem: problem.type })}\n`)
    })
    return reply.type('application/x-ndjson').send(lines)
  })

  app.post('/v1/reconcile', async () => ({ settled: await context.reconcile() }))

  app.post('/v1/recover', { schema: { body: Type.Object({ member: Type.String() }) } }, async (request) =>
    context.recover((request.body as { member: string }).member),
  )
}

/** A line for each step of progress, then one with the report, for each member. */
async function auditInto(
  lines: PassThrough,
  { ground }: AdminContext,
  members: readonly string[],
): Promise<void> {
  for (const member of members) {
    const report = await ground.evidence.audit(member, {
      onProgress: (done, total) => lines.write(`${JSON.stringify({ member, done, total })}\n`),
    })
    lines.write(`${JSON.stringify({ report })}\n`)
  }
  lines.end()
}
