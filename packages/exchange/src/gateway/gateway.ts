import type { Server as HttpServer, RequestListener } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { type Clock, type Logger, migrate } from '@sapan/kernel'
import { fromPem, type KeyFolder, Sealer } from '@sapan/trust'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { createDirectoryClient, type DirectoryClient } from '../directory/client.ts'
import { createDirectoryStore, migrateDirectory } from '../directory/store/directory-store.ts'
import type { DirectoryView } from '../directory/view.ts'
import { createEvidence } from '../evidence/evidence.ts'
import { RateLimiter } from '../grant/rate.ts'
import type { PublicPages } from '../page-routes.ts'
import { Queues } from '../queue/queues.ts'
import { startQueues, tidyQueues } from '../queue/upkeep.ts'
import { TurnSigner } from '../signature/turn-signer.ts'
import { createAdminApi } from './admin/api.ts'
import { besidePages } from './admin/beside-pages.ts'
import { Descriptions } from './descriptions.ts'
import { EdgeCredentials } from './edge/credentials.ts'
import { createEdgeHandler } from './edge/edge-handler.ts'
import { problemOf } from './fault.ts'
import type { GatewayGround } from './ground.ts'
import { HealthMinutes } from './health/minutes.ts'
import { HeldGrants } from './held-grants.ts'
import { AccessHints } from './hints/access-hints.ts'
import { Hosting } from './hosting.ts'
import { IssuedGrants } from './issued-grants.ts'
import { acceptLinks } from './link/accept.ts'
import { linkProtocol } from './link/links.ts'
import { LogKeys } from './log-keys.ts'
import { MemberSigners } from './member-signers.ts'
import type { GatewayMembership } from './membership.ts'
import { GatewayMetrics } from './metrics.ts'
import { MoveIn } from './moving/move-in.ts'
import { MoveOut } from './moving/move-out.ts'
import { AcceptedConnections } from './peer/accepted-connections.ts'
import { exchangeRoute, type TakeMessage } from './peer/exchange-route.ts'
import { createPeerHandler } from './peer/peer-handler.ts'
import { PeerQuestions } from './peer/questions.ts'
import { ProvidedServices } from './provided-services.ts'
import { Rounds } from './rounds.ts'
import { SeenMessages } from './seen-messages.ts'
import { plainServer, secureContext, tlsServer } from './servers.ts'
import type { GatewaySettings } from './settings.ts'
import { stampingOverHttp } from './stamping-over-http.ts'
import { StatusKeeper } from './status/keeper.ts'
import { statusListsOverHttp } from './status/lists-over-http.ts'
import { deleteOldHints } from './store/access-hints.ts'
import { deleteExpiredTokens } from './store/credentials.ts'
import { deleteExpiredOperators } from './store/operators.ts'
import { deleteOldHours } from './store/unusual-accesses.ts'
import { deleteExpiredUsedTokens } from './store/used-tokens.ts'
import { loadSubjectHashes } from './subject-keys.ts'
import { Admission } from './transport/admission.ts'
import { PeerConnections, type TlsIdentity } from './transport/peer-connections.ts'
import { ProviderConnections } from './transport/provider-connections.ts'
import { ServiceAgent } from './transport/service-agent.ts'
import { Probing } from './unusual/probing.ts'
import { UnusualWatch } from './unusual/watch.ts'
import { witnessOverHttp } from './witness-over-http.ts'

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
  const agent = new ServiceAgent(() => membership.center.root())
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
      reconcile: () => ground.evidence.reconcile(questions.recorded),
      recover: async (member) => {
        const recovery = await ground.evidence.recover(member)
        await membership.publisher.logKey(member, recovery)
        return recovery
      },
    },
    (await keys.loadOrCreateSecret('admin.token')).toString('hex'),
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
  const rounds = createRounds(ground, questions, recheckConnections)
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
      await Promise.all([ground.peers.close(), ground.providers.close(), agent.close(), lists.close()])
    },
  }
}

async function createGround(
  options: GatewayOptions,
  parts: { directory: DirectoryClient; agent: ServiceAgent; statuses: StatusKeeper; logKeys: LogKeys },
): Promise<GatewayGround> {
  const { pool, keys, clock, log, settings, membership } = options
  const { directory, agent, statuses, logKeys } = parts
  const signers = new MemberSigners()
  signers.use(membership.signers())
  const peers = new PeerConnections(membership.tls(), {
    directory: () => directory.current(),
    clock,
    connectionsPerPeer: settings.limits.connectionsPerPeer,
    connectTimeoutMs: settings.timeouts.connect * 1000,
    links: settings.links,
  })
  membership.onRenewed(() => {
    void peers.useIdentity(membership.tls())
  })
  const questions = new PeerQuestions(peers, () => directory.current())
  const issuers = () => directory.current().directory.subjectTokens
  const hints = new AccessHints({ pool, clock, issuers })
  await logKeys.load(signers.members())
  const sealer = new Sealer(new Map([[1, await keys.loadOrCreateSecret('seal-1')]]), 1)
  const evidence = createEvidence({
    pool,
    members: signers.logged(),
    sealer,
    logSigner: (member) => logKeys.of(member),
    exportSigner: (member) => (signers.hosts(member) ? signers.of(member) : undefined),
    clock,
    log,
    witnesses: () =>
      directory.current().directory.witnesses.map((witness) => witnessOverHttp(witness, agent)),
    timestamping: () => {
      const [first] = directory.current().directory.timestamping
      return first ? stampingOverHttp(first.url, agent) : null
    },
    roots: () => [settings.center.rootFingerprint],
    settings: { commitWithin: settings.timeouts.database * 1000 },
    retention: settings.evidence.retention,
  })
  return {
    settings,
    pool,
    clock,
    log,
    directory,
    evidence,
    signers,
    signing: new TurnSigner(),
    services: new ProvidedServices(pool),
    descriptions: new Descriptions(pool, (service) => questions.description(service)),
    issuedGrants: new IssuedGrants(pool),
    heldGrants: new HeldGrants({
      pool,
      log,
      fetch: (provider) => questions.grants(provider),
      keep: (jws) => evidence.keepGrant(jws),
      root: settings.center.rootFingerprint,
    }),
    rates: new RateLimiter(clock),
    questionRates: new RateLimiter(clock),
    seen: new SeenMessages(),
    subjects: await loadSubjectHashes(keys),
    statuses,
    hints,
    mayTell: options.mayTell ?? (() => false),
    probing: new Probing(clock, settings.unusual.values),
    unusual: new UnusualWatch({
      hints,
      pool,
      clock,
      settings: settings.unusual,
      isHoliday: options.isHoliday ?? (() => false),
    }),
    peers,
    providers: new ProviderConnections({
      connections: settings.limits.inFlight,
      connectTimeoutMs: settings.timeouts.connect * 1000,
    }),
    metrics: new GatewayMetrics(),
    queues: new Queues(pool, log),
    sealer,
    root: () => rootOf(membership.tls()),
    spillDirectory: options.spillDirectory,
  }
}

function rootOf({ ca }: TlsIdentity): Buffer {
  const [root] = fromPem(ca)
  if (!root) throw new Error('the gateway has no root')
  return root
}

function createServers(parts: {
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

/** Exports show the directory under which a message was made, so each version is kept before it can be needed. */
function keepDirectory({ evidence, log }: GatewayGround, view: DirectoryView): void {
  evidence.keepDirectory(view.version, view.jws).catch((error: unknown) => {
    log.error({ err: error, version: view.version }, 'a directory version could not be kept')
    setTimeout(() => keepDirectory({ evidence, log } as GatewayGround, view), 5_000).unref()
  })
}

function watchGauges(ground: GatewayGround, edge: Admission, peer: Admission): void {
  const { metrics, directory, clock } = ground
  ground.queues.depth.watch(metrics)
  metrics.gauge('sapan_edge_in_flight', 'Calls of own systems being answered', () => edge.running)
  metrics.gauge('sapan_edge_waiting', 'Calls of own systems that wait for room', () => edge.waiting)
  metrics.gauge('sapan_peer_in_flight', 'Messages of other gateways being answered', () => peer.running)
  metrics.gauge('sapan_peer_waiting', 'Messages of other gateways that wait for room', () => peer.waiting)
  metrics.gauge('sapan_peer_links', 'Links held open to other gateways', () => ground.peers.links)
  metrics.gauge('sapan_directory_valid_seconds', 'Seconds until the directory is past its validity', () =>
    Math.round((directory.standing().validUntil - clock()) / 1000),
  )
}

/** What is done again and again: other gateways of the operator may have changed the database, and windows close. */
function createRounds(
  ground: GatewayGround,
  questions: PeerQuestions,
  recheckConnections: () => void,
): Rounds {
  const { log, services, issuedGrants, seen, pool, clock, evidence, rates, statuses } = ground
  const minutes = new HealthMinutes(ground)
  return new Rounds(log, [
    { name: 'minutes', everyMs: 60_000, run: () => minutes.keep() },
    { name: 'old minutes', everyMs: 3_600_000, run: () => minutes.forget() },
    {
      name: 'services and grants',
      everyMs: 5_000,
      run: () => Promise.all([services.load(), issuedGrants.load()]),
    },
    { name: 'messages seen', everyMs: 5_000, run: async () => seen.sweep(clock()) },
    { name: 'subject tokens used', everyMs: 30_000, run: () => deleteExpiredUsedTokens(pool, clock()) },
    {
      // A certificate also ends without a new directory.
      name: 'connections of ended certificates',
      everyMs: 60_000,
      run: async () => recheckConnections(),
    },
    { name: 'unusual accesses', everyMs: 1_000, run: () => ground.unusual.settle() },
    { name: 'hints', everyMs: 1_000, run: () => ground.hints.settle() },
    {
      name: 'hints that nobody fetched',
      everyMs: 3_600_000,
      run: () => deleteOldHints(pool, clock() - 30 * 86_400_000),
    },
    {
      name: 'hours of officers',
      everyMs: 3_600_000,
      run: () => deleteOldHours(pool, clock() - (ground.settings.unusual.days + 1) * 86_400_000),
    },
    {
      name: 'queued messages',
      everyMs: Math.min(1_000, ground.settings.queue.firstRetry * 1_000),
      run: async () => ground.queues.nudge(),
    },
    { name: 'depth of queues', everyMs: 15_000, run: () => ground.queues.depth.look() },
    { name: 'old messages', everyMs: 600_000, run: () => tidyQueues(ground) },
    { name: 'status lists', everyMs: 60_000, run: () => statuses.sweep() },
    { name: 'access tokens', everyMs: 60_000, run: () => deleteExpiredTokens(pool) },
    { name: 'operators of a day', everyMs: 600_000, run: () => deleteExpiredOperators(pool) },
    {
      name: 'rates',
      everyMs: 60_000,
      run: async () => rates.keep(new Set(issuedGrants.list().map(({ hash }) => hash))),
    },
    { name: 'rates of questions', everyMs: 60_000, run: async () => ground.questionRates.forgetFull() },
    { name: 'values of questions', everyMs: 60_000, run: async () => ground.probing.sweep() },
    { name: 'retention', everyMs: 60_000, run: () => evidence.retain() },
    { name: 'one-sided exchanges', everyMs: 30_000, run: () => evidence.reconcile(questions.recorded) },
  ])
}
