import { createHash, randomBytes } from 'node:crypto'
import { type Clock, type Pool, Problem } from '@sapan/kernel'
import type { ClientMetadata } from 'oidc-provider'
import { providerProblems } from '../problems/provider.ts'
import { checkSettings, invalidClient, type KnownToClients } from './check.ts'
import { heldMetadata } from './held-metadata.ts'
import { metadataOf } from './metadata.ts'
import type { ClientSettings, OidcClient } from './settings.ts'

export interface ClientsGround {
  readonly pool: Pool
  readonly clock: Clock
}

/** What a registration answers. The secret is shown this once; only its hash is kept. */
export interface RegisteredClient {
  readonly client: OidcClient
  readonly secret?: string
}

/**
 * The clients of the OpenID provider. `by` is who did it: an appointment, or `file`. Whether they may, the caller has
 * decided: an agency's administrator registers clients of their own agency, and none without a member.
 */
export interface Clients {
  /** Throws `sign-in-client-invalid`, `sign-in-client-taken`. */
  register(settings: unknown, by: string): Promise<RegisteredClient>
  /** All settings anew. The member stays: it is the sector of the subjects. Throws `sign-in-client-invalid`, `sign-in-client-unknown`. */
  change(id: string, settings: unknown, by: string): Promise<RegisteredClient>
  /** A client that is disabled can neither begin a sign-in nor use a token. Throws `sign-in-client-unknown`. */
  disable(id: string, by: string): Promise<void>
  enable(id: string, by: string): Promise<void>
  /** A new secret; the one before is of no use any more. Throws `sign-in-client-unknown`, `sign-in-client-invalid`. */
  renewSecret(id: string, by: string): Promise<string>
  find(id: string): Promise<OidcClient | undefined>
  /** By id; those of one member where it is given. */
  list(member?: string): Promise<OidcClient[]>
  /**
   * For the provider, which asks at every request: undefined for one that is not there or disabled. What another process
   * changed is known after two seconds.
   */
  metadata(id: string): Promise<ClientMetadata | undefined>
}

interface Row {
  readonly settings: ClientSettings
  readonly secret_hash: Buffer | null
  readonly created_at: Date
  readonly created_by: string
  readonly changed_at: Date
  readonly changed_by: string
  readonly disabled_at: Date | null
}

export function createClients(ground: ClientsGround, known: KnownToClients): Clients {
  const { pool, clock } = ground
  const held = heldMetadata(clock, async (id) => {
    const row = await read(id)
    return row && row.disabled_at === null ? metadataOf(clientOf(row), row.secret_hash) : undefined
  })
  return { register, change, disable, enable, renewSecret, find, list, metadata: held.metadata }

  async function register(value: unknown, by: string): Promise<RegisteredClient> {
    const settings = checkSettings(value, known)
    const secret = secretFor(settings)
    const { rowCount } = await pool.query(
      `insert into identity.oidc_client
         (id, member, settings, secret_hash, created_at, created_by, changed_at, changed_by)
       values ($1, $2, $3, $4, $5, $6, $5, $6) on conflict (id) do nothing`,
      [settings.id, settings.member, settings, hashOf(secret), new Date(clock()), by],
    )
    if (rowCount === 0) throw new Problem(providerProblems['sign-in-client-taken'])
    held.forget(settings.id)
    return answer(await found(settings.id), secret)
  }

  async function change(id: string, value: unknown, by: string): Promise<RegisteredClient> {
    const settings = checkSettings(value, known)
    const before = await found(id)
    if (settings.id !== id || settings.member !== before.settings.member)
      throw invalidClient(settings.id === id ? '/member' : '/id', {
        th: 'ต้องคงเดิมตามที่ลงทะเบียน',
        en: 'stays as it was registered',
      })
    const keeps = before.settings.authentication === settings.authentication
    const secret = keeps ? undefined : secretFor(settings)
    await pool.query(
      `update identity.oidc_client set settings = $2, changed_at = $3, changed_by = $4,
         secret_hash = case when $5 then secret_hash else $6 end where id = $1`,
      [id, settings, new Date(clock()), by, keeps, hashOf(secret)],
    )
    held.forget(id)
    return answer(await found(id), secret)
  }

  async function disable(id: string, by: string): Promise<void> {
    await found(id)
    await pool.query(
      `update identity.oidc_client set disabled_at = coalesce(disabled_at, $2), changed_at = $2, changed_by = $3
       where id = $1`,
      [id, new Date(clock()), by],
    )
    held.forget(id)
  }

  async function enable(id: string, by: string): Promise<void> {
    await found(id)
    await pool.query(
      'update identity.oidc_client set disabled_at = null, changed_at = $2, changed_by = $3 where id = $1',
      [id, new Date(clock()), by],
    )
    held.forget(id)
  }

  async function renewSecret(id: string, by: string): Promise<string> {
    const { settings } = await found(id)
    const secret = secretFor(settings)
    if (secret === undefined) throw invalidClient('/authentication', { th: 'ไม่มีความลับ', en: 'has no secret' })
    await pool.query(
      'update identity.oidc_client set secret_hash = $2, changed_at = $3, changed_by = $4 where id = $1',
      [id, hashOf(secret), new Date(clock()), by],
    )
    held.forget(id)
    return secret
  }

  async function find(id: string): Promise<OidcClient | undefined> {
    const row = await read(id)
    return row && clientOf(row)
  }

  async function found(id: string): Promise<OidcClient> {
    const client = await find(id)
    if (!client) throw new Problem(providerProblems['sign-in-client-unknown'])
    return client
  }

  async function list(member?: string): Promise<OidcClient[]> {
    const { rows } = await pool.query<Row>(
      'select * from identity.oidc_client where $1::text is null or member = $1 order by id',
      [member],
    )
    return rows.map(clientOf)
  }

  async function read(id: string): Promise<Row | undefined> {
    const { rows } = await pool.query<Row>({
      name: 'oidc-client',
      text: 'select * from identity.oidc_client where id = $1',
      values: [id],
    })
    return rows[0]
  }
}

/** Of 256 bits that nobody chose: a plain hash keeps it as well as a slow one would. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function hashOf(secret: string | undefined): Buffer | null {
  return secret === undefined ? null : hashSecret(secret)
}

function secretFor({ authentication }: ClientSettings): string | undefined {
  return authentication === 'client_secret_basic' ? randomBytes(32).toString('base64url') : undefined
}

function answer(client: OidcClient, secret: string | undefined): RegisteredClient {
  return secret === undefined ? { client } : { client, secret }
}

function clientOf(row: Row): OidcClient {
  return {
    settings: row.settings,
    own: row.settings.member === undefined,
    names: row.settings.names,
    createdAt: row.created_at.getTime(),
    createdBy: row.created_by,
    changedAt: row.changed_at.getTime(),
    changedBy: row.changed_by,
    disabledAt: row.disabled_at?.getTime(),
  }
}
