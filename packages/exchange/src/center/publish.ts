import type { PoolClient } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { signJws } from '@sapan/trust'
import {
  type Directory,
  type DirectoryGateway,
  type DirectoryMember,
  directoryType,
} from '../directory/document.ts'
import { directoryContent } from '../directory/read.ts'
import { exchangeProblem } from '../problems.ts'
import type { CenterGround } from './ground.ts'
import {
  type CertificateRow,
  certificatesInForce,
  certificatesOfUse,
  readRevocations,
} from './store/certificates.ts'
import {
  insertDirectory,
  lockState,
  newestDirectory,
  nextVersion,
  type PublishedDirectory,
} from './store/directories.ts'
import { type GatewayRow, readGateways, readWaiting } from './store/gateways.ts'
import { readMembers } from './store/members.ts'
import { readGrantHashes, readLogKeys, readServices } from './store/publications.ts'
import { isCenterRestored } from './store/restored.ts'

/** Signs what the tables now say as the next version of the directory. Only under the lock. */
export async function publish(ground: CenterGround, client: PoolClient, now: number): Promise<void> {
  if (await isCenterRestored(client)) throw exchangeProblem('center-recover-needed')
  const version = await nextVersion(client)
  const validUntil = now + ground.config.validitySeconds * 1000
  const directory: Directory = {
    instance: ground.config.instance,
    version,
    issuedAt: new Date(now).toISOString(),
    validUntil: new Date(validUntil).toISOString(),
    ...(await contents(ground, client, now)),
  }
  const { signer, chain } = ground.authority.own('directory')
  const jws = signJws(directory, { signer, type: directoryType, chain })
  const content = Buffer.from(directoryContent(directory), 'hex')
  await insertDirectory(client, { version, issuedAt: now, validUntil, jws, content })
}

/**
 * Signs the directory anew when half of its validity is over, or when it does not list the certificate with which this
 * center stamps. Safe with several centers on one database: who finds it done does nothing.
 */
export function republishWhenDue(ground: CenterGround): Promise<void> {
  return inTransaction(ground.pool, async (client) => {
    await lockState(client)
    const now = ground.clock()
    if (await isCenterRestored(client)) {
      ground.log.error(exchangeProblem('center-recover-needed').type.title, 'center recover is needed')
      return
    }
    const newest = await newestDirectory(client)
    if (!newest || isDue(ground, newest, now) || !listsStamping(ground, newest)) {
      await publish(ground, client, now)
    }
  })
}

/** One signed while the clock was ahead would hold too long: it is due too. */
function isDue({ config }: CenterGround, { validUntil }: PublishedDirectory, now: number): boolean {
  const lives = (validUntil - now) / (config.validitySeconds * 1000)
  return lives <= 0.5 || lives > 1.5
}

function listsStamping({ authority }: CenterGround, { jws }: PublishedDirectory): boolean {
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url')
  return payload.includes(authority.own('timestamping').certificate.toString('base64'))
}

type Contents = Omit<Directory, 'instance' | 'version' | 'issuedAt' | 'validUntil'>

async function contents(ground: CenterGround, client: PoolClient, now: number): Promise<Contents> {
  const { config, authority } = ground
  const certificates = await certificatesInForce(client, ['tls', 'signing'], now)
  const waiting = await readWaiting(client)
  const inUse = certificates.filter((row) => !waiting.has(`${row.gateway} ${row.holder}`))
  const byHolder = Map.groupBy(inUse, (row) => `${row.use} ${row.holder}`)
  const inForce = (use: string, holder: string) => (byHolder.get(`${use} ${holder}`) ?? []).map(base64)
  const gateways = await readGateways(client)
  const logs = Map.groupBy(await readLogKeys(client), (key) => key.member)
  const members = await readMembers(client)
  const revocations = await readRevocations(client)
  return {
    members: members.map(
      (member): DirectoryMember => ({
        ...member,
        signing: inForce('signing', member.id),
        log: (logs.get(member.id) ?? []).map(({ origin, vkey, epoch }) => ({ origin, vkey, epoch })),
        gateways: gateways.filter((gateway) => speaksFor(gateway, member.id)).map(({ id }) => id),
      }),
    ),
    gateways: gateways.map(
      ({ id, owner, peer, algorithms }): DirectoryGateway => ({
        id,
        owner,
        peer,
        tls: inForce('tls', id),
        algorithms,
      }),
    ),
    services: await readServices(client),
    grants: await readGrantHashes(client),
    revoked: revocations.map(({ fingerprint: of, at, reason }) => ({
      fingerprint: of,
      at: at.toISOString(),
      reason,
    })),
    issuers: authority.issuers.map((der) => der.toString('base64')),
    timestamping: (await certificatesOfUse(client, 'timestamping')).map((row) => ({
      url: `${config.publicUrl}/tsa`,
      certificate: base64(row),
    })),
    witnesses: [authority.witness.published, ...config.witnesses],
    subjectTokens: config.subjectTokens,
  }
}

function speaksFor({ members, waiting }: GatewayRow, member: string): boolean {
  return members.includes(member) && !waiting.includes(member)
}

function base64(row: CertificateRow): string {
  return row.der.toString('base64')
}
