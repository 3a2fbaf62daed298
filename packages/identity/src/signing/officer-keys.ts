import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { inTransaction, type Pool, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import {
  type DigestKey,
  fileDigestKey,
  fitsAlgorithm,
  issueDocumentCertificate,
  keyAlgorithms,
  keyedHash,
  type RevocationReason,
  type Sealer,
  type ServiceCredential,
  type Subject,
} from '@sapan/trust'
import { type Appointment, holdsAt } from '../officers/appointment.ts'
import type { OfficersCountry } from '../officers/country.ts'
import type { AppointmentChange, AppointmentWatch } from '../officers/ports.ts'
import { signingRoomProblems } from '../problems/signing.ts'
import type { AgencyName, DocumentIssuer, SigningAccounts, SigningOfficers } from './ports.ts'
import { insertKey, type KeyRow, liveKey, liveKeysOf, revokeKeys } from './store/keys.ts'
import { subjectOf } from './subject.ts'

export interface OfficerKeysOptions {
  readonly pool: Pool
  readonly clock: () => number
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly country: Pick<OfficersCountry, 'signer' | 'signing'>
  readonly authority: DocumentIssuer
  readonly accounts: SigningAccounts
  readonly agencyName: AgencyName
}

/**
 * Keys of officers: one for an appointment, made when it is first needed, with a certificate that names the person, their
 * office and agency. It ends with the appointment or the duty, and is replaced when what it says has changed.
 */
export interface OfficerKeys {
  /** The key of that appointment as it stands now; made where there is none. Throws `signing-name-missing`. */
  ensure(appointment: Appointment): Promise<{ id: string; certificate: Uint8Array; chain: Uint8Array[] }>
  /** Keys with which that person may sign now. */
  credentials(officers: SigningOfficers, account: string): Promise<ServiceCredential[]>
  /** Revokes keys with what they rest on, in the same transaction. */
  readonly watch: AppointmentWatch
}

/** A certificate is renewed when it has less than this left. */
const renewedBefore = 3_600_000
const dayMs = 86_400_000

export function createOfficerKeys(options: OfficerKeysOptions): OfficerKeys {
  return {
    ensure: (appointment) => ensure(options, appointment),
    credentials: (officers, account) => credentials(options, officers, account),
    watch: { changed: (client, changes, at) => endKeys(options, client, changes, at) },
  }
}

async function ensure(options: OfficerKeysOptions, appointment: Appointment) {
  const { pool, hashKey, clock } = options
  const subject = await subjectOf(appointment, options)
  if (!subject) throw new Problem(signingRoomProblems['signing-name-missing'])
  const hash = keyedHash(hashKey, JSON.stringify(['signing subject', subject]))
  return inTransaction(pool, async (client) => {
    const lock = `sapan signing key ${appointment.id}`
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock])
    const now = clock()
    const kept = await liveKey(client, appointment.id)
    if (kept?.subject_hash.equals(hash) && kept.not_after.getTime() > now + renewedBefore) return kept
    if (kept) await revokeKeys(client, [appointment.id], now, 'superseded')
    return insertKey(client, await newKey(options, appointment, { subject, hash, now }))
  })
}

async function newKey(
  { authority, sealer, country }: OfficerKeysOptions,
  appointment: Appointment,
  { subject, hash, now }: { subject: Subject; hash: Buffer; now: number },
): Promise<KeyRow> {
  const id = uuidv7(now)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const until = Math.min(
    appointment.till ?? Number.POSITIVE_INFINITY,
    now + country.signing.certificateDays * dayMs,
  )
  const certificate = await issueDocumentCertificate(authority.issuer, {
    ...authority.addresses,
    publicKey,
    subject,
    now,
    days: (until - now) / dayMs,
  })
  const read = new X509Certificate(certificate)
  return {
    id,
    appointment_id: appointment.id,
    account_id: appointment.account,
    certificate,
    chain: [authority.issuer.certificate, ...authority.issuer.chain].map((each) => Buffer.from(each)),
    serial: read.serialNumber,
    not_after: read.validToDate,
    private_sealed: sealer.seal(pemOf(privateKey), placeOf(id)),
    subject_hash: hash,
    created_at: new Date(now),
  }
}

const placeOf = (id: string): Buffer => Buffer.from(`signing_key.private ${id}`)

function pemOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }))
}

async function credentials(
  { pool, sealer, clock, country }: OfficerKeysOptions,
  officers: SigningOfficers,
  account: string,
): Promise<ServiceCredential[]> {
  const now = clock()
  const appointments = await officers.appointmentsOf(account, now)
  const signing = new Map(
    appointments
      .filter((each) => each.duties.includes(country.signer) && holdsAt(each, now))
      .map((each) => [each.id, each]),
  )
  const rows = await liveKeysOf(pool, account)
  return rows.flatMap((row) => {
    const appointment = signing.get(row.appointment_id)
    if (!appointment) return []
    const description = `${appointment.title.th} (${appointment.agency})`
    return [{ id: row.id, key: sealedKey(row, sealer), description, mode: 'oauth2code' as const }]
  })
}

/** A key that is opened when it signs, and lies nowhere opened. */
function sealedKey({ id, certificate, chain, private_sealed }: KeyRow, sealer: Sealer): DigestKey {
  const { publicKey } = new X509Certificate(certificate)
  return {
    publicKey,
    certificate,
    chain,
    algorithms: keyAlgorithms.filter((each) => fitsAlgorithm(publicKey, each)),
    signDigests: (algorithm, digests, saltLength) => {
      const pem = sealer.open(private_sealed, placeOf(id)).toString()
      return fileDigestKey({ pem, certificate, chain }).signDigests(algorithm, digests, saltLength)
    },
  }
}

const reasons: Readonly<Record<AppointmentChange['what'], RevocationReason>> = {
  ended: 'cessationOfOperation',
  altered: 'affiliationChanged',
  'duty-ended': 'privilegeWithdrawn',
}

async function endKeys(
  { country }: OfficerKeysOptions,
  client: PoolClient,
  changes: readonly AppointmentChange[],
  at: number,
): Promise<void> {
  for (const what of ['ended', 'altered', 'duty-ended'] as const) {
    const ids = changes
      .filter((each) => each.what === what && (each.duty === undefined || each.duty === country.signer))
      .map(({ appointment }) => appointment)
    if (ids.length > 0) await revokeKeys(client, ids, at, reasons[what])
  }
}
