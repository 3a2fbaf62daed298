import type { Text } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { TOTP } from 'otpauth'
import type { Accounts } from '../../src/account/account.ts'
import { createAccounts } from '../../src/account/accounts.ts'
import { type Authenticators, createAuthenticators } from '../../src/authenticators/authenticators.ts'
import type { AuthenticatorGround } from '../../src/authenticators/ground.ts'
import { createCeremonies } from '../../src/authenticators/store/ceremonies.ts'
import { createHistory } from '../../src/history/history.ts'
import { securityHistory } from '../../src/history/kinds.ts'
import { type TestGround, testGround } from '../ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'
import { rules } from './rules.ts'

export { rules }

export const origin = 'http://localhost:4400'
export const goodPassword = 'ส้มโอเดินข้ามสะพานไม้'
/** Far below what is safe, so that tests don't wait for it. */
const hashCost = { memory: 64, passes: 1, parallelism: 1 }

export interface Notice {
  readonly account: string
  readonly kind: string
  readonly title: Text
}

export interface AuthenticatorTest {
  readonly ground: TestGround & AuthenticatorGround
  readonly accounts: Accounts
  readonly authenticators: Authenticators
  readonly notices: Notice[]
  /** What accounts must stay able to reach. */
  readonly needs: Map<string, string>
  open(): Promise<string>
  /** Adds a passkey of a new authenticator. */
  passkey(
    account: string,
    options?: { isSynced?: boolean; counts?: boolean; hardwareSeen?: boolean },
  ): Promise<SoftwareAuthenticator>
  /** Adds a code app; gives what makes its codes. */
  totp(account: string): Promise<() => string>
}

export async function authenticatorTest(
  more: Readonly<Record<string, URL>> = {},
): Promise<AuthenticatorTest> {
  const base = await testGround(more)
  const notices: Notice[] = []
  const needs = new Map<string, string>()
  const ground = {
    ...base,
    rules,
    relyingParty: { id: 'localhost', name: 'Sapan', origins: [origin, 'http://localhost:4401'] },
    history: createHistory(base, securityHistory),
    notify: async (_: unknown, notice: Notice) => void notices.push(notice),
    hashCost,
    ceremonies: createCeremonies(base),
    providers: {
      thaid: { th: 'ThaID กรมการปกครอง', en: 'ThaID, Department of Provincial Administration' },
    },
  }
  const accounts = createAccounts(ground)
  const authenticators = createAuthenticators(ground, async (account) => needs.get(account))
  return {
    ground,
    accounts,
    authenticators,
    notices,
    needs,
    open: async () =>
      (await inTransaction(base.pool, (client) => accounts.create(client, { language: 'th' }))).id,
    passkey: async (account, { hardwareSeen = false, ...kind } = {}) => {
      const device = new SoftwareAuthenticator(origin, kind)
      const { ceremony, options } = await authenticators.beginPasskey({
        account,
        label: 'สมใจ',
        bound: 'visit',
      })
      const answer = { ceremony, response: device.create(options), name: 'โทรศัพท์', hardwareSeen }
      await authenticators.addPasskey({ account, bound: 'visit' }, answer)
      return device
    },
    totp: async (account) => {
      const owner = { account, label: 'สมใจ', bound: 'visit' }
      const { ceremony, secret } = await authenticators.beginTotp(owner)
      const code = () => new TOTP({ secret }).generate({ timestamp: base.clock() })
      await authenticators.addTotp(owner, { ceremony, code: code(), name: 'แอป' })
      return code
    },
  }
}

/** Signs in with a passkey, without naming anybody. */
export async function signInWith(
  { authenticators }: AuthenticatorTest,
  device: SoftwareAuthenticator,
  lie: Parameters<SoftwareAuthenticator['get']>[1] = {},
  tamper?: (clientData: string) => string,
) {
  const { ceremony, options } = await authenticators.beginSignIn({ bound: 'visit' })
  return authenticators.provePasskey(
    { bound: 'visit' },
    { ceremony, response: device.get(options, lie, tamper) },
  )
}
