import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { describeRoutes } from '../../api-description.ts'
import { memberOf, parseSubsystem } from '../../identifier.ts'
import { type PublicPages, pageRoutes } from '../../page-routes.ts'
import { exchangeProblem } from '../../problems.ts'
import { askedMethod } from '../../queue/attachments/asked-method.ts'
import { uploadRoutes } from '../../queue/attachments/upload-routes.ts'
import { inboxRoutes } from '../../queue/inbox-routes.ts'
import { sendRoute } from '../../queue/send-route.ts'
import { sentRoutes } from '../../queue/sent-routes.ts'
import { topicRoutes } from '../../queue/topic-routes.ts'
import { createApp } from '../admin/problems.ts'
import type { ConsumerExchange } from '../consumer/exchange.ts'
import { authenticateClient } from '../consumer/steps/authenticate-client.ts'
import { problemOf } from '../fault.ts'
import { gdxDoor } from '../gdx/door.ts'
import type { GatewayGround } from '../ground.ts'
import type { PeerQuestions } from '../peer/questions.ts'
import type { Admission } from '../transport/admission.ts'
import { headerList, single } from '../transport/headers.ts'
import { continueTrace } from '../transport/trace.ts'
import type { EdgeCredentials } from './credentials.ts'
import { edgeCaller, exchangeRoute } from './exchange-route.ts'
import { writeFailure, xroadJson } from './failure.ts'
import { allowedMethods, getOpenApi, listClients, listMethods } from './metaservices.ts'
import { issueToken } from './oauth-token.ts'
import { type AuthenticateCaller, usageRoutes } from './usage-routes.ts'

/** What a subsystem has at its own gateway, beside what it sends to others. */
const own = /^\/m1\/(inbox\/|topics[/?]|attachments[/?])/

/** X-Road's REST protocol, of any version: what is wrong with another one than r1 is told in its own words. */
const xroadProtocol = /^\/r\d+\//

const metaservice = /^\/r1\/([^/?]+\/[^/?]+\/[^/?]+\/[^/?]+)\/(listMethods|allowedMethods|getOpenAPI)(\?.*)?$/

export interface EdgeParts {
  readonly admission: Admission
  readonly questions: PeerQuestions
  readonly pages: PublicPages | undefined
}

/**
 * What an agency's own systems reach: exchanges and metaservices under `/r1/`, messages that wait under `/m1/`, callers of GDX
 * under `/ws/`, `/listClients`, `/oauth/token`, and
 * the problem pages. Exchanges don't go through the web framework, which would fold headers and decode paths.
 */
export async function createEdgeHandler(
  ground: GatewayGround,
  credentials: EdgeCredentials,
  { admission, questions, pages }: EdgeParts,
): Promise<RequestListener> {
  const exchange = exchangeRoute(ground, credentials)
  const gdx = gdxDoor(ground, admission)
  const sendMessage = sendRoute(ground, credentials)
  const authenticate = authenticateClient(ground, credentials)
  const known: AuthenticateCaller = async (request, client) => {
    const claim = { client: client.subsystem, clientMember: client.member, request: asked(request.raw) }
    await authenticate.run(claim as ConsumerExchange)
  }
  const app = await edgeApp(ground, pages, (fastify) => {
    usageRoutes(fastify, ground, { questions, authenticate: known })
    sentRoutes(fastify, ground, { authenticate: known })
    inboxRoutes(fastify, ground, { authenticate: known })
    uploadRoutes(fastify, ground, { authenticate: known })
    topicRoutes(fastify, ground, { authenticate: known })
  })
  const meta = async (request: IncomingMessage, response: ServerResponse, match: RegExpExecArray) => {
    const [, subsystem = '', name = '', query = ''] = match
    const client = parseSubsystem(required(request))
    const claim = { client: client.subsystem, clientMember: client.member, request: asked(request) }
    await authenticate.run(claim as ConsumerExchange)
    const parsed = new URLSearchParams(query)
    const answer =
      name === 'listMethods'
        ? await listMethods(ground, subsystem)
        : name === 'allowedMethods'
          ? await allowedMethods(ground, subsystem, client.subsystem)
          : await getOpenApi(ground, subsystem, parsed.get('serviceCode'))
    response.writeHead(200, { 'content-type': xroadJson }).end(JSON.stringify(answer))
  }
  return (request, response) => {
    const url = request.url ?? ''
    if (request.method === 'POST' && url.startsWith('/m1/') && !own.test(url)) {
      admission
        .run(claimedMember(ground, request), () => sendMessage(request, response))
        .catch((error: unknown) => fail(ground, request, response, error))
      return
    }
    if (ground.settings.gdx.enabled && url.startsWith('/ws/')) {
      gdx(request, response).catch((error: unknown) => fail(ground, request, response, error))
      return
    }
    if (!xroadProtocol.test(url)) {
      request.method = askedMethod(request)
      app.routing(request, response)
      return
    }
    const match = request.method === 'GET' ? metaservice.exec(url) : null
    const work = match
      ? meta(request, response, match)
      : admission.run(claimedMember(ground, request), () => exchange(request, response))
    work.catch((error: unknown) => fail(ground, request, response, error))
  }
}

/** In whose row a call waits. Who claims another's subsystem is refused as soon as it is their turn. */
function claimedMember({ signers }: GatewayGround, request: IncomingMessage): string {
  const claimed = memberOf(String(request.headers['x-road-client'] ?? ''))
  return signers.hosts(claimed) ? claimed : ''
}

function asked(request: IncomingMessage) {
  return { headers: headerList(request.rawHeaders), caller: edgeCaller(request) }
}

function required(request: IncomingMessage): string {
  const client = single(headerList(request.rawHeaders), 'x-road-client')
  if (client === undefined) throw exchangeProblem('client-header-missing')
  return client
}

/** The last resort: whatever was thrown outside an exchange is answered, and never as a bare 500. */
async function fail(
  ground: GatewayGround,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Promise<void> {
  const problem = problemOf(error, ground.log)
  if (response.headersSent) {
    response.destroy()
    return
  }
  await writeFailure(response, problem, {
    accept: request.headers.accept,
    acceptLanguage: request.headers['accept-language'],
    base: ground.settings.edgeOrigin,
    traceId: continueTrace(request.headers.traceparent?.toString()).traceId,
    headers: [['connection', 'close']],
  })
}

async function edgeApp(
  ground: GatewayGround,
  pages: PublicPages | undefined,
  more: (app: FastifyInstance) => void,
): Promise<FastifyInstance> {
  const app = createApp(ground, 16 * 1024)
  describeRoutes(app, 'Sapan: a gateway’s edge, beside exchanges', { token: false })
  app.get('/v1/gateway', async () => ({ gateway: ground.settings.id }))
  app.get('/listClients', async () => listClients(ground.directory.current()))

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  )
  app.post('/oauth/token', async (request, reply) => {
    if (!(request.body instanceof URLSearchParams)) throw exchangeProblem('request-invalid')
    reply.header('cache-control', 'no-store')
    return issueToken(ground.pool, request.body, request.headers.authorization)
  })

  more(app)
  pageRoutes(app, pages)
  await app.ready()
  return app
}
