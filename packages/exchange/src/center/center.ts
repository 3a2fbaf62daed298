import type { RequestListener } from 'node:http'
import type { TlsOptions } from 'node:tls'
import type { Clock, Logger } from '@sapan/kernel'
import type { KeyFolder } from '@sapan/trust'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'

export interface CenterConfig {
  /** `TH`. */
  readonly instance: string
  /** How members reach the public listener: `https://center.example:4000`. */
  readonly publicUrl: string
  /** Life of a directory; default 600. It is signed anew before half of it is over. */
  readonly validitySeconds?: number
  /** Life of members' certificates; default 90 days. */
  readonly certificateSeconds?: number
  /** Life of a join token where its maker names none; default 1 day. */
  readonly tokenSeconds?: number
  /** Other witnesses to be published beside this center. */
  readonly witnesses?: readonly { readonly name: string; readonly vkey: string; readonly url: string }[]
  readonly subjectTokens?: readonly {
    readonly issuer: string
    readonly jwk: Readonly<Record<string, unknown>>
  }[]
}

export interface CenterOptions {
  readonly pool: Pool
  readonly keys: KeyFolder
  readonly clock: Clock
  readonly log: Logger
  readonly config: CenterConfig
}

/** A center that listens nowhere by itself: the application gives its handlers to servers. */
export interface Center {
  /** For `https.createServer(await center.tls(), center.publicHandler)`. */
  readonly publicHandler: RequestListener
  /** For `http.createServer(center.adminHandler)` on loopback; every route but health wants the bearer token. */
  readonly adminHandler: RequestListener
  /** The same two, for `inject` in tests. */
  readonly publicApp: FastifyInstance
  readonly adminApp: FastifyInstance
  /** Lower-case hex SHA-256 of the root certificate. */
  readonly rootFingerprint: string
  /** The admin API's bearer token, hex. */
  readonly adminToken: string
  /** Certificate chain (root included) and key of the public listener. */
  tls(): TlsOptions
  /** Called with new options when the certificate was renewed: pass them to `server.setSecureContext`. */
  onTlsRenewed(listener: (options: TlsOptions) => void): void
  /** Migrates, publishes the first directory, starts re-signing. */
  start(): Promise<void>
  stop(): Promise<void>
}
