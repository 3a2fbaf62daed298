import type { RequestListener } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { FastifyInstance } from 'fastify'
import { besidePages } from './admin/beside-pages.ts'
import { problemOf } from './fault.ts'
import type { GatewayGround } from './ground.ts'
import { acceptLinks } from './link/accept.ts'
import { linkProtocol } from './link/links.ts'
import type { GatewayMembership } from './membership.ts'
import type { AcceptedConnections } from './peer/accepted-connections.ts'
import type { TakeMessage } from './peer/exchange-route.ts'
import { plainServer, secureContext, tlsServer } from './servers.ts'
import type { GatewaySettings } from './settings.ts'

/** What of a gateway listens: its own systems, other gateways and the operator each have a server. */
export function createServers(parts: {
  settings: GatewaySettings
  membership: GatewayMembership
  handlers: { edge: RequestListener; peer: RequestListener }
  adminApp: FastifyInstance
  accepted: AcceptedConnections
  ground: GatewayGround
  takeMessage: TakeMessage
}) {
  const { settings, membership, handlers, adminApp, accepted, ground, takeMessage } = parts
  const choices = {
    problemBase: settings.edgeOrigin,
    headersTimeout: settings.timeouts.headers * 1000,
    requestTimeout: settings.timeouts.request * 1000,
    headerBytes: 32 * 1024,
  }
  // What a gateway sends has its own headers beside the caller's.
  const fromGateways = { ...choices, headerBytes: 64 * 1024 }
  const secure = (handler: RequestListener, chosen = choices, protocols = ['http/1.1']): HttpsServer => {
    const server = tlsServer(handler, membership.tls(), chosen, protocols)
    membership.onRenewed(() => server.setSecureContext(secureContext(membership.tls())))
    return server
  }
  return {
    edgeServer: () => plainServer(handlers.edge, choices),
    edgeTlsServer: () => secure(handlers.edge),
    peerServer: () => {
      const spoken = settings.links ? [linkProtocol, 'http/1.1'] : ['http/1.1']
      const server = secure(handlers.peer, fromGateways, spoken)
      accepted.watch(server)
      acceptLinks(server, {
        take: takeMessage,
        isVouchedFor: (certificate) => accepted.isVouchedFor(certificate),
        frameTimeout: fromGateways.headersTimeout,
        bodyTimeout: fromGateways.requestTimeout,
        failed: (error) => problemOf(error, ground.log),
      })
      return server
    },
    adminServer: (pages?: RequestListener) =>
      plainServer(
        besidePages((request, response) => adminApp.routing(request, response), pages),
        choices,
      ),
  }
}
