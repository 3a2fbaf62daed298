import type { Database } from '@sapan/kernel'
import { type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { Secret, TOTP } from 'otpauth'
import { authenticatorProblems } from '../problems/authenticators.ts'
import { openValue, sealValue } from '../store/sealed.ts'
import type { AuthenticatorGround } from './ground.ts'
import { contentPlace, insertAuthenticator, markUsed, sealedContents } from './store/authenticators.ts'

const periodSeconds = 30
const enrolSeconds = 900

/** What an app needs to make codes; shown once, while it is added. */
export interface TotpSecret {
  readonly ceremony: string
  /** `otpauth://totp/…` (Key URI format), for a QR code. */
  readonly uri: string
  /** Base32, for typing. */
  readonly secret: string
}

interface TotpOwner {
  readonly account: string
  /** What the app writes beside the codes. */
  readonly label: string
  readonly bound: string
}

/** A new secret (RFC 6238, SHA-1 and six digits: what every app knows), which counts only after its first code. */
export async function beginTotp(ground: AuthenticatorGround, owner: TotpOwner): Promise<TotpSecret> {
  const secret = new Secret({ size: 20 }).base32
  const { account, bound } = owner
  const ceremony = await ground.ceremonies.begin({ kind: 'add-totp', account, bound }, secret, enrolSeconds)
  return describeTotp(ground, owner, ceremony, secret)
}

/** The same secret once more, after a wrong code. Throws `ceremony-over`. */
export async function lookAtTotp(
  ground: AuthenticatorGround,
  owner: TotpOwner,
  ceremony: string,
): Promise<TotpSecret> {
  const { account, bound } = owner
  const secret = await ground.ceremonies.look(ceremony, { kind: 'add-totp', account, bound })
  return describeTotp(ground, owner, ceremony, String(secret))
}

function describeTotp(
  { relyingParty }: AuthenticatorGround,
  { label }: TotpOwner,
  ceremony: string,
  secret: string,
): TotpSecret {
  const uri = new TOTP({ issuer: relyingParty.name, label, secret: Secret.fromBase32(secret) }).toString()
  return { ceremony, uri, secret }
}

/** Keeps the secret, once a code shows that an app has it. Throws `ceremony-over`, `code-wrong`. */
export async function finishTotp(
  ground: AuthenticatorGround,
  client: PoolClient,
  answer: Omit<TotpOwner, 'label'> & {
    readonly ceremony: string
    readonly code: string
    readonly name: string
  },
): Promise<string> {
  const { ceremonies, clock, sealer } = ground
  const { account, bound, ceremony, code, name } = answer
  const secret = String(await ceremonies.finish(client, ceremony, { kind: 'add-totp', account, bound }))
  const now = clock()
  const step = stepOf(secret, code, now)
  if (step === undefined) throw new Problem(authenticatorProblems['code-wrong'])
  const id = uuidv7(now)
  const content = sealValue(sealer, contentPlace(id), secret)
  await insertAuthenticator(client, { id, account, kind: 'totp', name, content, at: now })
  await client.query('insert into identity.totp (authenticator_id, last_step) values ($1, $2)', [id, step])
  return id
}

/** Which of the account's apps made the code, if any did; the code is of no use after. Takes as long for nobody's account. */
export async function useTotp(
  ground: Pick<AuthenticatorGround, 'sealer' | 'clock'>,
  database: Database,
  account: string,
  code: string,
): Promise<string | undefined> {
  const now = ground.clock()
  const held = await sealedContents(database, account, 'totp')
  for (const { id, content } of held) {
    const step = stepOf(String(openValue(ground.sealer, contentPlace(id), content)), code, now)
    if (step === undefined || !(await takeStep(database, id, step))) continue
    await markUsed(database, id, now)
    return id
  }
  if (held.length === 0) stepOf(nobodysSecret, code, now)
  return undefined
}

/** Each step once, and none before the last one that was used (RFC 6238 §5.2). */
async function takeStep(database: Database, id: string, step: number): Promise<boolean> {
  const { rowCount } = await database.query(
    'update identity.totp set last_step = $2 where authenticator_id = $1 and last_step < $2',
    [id, step],
  )
  return rowCount === 1
}

const nobodysSecret = new Secret({ size: 20 }).base32

/** The 30-second step whose code this is: the present one, or one beside it for clocks that differ. */
function stepOf(secret: string, code: string, now: number): number | undefined {
  const digits = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const delta = new TOTP({ secret: Secret.fromBase32(secret), period: periodSeconds }).validate({
    token: digits,
    timestamp: now,
    window: 1,
  })
  return delta === null ? undefined : Math.floor(now / 1000 / periodSeconds) + delta
}
