import { Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { Accounts } from '../account/account.ts'
import type { Scheme } from '../account/identifier.ts'
import { authenticatorProblems } from '../problems/authenticators.ts'
import type { Proof } from './authenticator.ts'
import type { Authenticators } from './authenticators.ts'
import type { Devices } from './devices.ts'
import type { AuthenticatorGround } from './ground.ts'
import { usePassword } from './passwords.ts'
import { useCode } from './recovery-codes.ts'
import { markUsed, sealedContents } from './store/authenticators.ts'
import { countedAddress, type Throttle, type ThrottleKey } from './throttle.ts'
import { useTotp } from './totp.ts'

/** Where somebody signs in: in which visit, with which device, from where. */
export interface NameVisit {
  readonly uid: string
  /** What the device's cookie says. */
  readonly device: string | undefined
  readonly address: string
  /** What the browser calls itself. */
  readonly userAgent: string
}

/**
 * Signing in with a name, a password and a second factor. Whether there is such an account, whether it has a password and
 * whether that was right is told nowhere: neither by words nor by time. One answer comes at the end, for all of it.
 */
export interface NameSignIn {
  /** First step. Says nothing of whether anything was right. Throws `sign-in-wait`. */
  begin(visit: NameVisit, answer: { readonly name: string; readonly password: string }): Promise<void>
  /** Second step. Throws `ceremony-over` without the first, `sign-in-wait`, `sign-in-refused`. */
  finish(
    visit: NameVisit,
    answer: { readonly kind: 'totp' | 'recovery-code'; readonly code: string },
  ): Promise<NameProof>
}

export interface NameProof {
  readonly proof: Proof
  /** After a recovery code: how many are left. */
  readonly codesLeft?: number
}

interface Rooms {
  readonly accounts: Pick<Accounts, 'findByIdentifier'>
  readonly authenticators: Pick<Authenticators, 'proofOf'>
  readonly devices: Devices
  readonly throttle: Throttle
  /** Told of a failure, after the answer: whoever waits for it must not see that there is somebody to tell. */
  onFailure(account: string, visit: NameVisit): void
}

interface WaitingRow {
  name_hash: Buffer
  account_id: string | null
  password_passed: boolean
}

/** An id that no account has, for the same questions to the database where there is none. */
const nobody = '00000000-0000-0000-0000-000000000000'
const waitSeconds = 600

export function createNameSignIn(ground: AuthenticatorGround, rooms: Rooms): NameSignIn {
  const { pool, clock, hashKey } = ground
  const uidHash = (uid: string) => keyedHash(hashKey, `name-sign-in:${uid}`)

  const keysFor = async (
    account: string | null,
    nameHash: Buffer,
    visit: NameVisit,
  ): Promise<ThrottleKey[]> => {
    const isKnown = await rooms.devices.isKnown(account ?? nobody, visit.device)
    if (isKnown) return [{ scope: 'known', value: `${account}/${visit.device}` }]
    return [
      { scope: 'unknown', value: nameHash.toString('base64url') },
      { scope: 'address', value: countedAddress(visit.address) },
    ]
  }

  return {
    begin: async (visit, { name, password }) => {
      const { schemes, value } = nameIn(name)
      const nameHash = keyedHash(hashKey, `name:${value}`)
      const found = await Promise.all(schemes.map((scheme) => rooms.accounts.findByIdentifier(scheme, value)))
      const account = found.find((one) => one !== undefined)?.id ?? null
      // The attempt is counted with the first step; the second takes it back when all was right.
      await rooms.throttle.attempt(await keysFor(account, nameHash, visit))
      const passed = (await usePassword(ground, pool, account ?? nobody, password)) !== undefined
      await pool.query('delete from identity.name_sign_in where expires_at <= $1', [new Date(clock())])
      await pool.query(
        `insert into identity.name_sign_in (uid_hash, name_hash, account_id, password_passed, expires_at)
         values ($1, $2, $3, $4, $5)
         on conflict (uid_hash) do update set name_hash = excluded.name_hash, account_id = excluded.account_id,
           password_passed = excluded.password_passed, expires_at = excluded.expires_at`,
        [uidHash(visit.uid), nameHash, account, passed, new Date(clock() + waitSeconds * 1000)],
      )
    },
    finish: async (visit, { kind, code }) => {
      const { rows } = await pool.query<WaitingRow>(
        `delete from identity.name_sign_in where uid_hash = $1 and expires_at > $2
         returning name_hash, account_id, password_passed`,
        [uidHash(visit.uid), new Date(clock())],
      )
      const waiting = rows[0]
      if (waiting === undefined) throw new Problem(authenticatorProblems['ceremony-over'])
      const { account_id: account, password_passed: passed, name_hash: nameHash } = waiting
      // Without the right password no code is tried, and none is used up: the same is done for nobody's account.
      const proved = await proveSecond(ground, passed && account !== null ? account : nobody, kind, code)
      if (proved === undefined || account === null) {
        if (account !== null) rooms.onFailure(account, visit)
        throw new Problem(authenticatorProblems['sign-in-refused'])
      }
      await rooms.throttle.forgive(await keysFor(account, nameHash, visit))
      return proofFor(ground, rooms, account, kind, proved)
    },
  }
}

/** What people write as their name: an address, or the 13 digits of their number, with or without dashes. */
export function nameIn(name: string): { readonly schemes: readonly Scheme[]; readonly value: string } {
  const value = name.normalize('NFKC').trim().toLowerCase().slice(0, 300)
  if (value.includes('@')) return { schemes: ['email'], value }
  return { schemes: ['national-id', 'foreigner-number'], value: value.replace(/[\s-]/g, '') }
}

interface Second {
  readonly id: string
  readonly left?: number
}

async function proveSecond(
  ground: AuthenticatorGround,
  account: string,
  kind: 'totp' | 'recovery-code',
  code: string,
): Promise<Second | undefined> {
  if (kind === 'recovery-code') return useCode(ground, ground.pool, account, code)
  const id = await useTotp(ground, ground.pool, account, code)
  return id === undefined ? undefined : { id }
}

async function proofFor(
  ground: AuthenticatorGround,
  { authenticators }: Rooms,
  account: string,
  kind: 'totp' | 'recovery-code',
  { id, left }: Second,
): Promise<NameProof> {
  const [password] = await sealedContents(ground.pool, account, 'password')
  // It was removed between the steps.
  if (password === undefined) throw new Problem(authenticatorProblems['sign-in-refused'])
  await markUsed(ground.pool, password.id, ground.clock())
  const proof = authenticators.proofOf(account, [
    { factor: 'password', authenticator: password.id },
    { factor: kind, authenticator: id },
  ])
  if (proof === undefined) throw new Problem(authenticatorProblems['sign-in-refused'])
  return { proof, ...(left !== undefined && { codesLeft: left }) }
}
