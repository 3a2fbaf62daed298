import { inTransaction, Problem } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import { hasCases, keepVersion, knownVersions, lockVersions } from '../store/versions.ts'
import { changedVersions, type KnownVersion } from './load.ts'
import { definitionProblems } from './problems.ts'

/**
 * Keeps what the versions of services are, as they come in force. The newest version of a service may be mended until
 * something was handed in under it; `isTrial` (a demonstration): then, too. Throws `definition-changed` where another file lies in a version's place by now, or
 * none: cases run under it. A service that is not given here any more is left out.
 */
export async function keepVersions(
  { pool, clock, definitions }: Pick<ServicesGround, 'pool' | 'clock' | 'definitions'>,
  { isTrial = false } = {},
): Promise<void> {
  const given = definitions
    .current()
    .flatMap(({ id, version }) =>
      Array.from({ length: version }, (_, at) => definitions.version(id, at + 1)).flatMap((one) =>
        one === undefined ? [] : [{ service: id, version: one.version, digest: one.digest }],
      ),
    )
  await inTransaction(pool, async (client) => {
    await lockVersions(client)
    const known = await knownVersions(client)
    const changed = changedVersions(
      definitions,
      known.filter(({ service }) => definitions.find(service) !== undefined),
    )
    const fixed: KnownVersion[] = []
    for (const one of changed) {
      const isNewest = definitions.find(one.service)?.version === one.version
      const mayChange = isNewest && (isTrial || !(await hasCases(client, one)))
      if (!mayChange) fixed.push(one)
    }
    if (fixed.length > 0) throw refused(fixed)
    for (const one of given) await keepVersion(client, one, clock())
  })
}

function refused(changed: readonly KnownVersion[]): Problem {
  const places = changed.map(({ service, version }) => `${service}/${version}`).join(', ')
  return new Problem(definitionProblems['definition-changed'], {
    detail: { th: `ไม่ตรงกับที่ใช้บังคับอยู่: ${places}`, en: `not as they came in force: ${places}` },
    extensions: { versions: changed.map(({ service, version }) => ({ service, version })) },
  })
}
