import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { isOfArchive } from '../../evidence/contents.ts'
import type { Evidence, Which as Sides } from '../../evidence/evidence.ts'
import type { ExportResult } from '../../evidence/export/export.ts'
import type { ExchangeQuery } from '../../evidence/list.ts'
import type { OpeningOrder } from '../../evidence/open.ts'
import { verifyExport } from '../../evidence/verify/verify-export.ts'
import { exchangeProblem } from '../../problems.ts'
import { problemOf } from '../fault.ts'
import { listUnusual } from '../store/unusual-accesses.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'
import { openingReason } from './opening-reason.ts'

const Side = Type.Union([Type.Literal('consumer'), Type.Literal('provider')])
const Which = Type.Object({ member: Type.Optional(Type.String()), side: Type.Optional(Side) })
const Listing = Type.Object({
  member: Type.Optional(Type.String()),
  side: Type.Optional(Side),
  client: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  outcome: Type.Optional(
    Type.Union([Type.Literal('answered'), Type.Literal('refused'), Type.Literal('failed')]),
  ),
  since: Type.Optional(Type.String({ format: 'date-time' })),
  until: Type.Optional(Type.String({ format: 'date-time' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  after: Type.Optional(Type.String({ maxLength: 512 })),
})
const Opening = Type.Object({
  reason: openingReason,
  member: Type.Optional(Type.String()),
  side: Type.Optional(Side),
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

  const listing = { schema: { querystring: Listing }, config: { needs: 'look' } } as const
  app.get('/v1/evidence', listing, async (request) => {
    const { since, until, ...rest } = request.query as Static<typeof Listing>
    const query: ExchangeQuery = {
      ...rest,
      ...callerOf(request).among,
      ...(since === undefined ? {} : { from: Date.parse(since) }),
      ...(until === undefined ? {} : { until: Date.parse(until) }),
    }
    return evidence.list(query)
  })

  const params = Type.Object({ exchange: Type.String({ format: 'uuid' }) })
  const one = { schema: { params, querystring: Which }, config: { needs: 'look' } } as const
  app.get('/v1/evidence/:exchange', one, async (request) => {
    const { exchange } = request.params as Static<typeof params>
    return evidence.show(exchange, whichOf(request))
  })

  app.get('/v1/evidence/:exchange/export', one, async (request, reply) => {
    const { exchange } = request.params as Static<typeof params>
    return sendFile(reply, await evidence.exportSealed(exchange, whichOf(request)))
  })

  app.get('/v1/evidence/:exchange/verification', one, async (request) => {
    const { exchange } = request.params as Static<typeof params>
    const { file } = await exportToVerify(evidence, exchange, whichOf(request))
    return verifyExport(file, { roots: [ground.settings.center.rootFingerprint] })
  })

  const opening = { schema: { params, body: Opening }, config: { needs: 'open' } } as const
  const orderOf = (request: FastifyRequest): OpeningOrder => {
    const caller = callerOf(request)
    const { exchange } = request.params as Static<typeof params>
    const order = request.body as Static<typeof Opening>
    // Half a letter can be neither signed nor kept.
    if (!order.reason.isWellFormed()) throw exchangeProblem('request-invalid')
    return { exchange, ...order, ...caller.among, by: caller.name }
  }
  app.post('/v1/evidence/:exchange/opening', opening, async (request, reply) => {
    const opened = await evidence.open(orderOf(request))
    ground.log.info(
      { opening: opened.id, exchange: opened.exchange },
      'the content of an exchange was opened',
    )
    return reply.header('cache-control', 'no-store').send(opened)
  })

  app.post('/v1/evidence/:exchange/export', opening, async (request, reply) => {
    const exported = await evidence.exportOpened(orderOf(request))
    ground.log.info({ exchange: exported.exchange }, 'the content of an exchange was exported')
    return sendFile(reply.header('cache-control', 'no-store'), exported)
  })

  const erasing = { schema: { params, body: Erasure }, config: { needs: 'change' } } as const
  app.post('/v1/evidence/:exchange/erase', erasing, async (request) => {
    const { exchange } = request.params as Static<typeof params>
    const order = request.body as Static<typeof Erasure>
    return evidence.erase({ exchange, ...order, ...callerOf(request).among })
  })

  const Unusual = Type.Object({
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  })
  const unusual = { schema: { querystring: Unusual }, config: { needs: 'look' } } as const
  app.get('/v1/unusual', unusual, async (request) => {
    const { after = 0, limit = 100 } = request.query as Static<typeof Unusual>
    return { accesses: await listUnusual(ground.pool, { after, limit, members: callerOf(request).members }) }
  })

  const auditing = { schema: { body: Member }, config: { needs: 'look' } } as const
  app.post('/v1/audit', auditing, async (request, reply) => {
    const { member } = request.body as Static<typeof Member>
    const caller = callerOf(request)
    if (member !== undefined && !caller.may(member)) throw exchangeProblem('member-unknown')
    const lines = new PassThrough()
    const members =
      member === undefined ? ground.signers.members().filter((own) => caller.may(own)) : [member]
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

/** With what was said, or without it while the archive in which that lies gives nothing. */
async function exportToVerify(evidence: Evidence, exchange: string, which: Sides): Promise<ExportResult> {
  try {
    return await evidence.export(exchange, which)
  } catch (error) {
    if (isOfArchive(error)) return await evidence.exportSealed(exchange, which)
    throw error
  }
}

function sendFile(reply: FastifyReply, { file, exchange, pending }: ExportResult): FastifyReply {
  return reply
    .type('application/vnd.etsi.asic-e+zip')
    .header('content-disposition', `attachment; filename="${exchange}.asice"`)
    .header('sapan-pending', pending.join(', '))
    .send(Buffer.from(file))
}

/** Which side's evidence, of those that are the caller's. */
function whichOf(request: FastifyRequest) {
  return { ...(request.query as Static<typeof Which>), ...callerOf(request).among }
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
