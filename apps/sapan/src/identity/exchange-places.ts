import type { Visitor } from '@sapan/identity'
import type { OperatorPlace } from '@sapan/operator'
import { type AdminClient, adminClient, adminClientWith } from '../clients/admin.ts'
import type { IdentityFile } from '../config/identity.ts'
import { isRecord, rowsOf } from '../terminal/values.ts'
import type { House } from './house.ts'

/** As long as a session at the operator's pages may last. */
const sessionSeconds = 12 * 3600

/**
 * The gateways of the house that host the agency of an officer, and the center for officers of the operator. At a gateway the officer
 * becomes an operator of their agency alone, for a day's work.
 */
export async function exchangePlaces({ ground }: House, { officer }: Visitor): Promise<OperatorPlace[]> {
  if (officer === undefined) return []
  const { watched, center, operator } = ground.file
  const name = `officer ${officer.appointment}`
  const hosting = await Promise.all(watched.map((one) => hosts(one, officer.agency)))
  const gateways = watched
    .filter((_, at) => hosting[at])
    .map(
      (one): OperatorPlace => ({
        kind: 'gateway',
        name: one.gateway,
        origin: one.admin,
        link: async () => {
          const admin = await adminClient(one.admin, one.keys)
          const wanted = { name, members: [officer.agency], role: 'change', expiresInSeconds: sessionSeconds }
          const made = await admin.json('POST', '/v1/operators', wanted)
          return linkAt(adminClientWith(one.admin, isRecord(made) ? String(made.token) : ''), name)
        },
      }),
    )
  if (center === undefined || officer.agency !== operator) return gateways
  const link = async () => linkAt(await adminClient(center.admin, center.keys), name)
  return [...gateways, { kind: 'center', name: center.instance, origin: center.admin, link }]
}

/** One that does not answer hosts nobody for now. */
async function hosts({ admin, keys }: IdentityFile['watched'][number], agency: string): Promise<boolean> {
  try {
    const value = await (await adminClient(admin, keys)).json('GET', '/v1/members')
    return rowsOf(value, 'members').some(({ id }) => id === agency)
  } catch {
    return false
  }
}

async function linkAt(admin: AdminClient, name: string): Promise<string> {
  const made = await admin.json('POST', '/operator/sign-in-links', { name })
  if (!isRecord(made) || typeof made.url !== 'string') throw new Error('no sign-in link was made')
  return made.url
}
