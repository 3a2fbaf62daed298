import { inTransaction, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { authenticatorProblems } from '../problems/authenticators.ts'
import { isUniqueViolation } from '../store/unique.ts'
import { passkeyFactor } from './assurance.ts'
import type { Factor } from './country.ts'
import type { AuthenticatorGround } from './ground.ts'
import { readAssertion, readRegistration, verifyAssertion, verifyRegistration } from './passkey-ceremony.ts'
import { insertAuthenticator, markUsed } from './store/authenticators.ts'
import {
  advanceCounter,
  findPasskey,
  insertPasskey,
  passkeysOf,
  type StoredPasskey,
} from './store/passkeys.ts'

/** How long a person has to answer their browser. */
const answerSeconds = 300

export interface PasskeyOwner {
  /** The account; it need not be there yet. */
  readonly account: string
  /** What the browser calls the passkey in its own list. */
  readonly label: string
  /** The visit in which it is added. */
  readonly bound: string
}

/** A registration that was checked and only needs to be kept; bytes are base64url. */
export type NewPasskey = {
  readonly account: string
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
  readonly isSynced: boolean
  readonly isBackedUp: boolean
  readonly transports: readonly string[]
  readonly aaguid: string
}

export interface Begun<O> {
  readonly ceremony: string
  readonly options: O
}

/** What a passkey proved: whose it is, and how much that is worth. */
export interface PasskeyProof {
  readonly account: string
  readonly authenticator: string
  readonly factor: Factor
}

/** Options for `navigator.credentials.create`: a discoverable credential, the user verified, none that is there already. */
export async function beginAdding(
  ground: AuthenticatorGround,
  { account, label, bound }: PasskeyOwner,
): Promise<Begun<PublicKeyCredentialCreationOptionsJSON>> {
  const { relyingParty, ceremonies, pool } = ground
  const own = await passkeysOf(pool, account)
  const options = await generateRegistrationOptions({
    rpName: relyingParty.name,
    rpID: relyingParty.id,
    userName: label,
    userDisplayName: label,
    userID: userHandle(account),
    timeout: answerSeconds * 1000,
    attestationType: 'none',
    excludeCredentials: own.map((passkey) => ({
      id: passkey.credentialId.toString('base64url'),
      transports: [...passkey.transports],
    })),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    supportedAlgorithmIDs: [-8, -7, -257],
  })
  const kind = { kind: 'add-passkey', bound, account } as const
  return { ceremony: await ceremonies.begin(kind, options.challenge, answerSeconds), options }
}

/** Checks what the browser answered. Throws `ceremony-over`, `passkey-refused`. */
export async function finishAdding(
  ground: AuthenticatorGround,
  { account, bound }: Omit<PasskeyOwner, 'label'>,
  answer: { readonly ceremony: string; readonly response: string },
): Promise<NewPasskey> {
  const { relyingParty, ceremonies, pool } = ground
  const challenge = await ceremonies.finish(pool, answer.ceremony, { kind: 'add-passkey', bound, account })
  const response = readRegistration(answer.response)
  const info = await verifyRegistration(relyingParty, String(challenge), response)
  return {
    account,
    credentialId: info.credential.id,
    publicKey: Buffer.from(info.credential.publicKey).toString('base64url'),
    counter: info.credential.counter,
    isSynced: info.credentialDeviceType === 'multiDevice',
    isBackedUp: info.credentialBackedUp,
    transports: response.response.transports ?? [],
    aaguid: info.aaguid,
  }
}

/** Keeps a registration that was checked. Gives the authenticator's id. Throws `authenticator-registered`. */
export async function keepPasskey(
  { clock }: Pick<AuthenticatorGround, 'clock'>,
  client: PoolClient,
  passkey: NewPasskey,
  { name, hardwareSeen = false }: { readonly name: string; readonly hardwareSeen?: boolean },
): Promise<string> {
  const now = clock()
  const id = uuidv7(now)
  await insertAuthenticator(client, { id, account: passkey.account, kind: 'passkey', name, at: now })
  await insertPasskey(client, {
    authenticator: id,
    credentialId: Buffer.from(passkey.credentialId, 'base64url'),
    publicKey: Buffer.from(passkey.publicKey, 'base64url'),
    counter: passkey.counter,
    backupEligible: passkey.isSynced,
    backedUp: passkey.isBackedUp,
    transports: passkey.transports,
    aaguid: passkey.aaguid,
    hardwareSeen,
  }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem(authenticatorProblems['authenticator-registered']) : error
  })
  return id
}

/** Options for `navigator.credentials.get`. Without an account, the browser offers what it has: nobody has to be named. */
export async function beginUsing(
  ground: AuthenticatorGround,
  { bound, account }: { readonly bound: string; readonly account?: string | undefined },
): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  const { relyingParty, ceremonies, pool } = ground
  const own = account === undefined ? [] : await passkeysOf(pool, account)
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    timeout: answerSeconds * 1000,
    userVerification: 'required',
    allowCredentials: own.map((passkey) => ({
      id: passkey.credentialId.toString('base64url'),
      transports: [...passkey.transports],
    })),
  })
  const kind = { kind: 'use-passkey', bound, account } as const
  return { ceremony: await ceremonies.begin(kind, options.challenge, answerSeconds), options }
}

/** Checks what was signed. Throws `ceremony-over`, `passkey-refused`, `passkey-copied`. */
export async function finishUsing(
  ground: AuthenticatorGround,
  { bound, account }: { readonly bound: string; readonly account?: string | undefined },
  answer: { readonly ceremony: string; readonly response: string },
): Promise<PasskeyProof> {
  const { relyingParty, ceremonies, pool, clock } = ground
  const challenge = await ceremonies.finish(pool, answer.ceremony, { kind: 'use-passkey', bound, account })
  const response = readAssertion(answer.response)
  const passkey = await findPasskey(pool, Buffer.from(response.id, 'base64url'))
  if (passkey === undefined || (account !== undefined && passkey.account !== account)) throw unknown()
  const handle = response.response.userHandle
  if (handle !== undefined && handle !== Buffer.from(userHandle(passkey.account)).toString('base64url'))
    throw unknown()
  const info = await verifyAssertion(relyingParty, String(challenge), passkey, response)
  const { authenticator } = passkey
  if (!(await advanceCounter(pool, authenticator, info.newCounter, info.credentialBackedUp)))
    throw await noteCopy(ground, passkey)
  await markUsed(pool, authenticator, clock())
  const proved = { isSynced: passkey.backupEligible, isHardware: passkey.hardwareSeen }
  return { account: passkey.account, authenticator, factor: passkeyFactor(proved) }
}

/** Two that sign under one counter: one of them is a copy. Its owner is told; the answer is the problem to throw. */
async function noteCopy(ground: AuthenticatorGround, passkey: StoredPasskey): Promise<Problem> {
  const { history, notify, log } = ground
  const { account, name } = passkey
  log.warn({ account, authenticator: passkey.authenticator }, 'the counter of a passkey went back')
  await inTransaction(ground.pool, async (client) => {
    await history.record(client, { account, kind: 'passkey-copied', detail: { name } })
    await notify(client, {
      account,
      kind: 'security',
      title: { th: 'พาสคีย์ของคุณอาจถูกคัดลอก', en: 'Your passkey may have been copied' },
      body: {
        th: `ระบบปฏิเสธการเข้าสู่ระบบด้วยพาสคีย์ “${name}” ลบพาสคีย์นี้ แล้วเพิ่มอันใหม่`,
        en: `A sign-in with the passkey “${name}” was refused. Remove it and add a new one.`,
      },
      link: '/me/security',
    })
  })
  return new Problem(authenticatorProblems['passkey-copied'])
}

/** The account's number in 16 bytes: it says nothing of the person (Web Authentication Level 3 §14.6.1). */
function userHandle(account: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(account.replaceAll('-', ''), 'hex'))
}

function unknown(): Problem {
  return new Problem(authenticatorProblems['passkey-refused'])
}
