import type { RequestListener } from 'node:http'
import type { SecureContextOptions, TlsOptions } from 'node:tls'
import { type Clock, inTransaction, type Logger, migrate, type Pool } from '@sapan/kernel'
import { exportPem, type KeyFolder, toPem } from '@sapan/trust'
import type { FastifyInstance } from 'fastify'
import type { AlertSettings } from '../alerts/alert-settings.ts'
import { Alerts } from '../alerts/alerts.ts'
import { createChannels } from '../alerts/create-channels.ts'
import type { TellOperator } from '../alerts/email.ts'
import type { LookAtMachine } from '../checks/check.ts'
import type { SubjectTokenIssuer } from '../directory/document.ts'
import { metricsToken } from '../metrics-token.ts'
import type { PublicPages } from '../page-routes.ts'
import { exchangeProblem } from '../problems.ts'
import { Rounds } from '../rounds.ts'
import { createAdminApp } from './api/admin-app.ts'
import { createPublicApp } from './api/public-app.ts'
import { Authority } from './authority.ts'
import { lookAtCenter } from './checks/look.ts'
import type { CenterGround } from './ground.ts'
import { CenterMinutes } from './health-minutes.ts'
import { republishWhenDue } from './publish.ts'
import { ensureState, lockState } from './store/directories.ts'
import { forgetStatements } from './store/publications.ts'

export interface CenterConfig {
  /** `TH`. */
  readonly instance: string
  /** How members reach the public listener: `https://center.example:4000`. */
  readonly publicUrl: string
  /** Where further centers over the same database are reached: each one's certificate is for all of them. */
  readonly alsoAt?: readonly string[]
  /** Life of a directory; default 600. It is signed anew before half of it is over. */
  readonly validitySeconds?: number
  /** Life of members' certificates; default 90 days. */
  readonly certificateSeconds?: number
  /** Life of a join token where its maker names none; default 1 day. */
  readonly tokenSeconds?: number
  /** Object identifier of the policy of time-stamps. */
  readonly timestampPolicy?: string
  /** Other witnesses to be published beside this center. */
  readonly witnesses?: readonly { readonly name: string; readonly vkey: string; readonly url: string }[]
  readonly subjectTokens?: readonly SubjectTokenIssuer[]
  /** Who is told what is wrong with the center. */
  readonly alerts?: AlertSettings
}

/** Under the number kept for documentation (RFC 5612), which claims nothing: a country names its own policy. */
const exampleTimestampPolicy = '1.3.6.1.4.1.32473.1'

const day = 86_400
const minute = 60_000

function complete(config: CenterConfig): Required<CenterConfig> {
  return {
    alsoAt: [],
    validitySeconds: 600,
    certificateSeconds: 90 * day,
    tokenSeconds: day,
    timestampPolicy: exampleTimestampPolicy,
    witnesses: [],
    subjectTokens: [],
    alerts: {},
    ...config,
    publicUrl: config.publicUrl.replace(/\/+$/, ''),
  }
}

export interface CenterOptions {
  readonly pool: Pool
  /** Initialised by `initialiseCenter`. Its folder `offline/` is never opened. */
  readonly keys: KeyFolder
  readonly clock: Clock
  readonly log: Logger
  readonly config: CenterConfig
  /** Hands letters to the mail system of `alerts.email`; without it nobody is told by e-mail. */
  readonly tellOperator?: TellOperator
  /** What the machine shows, for checks and alerts. */
  readonly lookAtMachine?: LookAtMachine
  /** What shows the problem pages: `publicPages` of the package `ui`. */
  readonly pages?: PublicPages
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
  /** The signed-note verifier key (cosignature/v1) of the center's witness. */
  readonly witnessVkey: string
  /** Certificate chain (root included) and key of the public listener. Only after `start`. */
  tls(): TlsOptions
  /** Called with new options when the certificate was renewed: pass them to `server.setSecureContext`. */
  onTlsRenewed(listener: (options: TlsOptions) => void): void
  /**
   * Brings the tables up to date, sees to the center's own certificates, publishes a directory, and goes on doing so.
   * Throws Problem `center-not-initialised`, or what the database throws.
   */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Makes a center: loads its keys, touches no database and listens nowhere. Throws Problem `center-not-initialised`. */
export async function createCenter(options: CenterOptions): Promise<Center> {
  const { pool, keys, clock, log, pages } = options
  const config = complete(options.config)
  const { instance, publicUrl, alsoAt } = config
  const authority = await Authority.open({ keys, instance, publicUrl, alsoAt })
  const adminToken = (await keys.loadOrCreateSecret('admin.token')).toString('hex')
  const lookAtMachine = options.lookAtMachine ?? (async () => [])
  const ground: CenterGround = { pool, clock, log, config, authority, lookAtMachine }
  const publicApp = createPublicApp(ground, pages)
  const minutes = new CenterMinutes(ground, publicApp)
  const { channels, closeChannels } = await createChannels({ ...options, alerts: config.alerts })
  const alerts = new Alerts({
    ...{ subject: { center: instance }, pool, clock, log, channels },
    look: () => lookAtCenter(ground),
  })
  const tokens = { admin: adminToken, metrics: await metricsToken(keys) }
  const adminApp = createAdminApp(ground, tokens, { watched: publicApp, alerts })
  await publicApp.ready()
  await adminApp.ready()
  const upkeep = new Upkeep(ground)
  const rounds = new Rounds(log, [
    { name: 'alerts', everyMs: minute, run: () => alerts.look() },
    { name: 'health', everyMs: minute, run: () => minutes.keep() },
    { name: 'forget health', everyMs: 60 * minute, run: () => minutes.forget() },
  ])
  return {
    publicHandler: publicApp.routing,
    adminHandler: adminApp.routing,
    publicApp,
    adminApp,
    rootFingerprint: authority.rootFingerprint,
    adminToken,
    witnessVkey: authority.witness.published.vkey,
    tls: () => tlsOptions(authority),
    onTlsRenewed: (listener) => upkeep.onTlsRenewed(listener),
    start: async () => {
      await upkeep.start()
      rounds.start()
    },
    stop: async () => {
      await rounds.stop()
      await upkeep.stop()
      await publicApp.close()
      await adminApp.close()
      await closeChannels()
    },
  }
}

/** TLS 1.3 only; the chain goes out with the root, so that a joiner can tell it by its fingerprint. */
function tlsOptions(authority: Authority): TlsOptions & SecureContextOptions {
  const { signer, chain } = authority.own('tls')
  return { key: exportPem(signer), cert: chain.map((der) => toPem(der)).join(''), minVersion: 'TLSv1.3' }
}

/** Keeps directory and own certificates from running out. */
class Upkeep {
  readonly #ground: CenterGround
  readonly #listeners: ((options: TlsOptions) => void)[] = []
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()

  constructor(ground: CenterGround) {
    this.#ground = ground
  }

  onTlsRenewed(listener: (options: TlsOptions) => void): void {
    this.#listeners.push(listener)
  }

  async start(): Promise<void> {
    const { pool, config } = this.#ground
    await migrate(pool, 'center', new URL('./store/migrations/', import.meta.url))
    const instance = await inTransaction(pool, (client) => ensureState(client, config.instance))
    if (instance !== config.instance) throw exchangeProblem('center-of-another-instance')
    await this.#work()
    const pause = Math.min(Math.max(config.validitySeconds / 20, 0.25), 60) * 1000
    clearInterval(this.#timer)
    this.#timer = setInterval(() => {
      this.#working = this.#working.then(() =>
        this.#work().catch((error: unknown) => {
          this.#ground.log.error({ err: error }, 'the directory could not be looked after')
        }),
      )
    }, pause)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#working
  }

  async #work(): Promise<void> {
    const { pool, clock, authority } = this.#ground
    const renewed = await inTransaction(pool, async (client) => {
      await lockState(client)
      await forgetStatements(client, clock())
      return authority.renewOwn(client, clock())
    })
    authority.take(renewed)
    if (renewed.has('tls')) for (const listener of this.#listeners) listener(tlsOptions(authority))
    await republishWhenDue(this.#ground)
  }
}
