import http, { type Server as HttpServer, type RequestListener } from 'node:http'
import https, { type Server as HttpsServer } from 'node:https'
import { answerInOurWords } from './transport/client-error.ts'
import { keyAgreement, type TlsIdentity } from './transport/peer-connections.ts'

export interface ListenerChoices {
  /** Origin that serves the problem pages. */
  readonly problemBase: string
  /** Milliseconds for the head of a request, and for the whole of it. */
  readonly headersTimeout: number
  readonly requestTimeout: number
  /** Bytes. */
  readonly headerBytes: number
}

/** Limits of every listener: a slow or endless caller gives up its connection, not ours. */
function limits({ headersTimeout, requestTimeout, headerBytes }: ListenerChoices) {
  return {
    maxHeaderSize: headerBytes,
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: Math.min(5_000, headersTimeout),
    insecureHTTPParser: false,
    // Looked at by `answerInOurWords`, which answers with a problem.
    requireHostHeader: false,
  }
}

/** A plain HTTP server that does not listen yet. */
export function plainServer(handler: RequestListener, choices: ListenerChoices): HttpServer {
  const server = http.createServer(limits(choices))
  answerInOurWords(server, handler, choices.problemBase)
  return server
}

/**
 * A TLS server that asks for a client certificate and does not listen yet. It lets callers without a good one in,
 * so that the steps behind it can tell them, with a problem of its own each, what is wrong with it. `protocols`: what is
 * spoken, the best first (ALPN).
 */
export function tlsServer(
  handler: RequestListener,
  identity: TlsIdentity,
  choices: ListenerChoices,
  protocols: readonly string[] = ['http/1.1'],
): HttpsServer {
  const server = https.createServer({
    ...limits(choices),
    ...secureContext(identity),
    minVersion: 'TLSv1.3',
    // Whoever says nothing before TLS begins has as long as for a head.
    handshakeTimeout: choices.headersTimeout,
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: [...protocols],
  })
  answerInOurWords(server, handler, choices.problemBase)
  return server
}

/** What `setSecureContext` takes when certificates were renewed. */
export function secureContext(identity: TlsIdentity) {
  return { ...identity, ecdhCurve: keyAgreement, minVersion: 'TLSv1.3' as const }
}
