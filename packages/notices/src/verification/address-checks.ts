import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import {
  type Clock,
  type Language,
  type Logger,
  type Pool,
  type PoolClient,
  Problem,
  uuidv7,
} from '@sapan/kernel'
import { keyedHash, type Sealer } from '@sapan/trust'
import { isUuid } from '../inbox/cursor.ts'
import { isPath } from '../inbox/link.ts'
import { emailAddress } from '../mail/address.ts'
import { noticesProblems } from '../problems.ts'
import { sealJson } from '../store/sealing.ts'
import { refuseTooMany } from './code-limits.ts'
import { type CodeContent, type CodePurpose, codePlace, type FormerContent } from './letter.ts'

export interface AddressQuestion {
  /** Who has to type the code: an account, or a registration that is under way. At most 200 letters. */
  readonly holder: string
  readonly address: string
  readonly language: Language
  /** Whose questions are counted together beside the holder's: the network that asks, a device. The holder by default. */
  readonly asker?: string
  /** The asker is known to be who has the address: strangers' questions are not counted against theirs. */
  readonly isOwn?: boolean
  /** A UUID for the check, where the caller has promised one; a new one by default. */
  readonly id?: string
  /** Everything is done but that a letter goes out: for a name that nobody has, which must not be told from others. */
  readonly isDecoy?: boolean
  /** What the letter says that the code is for; to confirm the address by default. */
  readonly purpose?: CodePurpose
  /** A path of the portal that the letter names, with `:check` in the place of the check's id. */
  readonly page?: string
}

/** Proves that somebody reads what is sent to an address. */
export interface AddressChecks {
  /**
   * Sends a code of six digits, in the caller's transaction. It tells nobody whether the address is known. Throws
   * `email-address-invalid`, and `email-codes-too-many` for more than five an hour for one holder, or of one asker to one
   * address.
   */
  askAddress(client: PoolClient, question: AddressQuestion): Promise<{ id: string; expiresAt: number }>
  /**
   * The address, where the code is right: once, within 15 minutes, by the holder. Throws `email-code-wrong`, and
   * `email-code-expired` after five wrong ones too. In no transaction of the caller's, so that wrong ones count.
   */
  confirmAddress(check: { id: string; holder: string; code: string }): Promise<string>
  /** Tells an address, in the caller's transaction, that its account does not use it any more. */
  tellFormerAddress(client: PoolClient, former: { address: string; language: Language }): Promise<void>
}

export interface AddressCheckGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
}

const lifeMillis = 900_000
const mostWrong = 5

export function addressChecksOf(ground: AddressCheckGround): AddressChecks {
  return {
    askAddress: (client, question) => ask(ground, client, question),
    confirmAddress: (check) => confirm(ground, check),
    tellFormerAddress: (client, { address, language }) =>
      insertLetter(ground, client, { to: emailAddress(address), language, former: true }),
  }
}

async function ask(
  ground: AddressCheckGround,
  client: PoolClient,
  question: AddressQuestion,
): Promise<{ id: string; expiresAt: number }> {
  const { clock, sealer, hashKey } = ground
  const { holder, language, page, purpose, asker = holder, isOwn = false } = question
  const address = emailAddress(question.address)
  const at = clock()
  const hash = keyedHash(hashKey, `email:${address.toLowerCase()}`)
  const askerHash = keyedHash(hashKey, `email-asker:${asker}`)
  await refuseTooMany(client, { holder, addressHash: hash, askerHash, isOwn, at })
  const id = question.id ?? uuidv7(at)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = at + lifeMillis
  await client.query(
    `insert into notices.address_check
       (id, holder, address_hash, asker_hash, own, address_sealed, code_hash, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, holder, hash, askerHash, isOwn],
      ...[sealAddress(sealer, id, address), codeHash(hashKey, id, code)],
      ...[new Date(at), new Date(expiresAt)],
    ],
  )
  const path = page?.replace(':check', id)
  if (path !== undefined && !isPath(path)) throw new RangeError('a letter leads to a path of our own')
  if (question.isDecoy === true) return { id, expiresAt }
  await insertLetter(ground, client, {
    to: address,
    language,
    code,
    ...(purpose && { purpose }),
    ...(path === undefined ? {} : { page: path }),
  })
  return { id, expiresAt }
}

async function insertLetter(
  { clock, sealer }: AddressCheckGround,
  client: PoolClient,
  content: CodeContent | FormerContent,
): Promise<void> {
  const id = randomUUID()
  const at = new Date(clock())
  await client.query(
    `insert into notices.delivery (id, channel, content_sealed, next_at, created_at)
     values ($1, 'email', $2, $3, $3)`,
    [id, sealJson(sealer, content, codePlace(id)), at],
  )
}

interface CheckRow {
  readonly code_hash: Buffer
  readonly address_sealed: Buffer
}

/** One statement counts the attempt before the code is looked at: many at once get no more than one after the other. */
async function confirm(
  { pool, clock, sealer, hashKey }: AddressCheckGround,
  { id, holder, code }: { id: string; holder: string; code: string },
): Promise<string> {
  if (!isUuid(id)) throw new Problem(noticesProblems['email-code-expired'])
  const { rows } = await pool.query<CheckRow>(
    `update notices.address_check set wrong = wrong + 1
     where id = $1 and holder = $2 and wrong < $3 and expires_at > $4 and used_at is null
     returning code_hash, address_sealed`,
    [id, holder, mostWrong, new Date(clock())],
  )
  const row = rows[0]
  if (row === undefined) throw new Problem(noticesProblems['email-code-expired'])
  const digits = code.replace(/[\s-]/g, '')
  if (!timingSafeEqual(row.code_hash, codeHash(hashKey, id, digits))) {
    throw new Problem(noticesProblems['email-code-wrong'])
  }
  const { rowCount } = await pool.query(
    'update notices.address_check set used_at = $2 where id = $1 and used_at is null',
    [id, new Date(clock())],
  )
  if (rowCount !== 1) throw new Problem(noticesProblems['email-code-expired'])
  return sealer.open(row.address_sealed, Buffer.from(addressPlace(id))).toString('utf8')
}

function codeHash(key: Uint8Array, id: string, code: string): Buffer {
  return keyedHash(key, `email-code:${id}:${code}`)
}

function sealAddress(sealer: Sealer, id: string, address: string): Buffer {
  return sealer.seal(Buffer.from(address), Buffer.from(addressPlace(id)))
}

function addressPlace(id: string): string {
  return `address_check.address ${id}`
}
