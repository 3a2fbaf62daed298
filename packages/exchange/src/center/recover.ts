import type { PoolClient } from '@sapan/kernel'
import type { Directory } from '../directory/document.ts'
import { readDirectory } from '../directory/read.ts'
import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { markRevoked } from './store/certificates.ts'
import { raiseVersion } from './store/directories.ts'
import { forgetCenterRestored, isCenterRestored } from './store/restored.ts'

/** What a recovery brought back, and what the backup does not have and has to be registered anew. */
export interface CenterRecovery {
  /** The version from which the directory goes on. */
  readonly version: number
  /** Certificates that were revoked after the backup, and are again. */
  readonly revoked: number
  readonly lost: {
    readonly members: readonly string[]
    /** Those that joined or renewed their certificate after the backup: they join again. */
    readonly gateways: readonly string[]
    readonly services: readonly string[]
    /** Members that gave grants after the backup, which they publish again. */
    readonly grants: readonly string[]
  }
}

/**
 * Lets a center that came out of a backup publish again, from the newest directory that anybody holds: no version is given
 * out twice, and what was revoked stays so. Throws Problem `center-recover-refused` where nothing asks for it, or the
 * directory is older than the backup or not this center's.
 */
export function recoverCenter(ground: CenterGround, actor: string, jws: string): Promise<CenterRecovery> {
  const directory = readOwn(ground, jws)
  const { instance, version, revoked } = directory
  return change(ground, async ({ client, audit }) => {
    const isWanted = await isCenterRestored(client)
    if (!isWanted || !(await raiseVersion(client, version))) throw exchangeProblem('center-recover-refused')
    let marked = 0
    for (const { fingerprint, reason, at } of revoked)
      marked += await markRevoked(client, fingerprint, reason, Date.parse(at))
    const lost = await lostSince(client, directory)
    await forgetCenterRestored(client)
    await audit({ actor, action: 'center.recover', subject: instance, details: { version, revoked: marked } })
    return { version, revoked: marked, lost }
  })
}

function readOwn({ authority, config }: CenterGround, jws: string): Directory {
  try {
    const directory = readDirectory(jws.trim(), authority.rootFingerprint)
    if (directory.instance === config.instance) return directory
  } catch (cause) {
    throw exchangeProblem('center-recover-refused', { cause })
  }
  throw exchangeProblem('center-recover-refused')
}

async function lostSince(client: PoolClient, directory: Directory): Promise<CenterRecovery['lost']> {
  const { members, gateways, services, grants } = directory
  const known = async (sql: string) =>
    new Set((await client.query<{ one: string }>(sql)).rows.map(({ one }) => one))
  const ofMembers = await known('select id as one from center.member')
  const certificates = await known(
    `select encode(der, 'base64') as one from center.certificate where use = 'tls'`,
  )
  const ofServices = await known('select id as one from center.service')
  const hashes = await known('select hash as one from center.grant_hash')
  // PostgreSQL breaks long base64 into lines.
  const whole = new Set([...certificates].map((text) => text.replaceAll('\n', '')))
  return {
    members: members.map(({ id }) => id).filter((id) => !ofMembers.has(id)),
    gateways: gateways.filter(({ tls }) => tls.some((der) => !whole.has(der))).map(({ id }) => id),
    services: services.map(({ id }) => id).filter((id) => !ofServices.has(id)),
    grants: grants
      .filter((given) => given.hashes.some((hash) => !hashes.has(hash)))
      .map(({ provider }) => provider),
  }
}
