import { inTransaction, type Language, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Account, Accounts } from '../account/account.ts'
import { announce } from '../authenticators/announce.ts'
import { passkeyFactor } from '../authenticators/assurance.ts'
import type { Proof } from '../authenticators/authenticator.ts'
import type { Authenticators, PasskeyAnswer } from '../authenticators/authenticators.ts'
import type { AuthenticatorGround } from '../authenticators/ground.ts'
import { ownName } from '../authenticators/name.ts'
import { type Begun, beginAdding, finishAdding, keepPasskey } from '../authenticators/passkeys.ts'
import { keepPassword, preparePassword } from '../authenticators/passwords.ts'
import { keepCodes, newCodes } from '../authenticators/recovery-codes.ts'
import { finishTotp } from '../authenticators/totp.ts'
import { authenticatorProblems } from '../problems/authenticators.ts'

/** An account that was just opened: who signed in with what, and the codes to show once. */
export interface Opened {
  readonly proof: Proof
  readonly codes: readonly string[]
}

/**
 * Opening an account. What is needed to come in again is made first and kept with the account in one transaction: there is
 * never an account that nobody can enter.
 */
export interface Opening {
  /** A passkey for an account that is about to be. `bound` is the visit. */
  beginPasskey(bound: string, label: string): Promise<Begun<PublicKeyCredentialCreationOptionsJSON>>
  /** Throws what adding a passkey throws. */
  withPasskey(
    bound: string,
    answer: PasskeyAnswer & { readonly name: string; readonly language: Language },
  ): Promise<Opened>
  /** `email` was proved by its owner. The code app was begun for `account` with `authenticators.beginTotp`. Throws `password-weak`, `code-wrong`, `ceremony-over`, `identifier-taken`. */
  withPassword(
    bound: string,
    answer: {
      readonly account: string
      readonly email: string
      readonly password: string
      readonly ceremony: string
      readonly code: string
      readonly name: string
      readonly language: Language
    },
  ): Promise<Opened>
}

export function createOpening(
  ground: AuthenticatorGround,
  { accounts, authenticators }: { readonly accounts: Accounts; readonly authenticators: Authenticators },
): Opening {
  const begun = { kind: 'open-account' } as const
  return {
    beginPasskey: async (bound, label) => {
      const account = uuidv7(ground.clock())
      const { ceremony, options } = await beginAdding(ground, { account, label, bound })
      // Which account it will be is kept beside the challenge: the browser is not believed.
      const both = await ground.ceremonies.begin({ ...begun, bound }, { account, ceremony }, 300)
      return { ceremony: both, options }
    },
    withPasskey: async (bound, { name, language, ceremony, response }) => {
      const shown = ownName(name)
      const kept = await ground.ceremonies.finish(ground.pool, ceremony, { ...begun, bound })
      const { account, ceremony: inner } = kept as { account: string; ceremony: string }
      const passkey = await finishAdding(ground, { account, bound }, { ceremony: inner, response })
      const codes = newCodes()
      const authenticator = await inTransaction(ground.pool, async (client) => {
        await open(ground, accounts, client, account, language)
        await keepCodes(ground, client, account, codes)
        return keepPasskey(ground, client, passkey, { name: shown })
      })
      const factor = passkeyFactor({ isSynced: passkey.isSynced, isHardware: false })
      return { proof: proved(authenticators, account, [{ factor, authenticator }]), codes }
    },
    withPassword: async (bound, { account, email, password, ceremony, code, name, language }) => {
      const shown = ownName(name)
      const prepared = await preparePassword(ground, password, [email])
      const codes = newCodes()
      const ids = await inTransaction(ground.pool, async (client) => {
        await open(ground, accounts, client, account, language)
        await accounts.prove(client, account, { scheme: 'email', value: email })
        const totp = await finishTotp(ground, client, { account, bound, ceremony, code, name: shown })
        await keepCodes(ground, client, account, codes)
        return { totp, password: await keepPassword(ground, client, account, prepared) }
      })
      const factors = [
        { factor: 'password', authenticator: ids.password },
        { factor: 'totp', authenticator: ids.totp },
      ] as const
      return { proof: proved(authenticators, account, factors), codes }
    },
  }
}

async function open(
  ground: AuthenticatorGround,
  accounts: Accounts,
  client: PoolClient,
  id: string,
  language: Language,
): Promise<Account> {
  const account = await accounts.create(client, { id, language })
  const title = { th: 'เปิดบัญชีของคุณแล้ว', en: 'Your account was opened' }
  await announce(ground, client, { account: id, kind: 'account-opened', title })
  return account
}

function proved(
  authenticators: Authenticators,
  account: string,
  factors: Parameters<Authenticators['proofOf']>[1],
): Proof {
  const proof = authenticators.proofOf(account, factors)
  if (proof === undefined) throw new Problem(authenticatorProblems['sign-in-refused'])
  return proof
}
