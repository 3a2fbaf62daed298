import type { Database } from '@sapan/kernel'

/** A passkey as it is kept. */
export interface StoredPasskey {
  readonly authenticator: string
  readonly account: string
  readonly name: string
  readonly credentialId: Buffer
  readonly publicKey: Buffer
  readonly counter: number
  readonly backupEligible: boolean
  readonly transports: readonly string[]
  readonly hardwareSeen: boolean
}

interface PasskeyRow {
  authenticator_id: string
  account_id: string
  name: string
  credential_id: Buffer
  public_key: Buffer
  counter: string
  backup_eligible: boolean
  transports: string[]
  hardware_seen: boolean
}

const select = `select p.authenticator_id, p.credential_id, p.public_key, p.counter, p.backup_eligible, p.transports,
    p.hardware_seen, a.account_id, a.name
  from identity.passkey p
  join identity.authenticator a on a.id = p.authenticator_id`

export async function findPasskey(
  database: Database,
  credentialId: Uint8Array,
): Promise<StoredPasskey | undefined> {
  const { rows } = await database.query<PasskeyRow>({
    name: 'passkey-by-credential',
    text: `${select} where p.credential_id = $1`,
    values: [credentialId],
  })
  return rows[0] && readPasskey(rows[0])
}

export async function passkeysOf(database: Database, account: string): Promise<StoredPasskey[]> {
  const { rows } = await database.query<PasskeyRow>(`${select} where a.account_id = $1`, [account])
  return rows.map(readPasskey)
}

function readPasskey(row: PasskeyRow): StoredPasskey {
  return {
    authenticator: row.authenticator_id,
    account: row.account_id,
    name: row.name,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: Number(row.counter),
    backupEligible: row.backup_eligible,
    transports: row.transports,
    hardwareSeen: row.hardware_seen,
  }
}

export async function insertPasskey(
  database: Database,
  passkey: Omit<StoredPasskey, 'account' | 'name'> & {
    readonly backedUp: boolean
    readonly aaguid: string
  },
): Promise<void> {
  await database.query(
    `insert into identity.passkey (authenticator_id, credential_id, public_key, counter, backup_eligible, backed_up,
       transports, aaguid, hardware_seen)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      passkey.authenticator,
      passkey.credentialId,
      passkey.publicKey,
      passkey.counter,
      passkey.backupEligible,
      passkey.backedUp,
      passkey.transports,
      passkey.aaguid,
      passkey.hardwareSeen,
    ],
  )
}

/**
 * Keeps the counter of a signature that was good; false where it is not above the last one (Web Authentication Level 3
 * §6.1.1). An authenticator without a counter says zero each time.
 */
export async function advanceCounter(
  database: Database,
  authenticator: string,
  counter: number,
  isBackedUp: boolean,
): Promise<boolean> {
  const { rowCount } = await database.query({
    name: 'passkey-advance',
    text: `update identity.passkey set counter = $2, backed_up = $3
      where authenticator_id = $1 and (counter < $2 or (counter = 0 and $2 = 0))`,
    values: [authenticator, counter, isBackedUp],
  })
  return rowCount === 1
}
