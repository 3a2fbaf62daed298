import type { Pool, PoolClient } from '@sapan/kernel'
import {
  type CertificateStatus,
  type Revocation,
  type RevocationReason,
  revocationReasons,
} from '@sapan/trust'

export interface KeyRow {
  readonly id: string
  readonly appointment_id: string
  readonly account_id: string
  readonly certificate: Buffer
  readonly chain: Buffer[]
  readonly serial: string
  readonly not_after: Date
  readonly private_sealed: Buffer
  readonly subject_hash: Buffer
  readonly created_at: Date
}

export async function liveKey(client: PoolClient, appointment: string): Promise<KeyRow | undefined> {
  const { rows } = await client.query<KeyRow>(
    'select * from identity.signing_key where appointment_id = $1 and revoked_at is null',
    [appointment],
  )
  return rows[0]
}

export async function liveKeysOf(pool: Pool, account: string): Promise<KeyRow[]> {
  const { rows } = await pool.query<KeyRow>(
    'select * from identity.signing_key where account_id = $1 and revoked_at is null order by id',
    [account],
  )
  return rows
}

export async function insertKey(client: PoolClient, row: KeyRow): Promise<KeyRow> {
  await client.query(
    `insert into identity.signing_key (id, appointment_id, account_id, certificate, chain, serial, not_after,
       private_sealed, subject_hash, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.appointment_id,
      row.account_id,
      row.certificate,
      row.chain,
      row.serial,
      row.not_after,
      row.private_sealed,
      row.subject_hash,
      row.created_at,
    ],
  )
  return row
}

/** Revokes the keys of appointments, where they have any. */
export async function revokeKeys(
  client: PoolClient,
  appointments: readonly string[],
  at: number,
  reason: RevocationReason,
): Promise<void> {
  await client.query(
    `update identity.signing_key set revoked_at = $2, revocation_reason = $3
     where appointment_id = any($1::uuid[]) and revoked_at is null`,
    [appointments, new Date(at), reason],
  )
}

interface StatusRow {
  readonly serial: string
  readonly revoked_at: Date | null
  readonly revocation_reason: string | null
}

/** What is said of a certificate by its serial number; `unknown` of one that is no officer's. */
export async function statusOfSerial(pool: Pool, serial: bigint): Promise<CertificateStatus> {
  const hex = serial.toString(16).toUpperCase()
  const { rows } = await pool.query<StatusRow>(
    'select serial, revoked_at, revocation_reason from identity.signing_key where serial = $1',
    [hex.length % 2 === 0 ? hex : `0${hex}`],
  )
  const [row] = rows
  if (!row) return { state: 'unknown' }
  const revocation = revocationOf(row)
  return revocation ? { state: 'revoked', ...revocation } : { state: 'good' }
}

/** Every certificate that was revoked. */
export async function revocations(pool: Pool): Promise<Revocation[]> {
  const { rows } = await pool.query<StatusRow>(
    'select serial, revoked_at, revocation_reason from identity.signing_key where revoked_at is not null',
  )
  return rows.flatMap((row) => {
    const revocation = revocationOf(row)
    return revocation ? [{ serial: BigInt(`0x${row.serial}`), ...revocation }] : []
  })
}

function revocationOf(row: StatusRow): { at: number; reason: RevocationReason } | undefined {
  const { revoked_at: at, revocation_reason: reason } = row
  if (at === null) return undefined
  return { at: at.getTime(), reason: isReason(reason) ? reason : 'unspecified' }
}

function isReason(value: string | null): value is RevocationReason {
  return value !== null && Object.hasOwn(revocationReasons, value)
}
