import { checkAlerts } from '../../alerts/check.ts'
import { listAlerts } from '../../alerts/store.ts'
import { checkDatabase, isUp } from '../../checks/database.ts'
import { checkMigrations, type Schema } from '../../checks/migrations.ts'
import { findOneSided } from '../../evidence/store/one-sided.ts'
import { readQueueStanding } from '../../queue/store/standing.ts'
import type { AdminCaller } from '../admin/caller.ts'
import type { GatewayGround } from '../ground.ts'
import { checkArchive } from './archive.ts'
import { checkCertificates } from './certificate.ts'
import type { Check } from './check.ts'
import { checkClock } from './clock.ts'
import { checkDirectory } from './directory.ts'
import { checkEdgeAddress } from './edge-address.ts'
import { checkLog } from './log.ts'
import { checkMessages } from './messages.ts'
import { checkOneSided } from './one-sided.ts'
import { checkOpenEdge } from './open-edge.ts'
import { checkOwnAddress, checkPeers, type Reach } from './peers.ts'
import { checkRenewal } from './renewal.ts'
import { checkRetention } from './retention.ts'

const hour = 3_600_000
const week = 7 * 24 * hour
/** More of them than anybody reads. */
const mostOneSided = 100

/** Every schema of a gateway's database, and what makes its tables. */
const schemas: readonly Schema[] = [
  ['gateway', new URL('../store/migrations/', import.meta.url)],
  ['directory', new URL('../../directory/store/migrations/', import.meta.url)],
  ['evidence', new URL('../../evidence/store/migrations/', import.meta.url)],
  ['queue', new URL('../../queue/store/migrations/', import.meta.url)],
]

const withoutDatabase = { th: 'ไม่มีการแลกเปลี่ยนใดผ่านได้', en: 'no exchange is answered' }

/** All that can be seen of the gateway by itself; of its members, those for whom the caller asks. */
export async function lookInside(ground: GatewayGround, caller: AdminCaller): Promise<Check[]> {
  const { directory, settings, pool, clock } = ground
  const subject = { gateway: settings.id }
  const database = await checkDatabase(pool, withoutDatabase)
  return [
    checkDirectory(directory.standing(), clock()),
    checkClock(ground.clockWatch.standing()),
    ...database,
    ...(isUp(database) ? await checkStored(ground, caller) : []),
    ...(isUp(database) && isWhole(caller)
      ? [await checkMigrations(pool, schemas), checkAlerts(await listAlerts(pool, subject), subject)]
      : []),
    ...checkCertificates(settings.id, certificatesOf(ground, caller), clock()),
    ...(isWhole(caller)
      ? [
          ...(await ground.lookAtMachine()),
          checkRenewal(settings.id, ground.renewalFailure(), clock()),
          checkOpenEdge(settings),
        ]
      : []),
  ]
}

/** The same, and how the gateway stands to others: they are asked. */
export async function lookAtGateway(
  ground: GatewayGround,
  caller: AdminCaller,
  reach: Reach,
): Promise<Check[]> {
  const [inside, around] = await Promise.all([
    lookInside(ground, caller),
    isWhole(caller) ? checkAround(ground, reach) : [],
  ])
  return [...inside, ...around]
}

/** What is no member's is its own operator's to see to. */
function isWhole({ members }: AdminCaller): boolean {
  return members === null
}

async function checkStored(
  { evidence, archiving, pool, clock, signers, settings }: GatewayGround,
  caller: AdminCaller,
): Promise<Check[]> {
  const members = signers.members().filter((member) => caller.may(member))
  const now = clock()
  const span = { from: now - week, until: now - hour, most: mostOneSided }
  const [{ logs }, retention, archived, queues, oneSided] = await Promise.all([
    evidence.status(),
    evidence.retention(),
    isWhole(caller) ? evidence.archived() : undefined,
    readQueueStanding(pool, caller.members),
    findOneSided(pool, members, span),
  ])
  return [
    ...logs.filter(({ member }) => caller.may(member)).map((log) => checkLog(settings.id, log, now)),
    ...retention.map(checkRetention),
    ...(archived ? [checkArchive(settings.id, archived, archiving.failure)] : []),
    ...checkMessages(settings.id, queues),
    checkOneSided(oneSided),
  ]
}

async function checkAround(
  { directory, settings, heldGrants, signers }: GatewayGround,
  reach: Reach,
): Promise<Check[]> {
  const view = directory.current()
  const asked = new Set(heldGrants.list().map(({ grant }) => grant.provider))
  const gateways = [...asked]
    .filter((provider) => !signers.hosts(provider))
    .flatMap((provider) => view.gatewaysOf(provider))
  const others = new Map(
    gateways.filter(({ id }) => id !== settings.id).map((gateway) => [gateway.id, gateway]),
  )
  const [peers, own, edge] = await Promise.all([
    checkPeers([...others.values()], reach),
    checkOwnAddress(view.gateway(settings.id), settings.peerAddress, reach),
    checkEdgeAddress(settings.edgeOrigin, settings.id),
  ])
  return [...peers, own, edge]
}

function certificatesOf({ directory, settings, signers }: GatewayGround, caller: AdminCaller) {
  return directory
    .current()
    .listed((holder) => holder === settings.id || (signers.hosts(holder) && caller.may(holder)))
}
