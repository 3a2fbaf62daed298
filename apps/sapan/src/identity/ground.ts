import { type CalendarOverlay, caseworkMigrations, openCalendar } from '@sapan/casework'
import { documentboxMigrations } from '@sapan/documentbox'
import { type AskAgency, identityMigrations, Levels, relyingPartyMigrations } from '@sapan/identity'
import { createPool, type Logger, migrate, type Pool, systemClock, type WorkingDays } from '@sapan/kernel'
import { noticesMigrations } from '@sapan/notices'
import { paymentsMigrations } from '@sapan/payments'
import { servicesMigrations } from '@sapan/services'
import { type Country, loadCountry } from '@sapan/thailand'
import { KeyFolder, Sealer } from '@sapan/trust'
import { calendarOf } from '../config/holidays.ts'
import type { IdentityFile } from '../config/identity.ts'
import { askAgency } from './ask-agency.ts'
import { type GatewayEdge, gatewayEdge } from './gateway-edge.ts'

/** What the issuer, the portal and the desk of one operator stand on: one database, one folder of keys. */
export interface OperatorGround {
  readonly file: IdentityFile
  readonly country: Country
  readonly pool: Pool
  readonly log: Logger
  readonly clock: () => number
  readonly keys: KeyFolder
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly levels: Levels
  /** Follow the calendar. */
  readonly days: WorkingDays
  /** The country's calendar with what the cabinet added since. */
  readonly calendar: CalendarOverlay
  /** Of the operator's own gateway. */
  readonly edge: GatewayEdge
  readonly ask: AskAgency
  close(): Promise<void>
}

const schemas = {
  identity: identityMigrations,
  notices: noticesMigrations,
  casework: caseworkMigrations,
  services: servicesMigrations,
  payments: paymentsMigrations,
  documentbox: documentboxMigrations,
  portal: relyingPartyMigrations,
  desk: relyingPartyMigrations,
} as const

/** Opens the database, brings its tables up to date, and loads or makes the keys. */
export async function openGround(
  file: IdentityFile,
  from: { readonly databaseUrl: string; readonly log: Logger },
): Promise<OperatorGround> {
  const pool = createPool(from.databaseUrl, { application_name: 'sapan-identity', max: 20 })
  const keys = new KeyFolder(file.keys)
  const edge = gatewayEdge(file.gateway)
  try {
    for (const [schema, migrations] of Object.entries(schemas)) await migrate(pool, schema, migrations)
    const [sealKey, hashKey] = await Promise.all([
      keys.loadOrCreateSecret('seal-1'),
      keys.loadOrCreateSecret('identifiers'),
    ])
    const country = { ...loadCountry(), calendar: await calendarOf(file) }
    const calendar = await openCalendar({ pool, clock: systemClock, log: from.log, base: country.calendar })
    return {
      file,
      country,
      pool,
      log: from.log,
      clock: systemClock,
      keys,
      sealer: new Sealer(new Map([[1, sealKey]]), 1),
      hashKey,
      levels: new Levels(country.identity.levels),
      days: calendar.days,
      calendar,
      edge,
      ask: askAgency(edge),
      close: async () => {
        calendar.stop()
        edge.close()
        await pool.end()
      },
    }
  } catch (error) {
    edge.close()
    await pool.end()
    throw error
  }
}
