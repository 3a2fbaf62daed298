import type { Pool, PoolClient } from '@sapan/kernel'

/** A join token as it is kept: by the SHA-256 of its secret. */
export interface TokenRow {
  readonly gateway: string
  readonly members: readonly string[]
  /** Hosts under which the gateway may be reached; null where the token names none. */
  readonly hosts: readonly string[] | null
  /** Whether it lets a gateway that has joined take these members in, in place of joining. */
  readonly hosting: boolean
  /** Whether the member moves: the gateway waits until another hands it over. */
  readonly moving: boolean
  readonly expiresAt: number
  /** SHA-256 over the keys that used it; null while it is unused. */
  readonly usedBy: Buffer | null
  /** What was answered then. */
  readonly answer: unknown
}

export async function insertToken(
  client: PoolClient,
  token: Pick<TokenRow, 'gateway' | 'members' | 'hosts' | 'hosting' | 'moving'> & { readonly hash: Buffer },
  { now, expiresAt }: { readonly now: number; readonly expiresAt: number },
): Promise<void> {
  await client.query(
    `insert into center.join_token (hash, gateway, members, hosts, created_at, expires_at, hosting, moving)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0), to_timestamp($6 / 1000.0), $7, $8)`,
    [token.hash, token.gateway, token.members, token.hosts, now, expiresAt, token.hosting, token.moving],
  )
}

export async function findToken(client: Pool | PoolClient, hash: Buffer): Promise<TokenRow | undefined> {
  const { rows } = await client.query<{
    gateway: string
    members: string[]
    hosts: string[] | null
    hosting: boolean
    moving: boolean
    expires_at: Date
    used_by: Buffer | null
    answer: unknown
  }>(
    'select gateway, members, hosts, hosting, moving, expires_at, used_by, answer from center.join_token where hash = $1',
    [hash],
  )
  const row = rows[0]
  if (!row) return undefined
  const { gateway, members, hosts, hosting, moving, expires_at, used_by, answer } = row
  return {
    gateway,
    members,
    hosts,
    hosting,
    moving,
    expiresAt: expires_at.getTime(),
    usedBy: used_by,
    answer,
  }
}

export async function useToken(
  client: PoolClient,
  hash: Buffer,
  use: { readonly usedBy: Buffer; readonly answer: object },
  now: number,
): Promise<void> {
  await client.query(
    `update center.join_token set used_at = to_timestamp($2 / 1000.0), used_by = $3, answer = $4
      where hash = $1 and used_at is null`,
    [hash, now, use.usedBy, JSON.stringify(use.answer)],
  )
}

interface ListedToken extends Pick<TokenRow, 'gateway' | 'members' | 'hosts' | 'hosting'> {
  readonly createdAt: string
  readonly expiresAt: string
  readonly usedAt: string | null
}

/** Tokens as an operator sees them, the newest first, at most two hundred; without anything to use them with. */
export async function listTokens(pool: Pool): Promise<ListedToken[]> {
  const { rows } = await pool.query<{
    gateway: string
    members: string[]
    hosts: string[] | null
    hosting: boolean
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }>(
    `select gateway, members, hosts, hosting, created_at, expires_at, used_at from center.join_token
      order by created_at desc, gateway limit 200`,
  )
  return rows.map(({ gateway, members, hosts, hosting, created_at, expires_at, used_at }) => ({
    gateway,
    members,
    hosts,
    hosting,
    createdAt: created_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    usedAt: used_at?.toISOString() ?? null,
  }))
}
