import type { Pool } from 'pg'

/** By what an agency's own system proves who it is at the edge, and the subsystems that it may speak for. */
export interface Credential {
  readonly id: string
  readonly kind: 'certificate' | 'oauth'
  readonly name: string
  readonly subsystems: readonly string[]
}

interface Row {
  id: string
  kind: 'certificate' | 'oauth'
  name: string
  subsystems: string[]
  secret: string
}

const columns = 'id, kind, name, subsystems, secret'

export async function listCredentials(pool: Pool): Promise<Credential[]> {
  const { rows } = await pool.query<Row>(`select ${columns} from gateway.credential order by created_at, id`)
  return rows.map(({ secret: _, ...credential }) => credential)
}

export async function findCredential(pool: Pool, id: string): Promise<Credential | undefined> {
  const { rows } = await pool.query<Row>(`select ${columns} from gateway.credential where id = $1`, [id])
  return rows.map(({ secret: _, ...credential }) => credential)[0]
}

/** A certificate's `secret` is its fingerprint; an OAuth client's is the salted hash of its secret. */
export async function saveCredential(pool: Pool, credential: Credential, secret: string): Promise<void> {
  await pool.query(
    'insert into gateway.credential (id, kind, name, subsystems, secret) values ($1, $2, $3, $4, $5)',
    [credential.id, credential.kind, credential.name, credential.subsystems, secret],
  )
}

export async function deleteCredential(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from gateway.credential where id = $1', [id])
  return rowCount === 1
}

/** The OAuth client with its secret's hash, or undefined. */
export async function findOauthClient(
  pool: Pool,
  id: string,
): Promise<{ credential: Credential; secretHash: string } | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from gateway.credential where id = $1 and kind = 'oauth'`,
    [id],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const { secret, ...credential } = row
  return { credential, secretHash: secret }
}

export async function saveAccessToken(
  pool: Pool,
  hash: Buffer,
  credential: string,
  seconds: number,
): Promise<void> {
  await pool.query(
    `insert into gateway.access_token (hash, credential, expires_at)
     values ($1, $2, now() + make_interval(secs => $3))`,
    [hash, credential, seconds],
  )
}

/** The credential behind a live access token. */
export async function findByAccessToken(pool: Pool, hash: Buffer): Promise<Credential | undefined> {
  const { rows } = await pool.query<Credential>({
    name: 'credential-by-token',
    text: `select c.id, c.kind, c.name, c.subsystems from gateway.access_token t
           join gateway.credential c on c.id = t.credential where t.hash = $1 and t.expires_at > now()`,
    values: [hash],
  })
  return rows[0]
}

/** The credential of a client certificate, by its SHA-256 fingerprint in hex. */
export async function findByCertificate(pool: Pool, fingerprint: string): Promise<Credential | undefined> {
  const { rows } = await pool.query<Credential>({
    name: 'credential-by-certificate',
    text: `select id, kind, name, subsystems from gateway.credential where kind = 'certificate' and secret = $1`,
    values: [fingerprint],
  })
  return rows[0]
}

export async function deleteExpiredTokens(pool: Pool): Promise<void> {
  await pool.query('delete from gateway.access_token where expires_at < now()')
}
