import { checkAlerts } from '../../alerts/check.ts'
import { listAlerts } from '../../alerts/store.ts'
import { checkDatabase, isUp } from '../../checks/database.ts'
import { checkMigrations, type Schema } from '../../checks/migrations.ts'
import type { CenterGround } from '../ground.ts'
import { certificatesInForce } from '../store/certificates.ts'
import { newestDirectory } from '../store/directories.ts'
import { countContradictions } from '../store/witness.ts'
import { checkIssuer, checkMemberCertificates, checkOwnCertificate } from './certificates.ts'
import type { Check } from './check.ts'
import { checkCenterClock } from './clock.ts'
import { checkContradictions } from './contradictions.ts'
import { checkPublished } from './directory.ts'

const schemas: readonly Schema[] = [['center', new URL('../store/migrations/', import.meta.url)]]

const withoutDatabase = { th: 'ศูนย์กลางไม่ตอบสมาชิก', en: 'members are not served' }

/** All that can be seen of the center by itself. */
export async function lookAtCenter(ground: CenterGround): Promise<Check[]> {
  const { pool, authority, clock } = ground
  const database = await checkDatabase(pool, withoutDatabase)
  const now = clock()
  const own = (['tls', 'directory', 'timestamping'] as const).map((use) =>
    checkOwnCertificate(use, authority.own(use), now),
  )
  return [
    ...database,
    checkIssuer(authority.endsAt, now),
    ...own,
    ...(await ground.lookAtMachine()),
    ...(isUp(database) ? await checkStored(ground) : []),
  ]
}

async function checkStored({ pool, clock, config }: CenterGround): Promise<Check[]> {
  const now = clock()
  const subject = { center: config.instance }
  const [newest, contradictions, inForce, time, tables, alerts] = await Promise.all([
    newestDirectory(pool),
    countContradictions(pool),
    certificatesInForce(pool, ['tls', 'signing'], now),
    checkCenterClock(pool, clock),
    checkMigrations(pool, schemas),
    listAlerts(pool, subject),
  ])
  return [
    checkPublished(newest, now),
    time,
    tables,
    checkMemberCertificates(
      inForce.filter(({ gateway }) => gateway !== null),
      now,
    ),
    checkContradictions(contradictions),
    checkAlerts(alerts, subject),
  ]
}
