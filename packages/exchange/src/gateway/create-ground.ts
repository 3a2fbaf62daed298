import { fromPem, Sealer } from '@sapan/trust'
import type { DirectoryClient } from '../directory/client.ts'
import { createEvidence } from '../evidence/evidence.ts'
import { RateLimiter } from '../grant/rate.ts'
import { Queues } from '../queue/queues.ts'
import { TurnSigner } from '../signature/turn-signer.ts'
import { archivePlan } from './archive-plan.ts'
import { Archiving } from './archiving.ts'
import { ClockWatch } from './clock-watch.ts'
import { Descriptions } from './descriptions.ts'
import type { GatewayOptions } from './gateway.ts'
import type { GatewayGround } from './ground.ts'
import { HeldGrants } from './held-grants.ts'
import { AccessHints } from './hints/access-hints.ts'
import { IssuedGrants } from './issued-grants.ts'
import type { LogKeys } from './log-keys.ts'
import { MemberSigners } from './member-signers.ts'
import { GatewayMetrics } from './metrics.ts'
import { PeerQuestions } from './peer/questions.ts'
import { ProvidedServices } from './provided-services.ts'
import { SeenMessages } from './seen-messages.ts'
import { stampingOverHttp } from './stamping-over-http.ts'
import type { StatusKeeper } from './status/keeper.ts'
import { loadSubjectHashes } from './subject-keys.ts'
import { PeerConnections, type TlsIdentity } from './transport/peer-connections.ts'
import { ProviderConnections } from './transport/provider-connections.ts'
import type { ServiceAgent } from './transport/service-agent.ts'
import { Probing } from './unusual/probing.ts'
import { UnusualWatch } from './unusual/watch.ts'
import { witnessOverHttp } from './witness-over-http.ts'

/** Makes what both pipelines stand on, from what its operator gave and from what was made before it. */
export async function createGround(
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
    published: (member) => directory.current().member(member)?.log ?? [],
    roots: () => [settings.center.rootFingerprint],
    settings: { commitWithin: settings.timeouts.database * 1000 },
    witnessesAtLeast: settings.evidence.witnesses.atLeast,
    retention: settings.evidence.retention,
    archive: archivePlan(settings, options),
    timeZone: settings.timeZone,
  })
  return {
    settings,
    pool,
    clock,
    clockWatch: new ClockWatch({
      own: settings.id,
      clock,
      log,
      center: () => directory.clockSkew(),
      most: settings.timeouts.clockSkew,
    }),
    log,
    directory,
    evidence,
    archiving: new Archiving(evidence, clock),
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
    lookAtMachine: options.lookAtMachine ?? (async () => []),
    renewalFailure: () => membership.renewalFailure(),
    root: () => rootOf(membership.tls()),
    spillDirectory: options.spillDirectory,
  }
}

function rootOf({ ca }: TlsIdentity): Buffer {
  const [root] = fromPem(ca)
  if (!root) throw new Error('the gateway has no root')
  return root
}
