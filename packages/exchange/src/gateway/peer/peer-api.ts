import type { TLSSocket } from 'node:tls'
import { Problem } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { exchangeProblem } from '../../problems.ts'
import { attachmentPeerRoutes } from '../../queue/attachments/peer-routes.ts'
import { takeOutcome } from '../../queue/take-outcome.ts'
import { createApp } from '../admin/problems.ts'
import type { GatewayGround } from '../ground.ts'
import { fetchHints, type HintsQuestion, mostHints } from '../hints/fetch-hints.ts'
import { peerOf } from '../provider/steps/verify-peer.ts'
import { shownCertificate } from '../transport/shown-certificate.ts'
import { findUsage, type ProofQuestion, proveUsage, type UsageQuestion } from '../usage.ts'

/** To one who has no part in an exchange, there is none. */
const unknown = new Set(['exchange-unknown', 'exchange-ambiguous', 'member-unknown'])

/**
 * What gateways ask each other beside exchanges, over the same mutual TLS: grants that were given to them,
 * descriptions of services, what is recorded of an exchange, who looked at a person's data, and an issuer's hints.
 */
export async function createPeerApi(ground: GatewayGround): Promise<FastifyInstance> {
  const app = createApp(ground, 64 * 1024)
  app.decorateRequest('peerMembers', null)
  const membersOf = (socket: TLSSocket): string[] => {
    const certificate = shownCertificate(socket)
    if (!certificate) throw exchangeProblem('peer-certificate-missing')
    const gateway = peerOf(ground, certificate)
    ground.directory.admitPeer(gateway)
    const { members } = ground.directory.current().directory
    return members.filter((member) => member.gateways.includes(gateway)).map(({ id }) => id)
  }

  app.get('/sapan/v1/grants', async (request) => {
    const members = membersOf(request.socket as TLSSocket)
    return { grants: ground.issuedGrants.forConsumers(members).map(({ jws }) => jws) }
  })

  const serviceQuery = Type.Object({ service: Type.String() })
  app.get('/sapan/v1/description', { schema: { querystring: serviceQuery } }, async (request) => {
    membersOf(request.socket as TLSSocket)
    const { service } = request.query as { service: string }
    const found = ground.services.get(service)
    if (!found) throw exchangeProblem('service-unknown')
    return found.openapi
  })

  const recordedQuestion = Type.Object({
    member: Type.String(),
    exchange: Type.String({ format: 'uuid' }),
    side: Type.Union([Type.Literal('consumer'), Type.Literal('provider')]),
  })
  app.post('/sapan/v1/recorded', { schema: { body: recordedQuestion } }, async (request) => {
    const members = membersOf(request.socket as TLSSocket)
    const { member, exchange, side } = request.body as {
      member: string
      exchange: string
      side: 'consumer' | 'provider'
    }
    const view = await ground.evidence.show(exchange, { member, side }).catch((error: unknown) => {
      if (error instanceof Problem && unknown.has(error.code)) return undefined
      throw error
    })
    // Only the other party of an exchange may know that it took place.
    if (!view || !members.includes(view.peer)) return { kinds: [] }
    return { kinds: await ground.evidence.recorded(member, exchange, side) }
  })

  const usageQuestion = Type.Object({
    token: Type.String({ maxLength: 4096 }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    after: Type.Optional(Type.String({ maxLength: 512 })),
  })
  app.post('/sapan/v1/usage', { schema: { body: usageQuestion } }, async (request) => {
    membersOf(request.socket as TLSSocket)
    return findUsage(ground, request.body as UsageQuestion)
  })

  const proofQuestion = Type.Object({
    token: Type.String({ maxLength: 4096 }),
    exchange: Type.String({ format: 'uuid' }),
    member: Type.String({ maxLength: 200 }),
    side: Type.Union([Type.Literal('consumer'), Type.Literal('provider')]),
  })
  app.post('/sapan/v1/usage-proof', { schema: { body: proofQuestion } }, async (request) => {
    membersOf(request.socket as TLSSocket)
    const { file, pending } = await proveUsage(ground, request.body as ProofQuestion)
    return { file: Buffer.from(file).toString('base64'), pending }
  })

  const outcome = Type.Object(
    { receipt: Type.String({ maxLength: 32 * 1024 }) },
    { additionalProperties: false },
  )
  app.post('/sapan/v1/message-outcome', { schema: { body: outcome } }, async (request) => {
    const members = membersOf(request.socket as TLSSocket)
    const { receipt } = request.body as { receipt: string }
    await takeOutcome(ground, members, receipt)
    return {}
  })

  const hintsQuestion = Type.Object({
    token: Type.String({ maxLength: 4096 }),
    taken: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: mostHints }),
  })
  app.post('/sapan/v1/hints', { schema: { body: hintsQuestion } }, async (request) => {
    membersOf(request.socket as TLSSocket)
    return fetchHints(ground, request.body as HintsQuestion)
  })

  attachmentPeerRoutes(app, ground, membersOf)

  await app.ready()
  return app
}
