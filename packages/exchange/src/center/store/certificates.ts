import type { Pool, PoolClient } from '@sapan/kernel'

export type CertificateUse = 'tls' | 'signing' | 'timestamping' | 'directory'

export interface CertificateRow {
  readonly fingerprint: string
  readonly use: CertificateUse
  readonly holder: string
  readonly gateway: string | null
  readonly der: Buffer
  /** SHA-256 of the public key (SubjectPublicKeyInfo). */
  readonly publicKey: Buffer
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly issuedAt: number
  readonly revokedAt: number | null
  /** When its holder left the gateway for which it was issued. */
  readonly retiredAt: number | null
  readonly revokedReason: string | null
}

interface Columns {
  fingerprint: string
  use: CertificateUse
  holder: string
  gateway: string | null
  der: Buffer
  public_key: Buffer
  not_before: Date
  not_after: Date
  issued_at: Date
  revoked_at: Date | null
  retired_at: Date | null
  revoked_reason: string | null
}

const columns = `fingerprint, use, holder, gateway, der, public_key, not_before, not_after, issued_at, revoked_at, revoked_reason,
  retired_at`

function fromColumns(row: Columns): CertificateRow {
  return {
    fingerprint: row.fingerprint,
    use: row.use,
    holder: row.holder,
    gateway: row.gateway,
    der: row.der,
    publicKey: row.public_key,
    notBefore: row.not_before.getTime(),
    notAfter: row.not_after.getTime(),
    issuedAt: row.issued_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
    revokedReason: row.revoked_reason,
    retiredAt: row.retired_at?.getTime() ?? null,
  }
}

export async function insertCertificate(
  client: PoolClient,
  row: Omit<CertificateRow, 'revokedAt' | 'revokedReason' | 'retiredAt'>,
): Promise<void> {
  await client.query(
    `insert into center.certificate
       (fingerprint, use, holder, gateway, der, public_key, not_before, not_after, issued_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0), to_timestamp($8 / 1000.0), to_timestamp($9 / 1000.0))`,
    [
      row.fingerprint,
      row.use,
      row.holder,
      row.gateway,
      row.der,
      row.publicKey,
      row.notBefore,
      row.notAfter,
      row.issuedAt,
    ],
  )
}

export async function findCertificate(
  client: Pool | PoolClient,
  fingerprint: string,
): Promise<CertificateRow | undefined> {
  const { rows } = await client.query<Columns>(
    `select ${columns} from center.certificate where fingerprint = $1`,
    [fingerprint],
  )
  return rows[0] && fromColumns(rows[0])
}

/** Every certificate that was issued for this public key, the newest first. */
export async function certificatesOfKey(client: PoolClient, publicKey: Buffer): Promise<CertificateRow[]> {
  const { rows } = await client.query<Columns>(
    `select ${columns} from center.certificate where public_key = $1 order by not_after desc`,
    [publicKey],
  )
  return rows.map(fromColumns)
}

/** Issued, not revoked, not retired and not over. */
export async function certificatesInForce(
  client: Pool | PoolClient,
  uses: readonly CertificateUse[],
  now: number,
): Promise<CertificateRow[]> {
  const { rows } = await client.query<Columns>(
    `select ${columns} from center.certificate
      where use = any ($1) and revoked_at is null and retired_at is null and not_after > to_timestamp($2 / 1000.0)
      order by holder, not_before desc, fingerprint`,
    [uses, now],
  )
  return rows.map(fromColumns)
}

/** How many of the holder's certificates for that use are issued, not revoked, not retired and not over. */
export async function countInForce(
  client: PoolClient,
  { use, holder }: Pick<CertificateRow, 'use' | 'holder'>,
  now: number,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int count from center.certificate
      where holder = $1 and use = $2 and revoked_at is null and retired_at is null and not_after > to_timestamp($3 / 1000.0)`,
    [holder, use, now],
  )
  return rows[0]?.count ?? 0
}

/** Every certificate of a use, also those that are over: stamps are verified after their authority's time. */
export async function certificatesOfUse(
  client: Pool | PoolClient,
  use: CertificateUse,
): Promise<CertificateRow[]> {
  const { rows } = await client.query<Columns>(
    `select ${columns} from center.certificate where use = $1 and revoked_at is null
      order by not_before desc, fingerprint`,
    [use],
  )
  return rows.map(fromColumns)
}

/** The newest first, at most `limit`. */
export async function listCertificates(
  pool: Pool,
  { holder, limit }: { readonly holder?: string; readonly limit: number },
): Promise<CertificateRow[]> {
  const { rows } = await pool.query<Columns>(
    `select ${columns} from center.certificate where $1::text is null or holder = $1
      order by issued_at desc, fingerprint limit $2`,
    [holder ?? null, limit],
  )
  return rows.map(fromColumns)
}

/** How many that were not revoked before: none or one. */
export async function markRevoked(
  client: PoolClient,
  fingerprint: string,
  reason: string,
  now: number,
): Promise<number> {
  const { rowCount } = await client.query(
    `update center.certificate set revoked_at = to_timestamp($2 / 1000.0), revoked_reason = $3
      where fingerprint = $1 and revoked_at is null`,
    [fingerprint, now, reason],
  )
  return rowCount ?? 0
}

/** The member's signing certificates at a gateway are used no more. */
export async function retireCertificates(
  client: PoolClient,
  { holder, gateway }: { readonly holder: string; readonly gateway: string },
  now: number,
): Promise<void> {
  await client.query(
    `update center.certificate set retired_at = to_timestamp($3 / 1000.0)
      where use = 'signing' and holder = $1 and gateway = $2 and retired_at is null`,
    [holder, gateway, now],
  )
}

/** What the directory lists as revoked: for good, since evidence may rest on any of them. */
export async function readRevocations(
  client: PoolClient,
): Promise<{ fingerprint: string; at: Date; reason: string }[]> {
  const { rows } = await client.query<{ fingerprint: string; at: Date; reason: string }>(
    `select fingerprint, revoked_at at, revoked_reason reason from center.certificate
      where revoked_at is not null order by revoked_at, fingerprint`,
  )
  return rows
}
