import { createClients, identityMigrations } from '@sapan/identity'
import { BinaryCopy, copyIn, migrate, nationalIdCheckDigit, type Pool, type PoolClient } from '@sapan/kernel'
import { keyedHash, type Sealer } from '@sapan/trust'
import { redirectUri, systemClient } from './orders.ts'
import { accountOf, authenticatorOf, consentOf, credentialOf } from './people.ts'
import { systemKeys } from './system.ts'

export interface PopulationGround {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  /** COSE_Key of everybody's passkey. */
  readonly publicKey: Uint8Array
}

export interface BenchClient {
  readonly id: string
  readonly secret: string
}

const clientId = 'bench'
const batch = 20_000

/** Brings a database up to date and registers the agency's client to which all people sign in, and its system. */
export async function prepare(pool: Pool, systemKey: string): Promise<BenchClient> {
  await migrate(pool, 'identity', identityMigrations)
  const scopes = new Set(['openid', 'profile'])
  const clients = createClients({ pool, clock: Date.now }, { scopes, ial: new Set(), aal: new Set() })
  const { secret = '' } = await clients.register(
    {
      id: clientId,
      member: 'TH/GOV/BENCH',
      names: { th: 'บริการตัวอย่าง', en: 'A service' },
      purpose: { th: 'แสดงชื่อของคุณ', en: 'To show your name' },
      profile: 'basic',
      authentication: 'client_secret_basic',
      redirectUris: [redirectUri],
      scopes: [...scopes],
      refresh: true,
    },
    'file',
  )
  await clients.register(
    {
      id: systemClient,
      member: 'TH/GOV/BENCH',
      names: { th: 'ระบบตัวอย่าง', en: 'A system' },
      profile: 'basic',
      authentication: 'private_key_jwt',
      jwks: systemKeys(systemKey),
      redirectUris: [],
      scopes: ['openid'],
      consents: true,
    },
    'file',
  )
  return { id: clientId, secret }
}

/** Connections that write, so that one batch is sealed while another is stored. */
const writers = 2

/** People as the house has them: with a number, a profile, a passkey, and consent to telling the client their name. */
export async function populate(ground: PopulationGround, people: number): Promise<void> {
  const starts = Array.from({ length: Math.ceil(people / batch) }, (_, at) => at * batch)
  const write = async () => {
    const client = await ground.pool.connect()
    try {
      // Rows refer to each other by construction: what each of them would look up is known to be there.
      await client.query('set session_replication_role = replica')
      for (let from = starts.shift(); from !== undefined; from = starts.shift())
        await copyPeople(client, ground, from, Math.min(people, from + batch))
      await client.query('set session_replication_role = default')
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  await ground.pool.query('vacuum analyze')
  await ground.pool.query('checkpoint')
}

interface Person {
  readonly number: number
  readonly account: string
  readonly at: number
}

/** A table with its columns, and how a person's row is written. */
interface Table {
  readonly into: string
  readonly fields: number
  write(rows: BinaryCopy, person: Person, ground: PopulationGround): void
}

async function copyPeople(
  client: PoolClient,
  ground: PopulationGround,
  from: number,
  to: number,
): Promise<void> {
  for (const table of tables) {
    const rows = new BinaryCopy(batch * 256)
    for (let number = from; number < to; number++) {
      rows.row(table.fields)
      table.write(rows, { number, account: accountOf(number), at: Date.UTC(2026, 0, 1) + number }, ground)
    }
    await copyIn(client, `copy identity.${table.into} from stdin (format binary)`, rows.finish())
  }
}

const year = 365 * 86_400_000

const tables: readonly Table[] = [
  {
    into: 'account (id, state, language, ial, created_at, changed_at)',
    fields: 6,
    write: (rows, { account, at }) =>
      void rows.uuid(account).text('open').text('th').text('2.3').timestamptz(at).timestamptz(at),
  },
  {
    into: 'identifier (account_id, scheme, value_hash, value_sealed, proved, added_at)',
    fields: 6,
    write: (rows, { account, number, at }, { sealer, hashKey }) => {
      const value = nationalIdOf(number)
      const sealed = seal(sealer, `identifier.value_sealed ${account}/national-id`, value)
      const hash = keyedHash(hashKey, `national-id:${value}`)
      rows.uuid(account).text('national-id').bytea(hash).bytea(sealed).bool(true).timestamptz(at)
    },
  },
  {
    into: 'profile (account_id, content_sealed, source, fetched_at)',
    fields: 4,
    write: (rows, { account, at }, { sealer }) => {
      const sealed = seal(sealer, `profile.content_sealed ${account}`, { ...profile, fetchedAt: at })
      rows.uuid(account).bytea(sealed).text(profile.source).timestamptz(at)
    },
  },
  {
    into: 'authenticator (id, account_id, kind, name, added_at)',
    fields: 5,
    write: (rows, { account, number, at }) =>
      void rows.uuid(authenticatorOf(number)).uuid(account).text('passkey').text('Windows').timestamptz(at),
  },
  {
    into: `passkey (authenticator_id, credential_id, public_key, counter, backup_eligible, backed_up, transports,
      aaguid, hardware_seen)`,
    fields: 9,
    write: (rows, { number }, { publicKey }) => {
      rows.uuid(authenticatorOf(number)).bytea(credentialOf(number)).bytea(publicKey).int8(0)
      rows.bool(false).bool(false).textArray(['internal']).uuid('0'.repeat(32)).bool(false)
    },
  },
  {
    into: 'claims_consent (id, account_id, client_id, scopes, claims, refused, given_at, expires_at)',
    fields: 8,
    write: (rows, { account, number, at }) => {
      rows.uuid(consentOf(number)).uuid(account).text(clientId).textArray(['openid', 'profile'])
      rows
        .textArray([])
        .textArray([])
        .timestamptz(at)
        .timestamptz(Date.now() + year)
    },
  },
]

const profile = {
  givenName: { th: 'สมหญิง', en: 'Somying' },
  familyName: { th: 'ใจดี', en: 'Jaidee' },
  birthDate: '1990-01-02',
  sex: 'female',
  nationality: 'THA',
  source: 'TH/GOV/DOPA',
} as const

/** The number of the person of that number. */
export function nationalIdOf(number: number): string {
  const digits = `1${String(number).padStart(11, '0')}`
  return `${digits}${nationalIdCheckDigit(digits)}`
}

function seal(sealer: Sealer, place: string, value: unknown): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(value)), Buffer.from(place))
}
