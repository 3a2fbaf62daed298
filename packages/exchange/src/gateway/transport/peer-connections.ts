import type { Readable } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { type Clock, Problem, type ProblemType } from '@sapan/kernel'
import { fingerprint } from '@sapan/trust'
import { type buildConnector, errors, Pool } from 'undici'
import type { DirectoryGateway } from '../../directory/document.ts'
import type { DirectoryView } from '../../directory/view.ts'
import { exchangeProblem } from '../../problems.ts'
import { type ClientLink, LinkRefused } from '../link/client-link.ts'
import { LinkFault } from '../link/frame.ts'
import { Links } from '../link/links.ts'
import { type Answer, type AnswerBounds, AnswerTooLate, receiveAnswer } from './answer.ts'
import type { BodyLimits } from './body.ts'
import { connecting, NotConnected } from './connecting.ts'
import { Deadlines } from './deadlines.ts'

/** The key with which a gateway opens and accepts connections, and its chain; all PEM. */
export interface TlsIdentity {
  readonly key: string
  readonly cert: string
  /** The pinned root. */
  readonly ca: string
}

/** Post-quantum key agreement where the other side has it (X25519MLKEM768), else the classical curves. */
export const keyAgreement = 'X25519MLKEM768:X25519:P-256'

export interface PeerRequest {
  readonly method: string
  readonly path: string
  /** Names and values in turn. */
  readonly headers: string[]
  readonly body: Buffer | Readable | null
  /** For the answer's head, and again for its body. */
  readonly timeoutMs: number
  /** For the answer's body. */
  readonly limits: BodyLimits
  /** The problem of an answer beyond them. */
  readonly tooLarge: ProblemType
}

export interface PeerConnectionsOptions {
  readonly directory: () => DirectoryView
  readonly clock: Clock
  readonly connectionsPerPeer: number
  readonly connectTimeoutMs: number
  /** Whether links are opened to gateways that know them; HTTP alone is spoken else. */
  readonly links: boolean
}

/** Nothing of the request reached the other gateway: another try can't do anything twice. */
export class NotSent extends Error {
  /** What the caller is told where no other gateway takes the request. */
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code, { cause: problem.cause })
    this.problem = problem
  }
}

/**
 * Pooled TLS 1.3 connections to other gateways. A certificate is held against the directory when a connection
 * opens, and again whenever the directory changes: connections of a peer that was revoked are closed.
 */
export class PeerConnections {
  readonly #options: PeerConnectionsOptions
  readonly #pools = new Map<string, Pool>()
  readonly #deadlines = new Deadlines()
  readonly #sockets = new Map<TLSSocket, { gateway: string; fingerprint: string }>()
  readonly #links: Links | undefined
  #identity: TlsIdentity

  constructor(identity: TlsIdentity, options: PeerConnectionsOptions) {
    this.#identity = identity
    this.#options = options
    if (!options.links) return
    this.#links = new Links(identity, {
      deadlines: this.#deadlines,
      connectTimeoutMs: options.connectTimeoutMs,
      admit: (socket, gateway) => this.#admit(socket, gateway),
    })
  }

  /** Links that are open to other gateways. */
  get links(): number {
    return this.#links?.open ?? 0
  }

  /** Uses a renewed certificate for every connection from now on; open ones finish what they carry. */
  async useIdentity(identity: TlsIdentity): Promise<void> {
    this.#identity = identity
    this.#links?.useIdentity(identity)
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.all(pools.map((pool) => pool.close()))
  }

  /**
   * Sends a request and takes in the whole answer. Throws `NotSent` where no connection came about, Problem
   * `gateway-timeout` where the answer took too long, `gateway-connection-lost` where it broke off,
   * `gateway-answer-invalid` where it is not HTTP, and what becomes of a large body (`receiveAnswer`).
   */
  async request(gateway: DirectoryGateway, request: PeerRequest): Promise<Answer> {
    try {
      return await this.#overHttp(gateway, request)
    } catch (error) {
      throw requestFailure(error)
    }
  }

  /** The same for an exchange's message: over a link, where the other gateway knows links. */
  async exchange(gateway: DirectoryGateway, request: PeerRequest): Promise<Answer> {
    try {
      const link = this.#links && (this.#links.ready(gateway) ?? (await this.#links.to(gateway)))
      return await (link ? overLink(link, request) : this.#overHttp(gateway, request))
    } catch (error) {
      throw requestFailure(error)
    }
  }

  #overHttp(gateway: DirectoryGateway, request: PeerRequest): Promise<Answer> {
    const { method, path, headers, body } = request
    const sent = { method: method as 'GET', path, headers, body }
    return receiveAnswer(this.#pool(gateway), sent, boundsOf(request), this.#deadlines)
  }

  #pool(gateway: DirectoryGateway): Pool {
    const key = `${gateway.id} ${gateway.peer}`
    let pool = this.#pools.get(key)
    if (!pool) {
      pool = new Pool(gateway.peer, {
        connections: this.#options.connectionsPerPeer,
        pipelining: 1,
        keepAliveTimeout: 30_000,
        allowH2: false,
        connect: this.#connector(gateway.id),
      })
      this.#pools.set(key, pool)
    }
    return pool
  }

  #connector(gatewayId: string): buildConnector.connector {
    const connect = connecting({
      ...this.#identity,
      minVersion: 'TLSv1.3',
      ecdhCurve: keyAgreement,
      timeout: this.#options.connectTimeoutMs,
      allowH2: false,
      // A resumed session does not show the certificate again, and each connection is held against the directory.
      maxCachedSessions: 0,
      // Whose the certificate is, the directory says; its names are not asked.
      checkServerIdentity: () => undefined,
    })
    return (options, callback) =>
      connect(options, (error, socket) => {
        if (error || !socket) return callback(error ?? new NotConnected(), null)
        try {
          this.#admit(socket as TLSSocket, gatewayId)
        } catch (stranger) {
          socket.destroy()
          return callback(stranger as Error, null)
        }
        return callback(null, socket)
      })
  }

  /** Keeps a connection in view whose certificate is the gateway's. Throws `NotSent` where it is not. */
  #admit(socket: TLSSocket, gateway: string): void {
    const certificate = socket.getPeerX509Certificate()
    const print = certificate === undefined ? '' : fingerprint(certificate.raw)
    if (!this.#belongs(print, gateway)) throw new NotSent(exchangeProblem('gateway-untrusted'))
    this.#sockets.set(socket, { gateway, fingerprint: print })
    socket.once('close', () => this.#sockets.delete(socket))
  }

  #belongs(print: string, gatewayId: string): boolean {
    const known = this.#options.directory().certificate(print)
    const now = this.#options.clock()
    return (
      known?.use === 'tls' && known.holder === gatewayId && known.notBefore <= now && now < known.notAfter
    )
  }

  /** Closes what the directory no longer vouches for. */
  recheck(): void {
    for (const [socket, { gateway, fingerprint: print }] of this.#sockets) {
      if (!this.#belongs(print, gateway)) socket.destroy()
    }
  }

  async close(): Promise<void> {
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    this.#links?.close()
    await Promise.all(pools.map((pool) => pool.destroy()))
  }
}

function boundsOf({ limits, tooLarge, timeoutMs }: PeerRequest): AnswerBounds {
  return { limits, tooLarge, timeoutMs, bodyAnew: true }
}

function overLink(link: ClientLink, request: PeerRequest): Promise<Answer> {
  const { method, path, headers, body } = request
  const at = headers.indexOf('host')
  const head = {
    method,
    authority: headers[at + 1] ?? '',
    target: path,
    headers: headers.filter((_, n) => n !== at && n !== at + 1),
  }
  return link.request(head, body, boundsOf(request))
}

/** What TLS says of a certificate that does not lead to our root, or not now (the codes of OpenSSL's verification). */
const distrust = /CERT|ISSUER|SIGNATURE|INVALID_CA|INVALID_PURPOSE|CRL|PATH_LENGTH/

function requestFailure(cause: unknown): Error {
  if (cause instanceof NotSent || cause instanceof Problem) return cause
  if (cause instanceof NotConnected) {
    const reason = cause.cause instanceof Error && 'code' in cause.cause ? String(cause.cause.code) : ''
    const untrusted = distrust.test(reason) && !reason.startsWith('ERR_')
    return new NotSent(exchangeProblem(untrusted ? 'gateway-untrusted' : 'gateway-unreachable', { cause }))
  }
  if (cause instanceof LinkRefused) return new NotSent(exchangeProblem('gateway-unreachable', { cause }))
  if (cause instanceof LinkFault) return exchangeProblem('gateway-answer-invalid', { cause })
  if (cause instanceof AnswerTooLate) return exchangeProblem('gateway-timeout', { cause })
  if (cause instanceof errors.HTTPParserError || cause instanceof errors.HeadersOverflowError) {
    return exchangeProblem('gateway-answer-invalid', { cause })
  }
  return exchangeProblem('gateway-connection-lost', { cause })
}
