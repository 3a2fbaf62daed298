import http, { type Server as HttpServer, type RequestListener } from 'node:http'
import https, { type Server as HttpsServer } from 'node:https'
import { answerClientErrors } from './transport/client-error.ts'
import { keyAgreement, type TlsIdentity } from './transport/peer-connections.ts'

/** Limits of every listener: a slow or endless caller gives up its connection, not ours. */
const limits = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  insecureHTTPParser: false,
}

/** A plain HTTP server that does not listen yet. */
export function plainServer(handler: RequestListener, problemBase: string): HttpServer {
  const server = http.createServer(limits, handler)
  answerClientErrors(server, problemBase)
  return server
}

/**
 * A TLS server that asks for a client certificate and does not listen yet. It lets callers without a good one in,
 * so that the steps behind it can tell them, with a problem of its own each, what is wrong with it.
 */
export function tlsServer(handler: RequestListener, identity: TlsIdentity, problemBase: string): HttpsServer {
  const server = https.createServer(
    {
      ...limits,
      ...secureContext(identity),
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    },
    handler,
  )
  answerClientErrors(server, problemBase)
  return server
}

/** What `setSecureContext` takes when certificates were renewed. */
export function secureContext(identity: TlsIdentity) {
  return { ...identity, ecdhCurve: keyAgreement, minVersion: 'TLSv1.3' as const }
}
