import type { Server as HttpServer, RequestListener } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { type Clock, type Logger, migrate } from '@sapan/kernel'
import type { KeyFolder } from '@sapan/trust'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { Alerts } from '../alerts/alerts.ts'
import { createChannels } from '../alerts/create-channels.ts'
import type { TellOperator } from '../alerts/email.ts'
import type { LookAtMachine } from '../checks/check.ts'
import { createDirectoryClient, type DirectoryClient } from '../directory/client.ts'
import { createDirectoryStore, migrateDirectory } from '../directory/store/directory-store.ts'
import type { DirectoryView } from '../directory/view.ts'
import { requireWitnesses } from '../evidence/witness-policy.ts'
import { CenterAddresses } from '../membership/center-addresses.ts'
import { metricsToken } from '../metrics-token.ts'
import type { PublicPages } from '../page-routes.ts'
import { startQueues } from '../queue/upkeep.ts'
import { createAdminApi } from './admin/api.ts'
import { AdminCaller } from './admin/caller.ts'
import type { S3Access } from './archive-plan.ts'
import { lookInside } from './checks/look.ts'
import { createGround } from './create-ground.ts'
import { createRounds } from './create-rounds.ts'
import { createServers } from './create-servers.ts'
import { EdgeCredentials } from './edge/credentials.ts'
import { createEdgeHandler } from './edge/edge-handler.ts'
import { watchGauges } from './gauges.ts'
import { Hosting } from './hosting.ts'
import { keepDirectory } from './keep-directory.ts'
import { LogKeys } from './log-keys.ts'
import type { GatewayMembership } from './membership.ts'
import { MoveIn } from './moving/move-in.ts'
import { MoveOut } from './moving/move-out.ts'
import { AcceptedConnections } from './peer/accepted-connections.ts'
import { exchangeRoute } from './peer/exchange-route.ts'
import { createPeerHandler } from './peer/peer-handler.ts'
import { PeerQuestions } from './peer/questions.ts'
import type { GatewaySettings } from './settings.ts'
import { StatusKeeper } from './status/keeper.ts'
import { statusListsOverHttp } from './status/lists-over-http.ts'
import { Admission } from './transport/admission.ts'
import { ServiceAgent } from './transport/service-agent.ts'

export interface GatewayOptions {
  readonly pool: Pool
  readonly keys: KeyFolder
  readonly clock: Clock
  readonly log: Logger
  readonly settings: GatewaySettings
  readonly membership: GatewayMembership
  /** An existing, private folder for bodies too large for memory. */
  readonly spillDirectory: string
  /** What shows the problem pages: `publicPages` of the package `ui`. */
  readonly pages?: PublicPages
  /** Days on which offices are closed, by the country's calendar; none beside weekends where it is absent. */
  readonly isHoliday?: (at: number) => boolean
  /** For which purposes a person may be told of accesses as they happen; for none where it is absent. */
  readonly mayTell?: (purpose: string) => boolean
  /** Hands letters to the mail system of `alerts.email`; without it nobody is told by e-mail. */
  readonly tellOperator?: TellOperator
  /** The way into `evidence.archive.s3`, where the settings name one. */
  readonly s3Access?: S3Access | undefined
  /** What the machine shows, for checks and alerts. */
  readonly lookAtMachine?: LookAtMachine
}

/** A gateway that listens nowhere by itself: the application lets its servers listen. */
export interface Gateway {
  /** For the agency's own systems, on loopback or behind the operator's own TLS. */
  edgeServer(): HttpServer
  /** For the agency's own systems over mutual TLS. */
  edgeTlsServer(): HttpsServer
  /** For other gateways. */
  peerServer(): HttpsServer
  /** For the operator. `pages` answers what is no address of the operator's API. */
  adminServer(pages?: RequestListener): HttpServer
  /** For `inject` in tests. */
  readonly adminApp: FastifyInstance
  readonly directory: DirectoryClient
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Puts a gateway together on its operator's database, keys and membership. Brings the database up to date; everything
 * that runs by itself begins with `start`.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { pool, log, membership, settings, keys } = options
  await migrate(pool, 'gateway', new URL('./store/migrations/', import.meta.url))
  await migrateDirectory(pool)
  await migrate(pool, 'queue', new URL('../queue/store/migrations/', import.meta.url))
  const centers = new CenterAddresses([settings.center.url, ...settings.center.alsoAt])
  const agent = new ServiceAgent(() => membership.center.root(), centers)
  const changed: ((view: DirectoryView) => void)[] = []
  const directory = createDirectoryClient({
    center: membership.center,
    rootFingerprint: settings.center.rootFingerprint,
    instance: settings.id.split('/')[0] ?? '',
    store: createDirectoryStore(pool),
    clock: options.clock,
    log,
    pollSeconds: settings.directory.pollSeconds,
    onChange: (view) => {
      for (const listener of changed) listener(view)
    },
  })
  const lists = statusListsOverHttp()
  const statuses = new StatusKeeper({
    pool,
    log,
    clock: options.clock,
    view: () => directory.current(),
    fetch: lists.fetch,
  })
  const logKeys = new LogKeys(keys)
  const ground = await createGround(options, { directory, agent, statuses, logKeys })
  const hosting = new Hosting(ground, membership, logKeys)
  membership.onRenewed(() => {
    hosting.follow().catch((err: unknown) => log.error({ err }, 'the membership could not be followed'))
  })
  const credentials = new EdgeCredentials(pool)
  const questions = new PeerQuestions(ground.peers, () => directory.current())
  const isShared = () => ground.signers.members().length > 1
  const edgeAdmission = new Admission(settings.limits, isShared)
  const peerAdmission = new Admission(settings.limits, isShared)
  const accepted = new AcceptedConnections(ground)
  const takeMessage = exchangeRoute(ground, peerAdmission)
  const handlers = {
    edge: await createEdgeHandler(ground, credentials, {
      admission: edgeAdmission,
      questions,
      pages: options.pages,
    }),
    peer: await createPeerHandler(ground, takeMessage),
  }
  const { channels, closeChannels } = await createChannels({ ...options, alerts: settings.alerts })
  const alerts = new Alerts({
    ...{ subject: { gateway: settings.id }, pool, clock: options.clock, log, channels },
    look: () => lookInside(ground, new AdminCaller(null)),
  })
  const adminApp = await createAdminApi(
    {
      ground,
      credentials,
      publisher: membership.publisher,
      hosting,
      moveOut: new MoveOut({
        ...{ ground, membership, hosting, keys },
        inFlight: (member) => edgeAdmission.of(member) + peerAdmission.of(member),
      }),
      moveIn: new MoveIn({ ground, membership, hosting, keys, logKeys }),
      renewCertificates: () => membership.renewNow(),
      alerts,
      reach: questions.greet,
      reconcile: () => ground.evidence.reconcile(questions.recorded),
      recover: async (member) => {
        const recovery = await ground.evidence.recover(member)
        await membership.publisher.logKey(member, recovery)
        return recovery
      },
    },
    {
      admin: (await keys.loadOrCreateSecret('admin.token')).toString('hex'),
      metrics: await metricsToken(keys),
    },
  )
  const recheckConnections = () => {
    ground.peers.recheck()
    accepted.recheck()
  }
  changed.push((view) => {
    recheckConnections()
    keepDirectory(ground, view)
  })
  watchGauges(ground, edgeAdmission, peerAdmission)
  const rounds = createRounds(ground, { questions, alerts, recheckConnections })
  const servers = createServers({ settings, membership, handlers, adminApp, accepted, ground, takeMessage })
  return {
    ...servers,
    adminApp,
    directory,
    async start() {
      await membership.start()
      await logKeys.load(await ground.evidence.prepare())
      await hosting.clear()
      await directory.start()
      requireWitnesses(settings.evidence.witnesses.atLeast, () =>
        directory.current().directory.witnesses.map(({ name }) => name),
      )
      await Promise.all([ground.services.load(), ground.issuedGrants.load(), ground.heldGrants.load()])
      await ground.statuses.load()
      await ground.evidence.start()
      for (const member of ground.signers.staying()) await hosting.publishLogKeys(member)
      startQueues(ground, questions)
      rounds.start()
    },
    async stop() {
      await rounds.stop()
      await ground.queues.stop()
      await ground.statuses.stop()
      await ground.evidence.stop()
      await directory.stop()
      await membership.stop()
      await Promise.all([
        ground.peers.close(),
        ground.providers.close(),
        agent.close(),
        lists.close(),
        closeChannels(),
      ])
    },
  }
}
