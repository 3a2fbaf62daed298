import { inTransaction, type Language, type Logger, type Pool, Problem, uuidv7 } from '@sapan/kernel'
import type { Notices } from '@sapan/notices'
import { keyedHash } from '@sapan/trust'
import type { Accounts } from '../account/account.ts'
import type { Devices } from '../authenticators/devices.ts'
import { nameIn } from '../authenticators/name-sign-in.ts'
import { countedAddress } from '../authenticators/throttle.ts'
import type { History } from '../history/history.ts'
import { accountProblems } from '../problems/account.ts'
import { authenticatorProblems } from '../problems/authenticators.ts'
import { deviceWords } from '../provider/device-words.ts'

/** Who asks, in which sign-in. */
export interface CodeVisit {
  readonly uid: string
  readonly address: string
  readonly device: string | undefined
  readonly userAgent: string
  readonly language: Language
}

/** Codes by e-mail in a sign-in that waits: for who opens an account, and for a new device that has to wait. */
export interface EmailCodes {
  /** Sends a code to an address, whoever has it; gives the number of the check. Throws `email-address-invalid`, `email-codes-too-many`. */
  askOpening(visit: CodeVisit, address: string): Promise<string>
  /** The address, which is then proved. Throws `email-code-wrong`, `email-code-expired`, `identifier-taken`. */
  confirmOpening(visit: CodeVisit, answer: { check: string; code: string }): Promise<string>
  /** Gives a number whoever has the name. If somebody has, and an address, a code goes there after the answer. */
  askDevice(visit: CodeVisit, name: string): string
  /** Knows the device from then on; gives the token for its cookie. Throws `device-code-wrong`, whatever was wrong. */
  confirmDevice(visit: CodeVisit, answer: { check: string; code: string }): Promise<string>
}

export interface EmailCodesGround {
  readonly pool: Pool
  readonly clock: () => number
  readonly log: Logger
  readonly hashKey: Uint8Array
  readonly accounts: Pick<Accounts, 'findByIdentifier' | 'identifiersOf'>
  readonly devices: Pick<Devices, 'remember'>
  readonly history: Pick<History, 'record'>
  readonly notices: Pick<Notices, 'askAddress' | 'confirmAddress'>
}

export function createEmailCodes(ground: EmailCodesGround): EmailCodes {
  const { pool, clock, log, hashKey, accounts, notices } = ground
  const holderOf = (what: 'opening' | 'device', { uid }: CodeVisit) =>
    `${what} ${keyedHash(hashKey, `email-code-visit:${uid}`).toString('base64url')}`
  return {
    askOpening: (visit, address) => {
      const { language } = visit
      const asker = countedAddress(visit.address)
      const question = { holder: holderOf('opening', visit), asker, address, language }
      return inTransaction(pool, async (client) => (await notices.askAddress(client, question)).id)
    },
    confirmOpening: async (visit, { check, code }) => {
      const holder = holderOf('opening', visit)
      const address = await notices.confirmAddress({ id: check, holder, code })
      // Whoever reads there may be told whose it is.
      if ((await accounts.findByIdentifier('email', address)) !== undefined)
        throw new Problem(accountProblems['identifier-taken'])
      return address
    },
    askDevice: (visit, name) => {
      const id = uuidv7(clock())
      sendDeviceCode(ground, visit, { id, name, holder: holderOf('device', visit) }).catch(
        (error: unknown) => {
          log.info({ err: error }, 'no code went to the owner of a name')
        },
      )
      return id
    },
    confirmDevice: async (visit, { check, code }) => {
      const holder = holderOf('device', visit)
      const address = await notices.confirmAddress({ id: check, holder, code }).catch(refused)
      const account = await accounts.findByIdentifier('email', address)
      if (account === undefined) throw wrongCode()
      return inTransaction(pool, async (client) => {
        const { th, en } = deviceWords(visit.userAgent)
        const detail = { thDevice: th, enDevice: en }
        await ground.history.record(client, { account: account.id, kind: 'device-confirmed', detail })
        return ground.devices.remember(client, account.id, visit.device, en)
      })
    },
  }
}

/** The same is done for a name that nobody has, but for the letter. */
async function sendDeviceCode(
  { pool, hashKey, accounts, notices }: EmailCodesGround,
  visit: CodeVisit,
  { id, name, holder }: { readonly id: string; readonly name: string; readonly holder: string },
): Promise<void> {
  const { schemes, value } = nameIn(name)
  const found = await Promise.all(schemes.map((scheme) => accounts.findByIdentifier(scheme, value)))
  const account = found.find((one) => one !== undefined)
  const known = account === undefined ? [] : await accounts.identifiersOf(account.id)
  const own = known.find(({ scheme, proved }) => scheme === 'email' && proved)?.value
  const nobodys = `${keyedHash(hashKey, `email-code-nobody:${value}`).toString('hex').slice(0, 32)}@nobody.invalid`
  const question = {
    id,
    holder,
    asker: countedAddress(visit.address),
    address: own ?? nobodys,
    language: account?.language ?? visit.language,
    isDecoy: own === undefined,
    purpose: 'device' as const,
  }
  await inTransaction(pool, (client) => notices.askAddress(client, question))
}

function refused(error: unknown): never {
  if (error instanceof Problem && error.type.status < 500) throw wrongCode()
  throw error
}

function wrongCode(): Problem {
  return new Problem(authenticatorProblems['device-code-wrong'])
}
