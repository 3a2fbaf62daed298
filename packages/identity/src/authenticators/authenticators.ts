import type { PoolClient } from '@sapan/kernel'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { announce } from './announce.ts'
import { aalOf, amrOf } from './assurance.ts'
import type { Authenticator, Proof } from './authenticator.ts'
import type { Factor } from './country.ts'
import type { AuthenticatorGround } from './ground.ts'
import {
  announceAdded,
  changing,
  checkRoom,
  type LeastAal,
  linkExternal,
  type Owner,
  remove,
  rename,
} from './keeping.ts'
import { ownName } from './name.ts'
import {
  type Begun,
  beginAdding,
  beginUsing,
  finishAdding,
  finishUsing,
  keepPasskey,
  type PasskeyOwner,
} from './passkeys.ts'
import { keepPassword, preparePassword } from './passwords.ts'
import { keepCodes, newCodes } from './recovery-codes.ts'
import { listAuthenticators } from './store/authenticators.ts'
import { beginTotp, finishTotp, lookAtTotp, type TotpSecret } from './totp.ts'

/** What a browser answered, under the number of what was begun. */
export interface PasskeyAnswer {
  readonly ceremony: string
  /** The answer as JSON (`RegistrationResponseJSON`, `AuthenticationResponseJSON`). */
  readonly response: string
}

/** What people sign in with. Every change is written into the owner's history, and told to them. */
export interface Authenticators {
  list(account: string): Promise<readonly Authenticator[]>
  beginPasskey(owner: PasskeyOwner): Promise<Begun<PublicKeyCredentialCreationOptionsJSON>>
  /** `hardwareSeen`: an officer saw that a security key holds it. Throws `ceremony-over`, `passkey-refused`, `authenticator-registered`, `authenticator-limit`, `name-invalid`. */
  addPasskey(
    owner: Owner & { readonly bound: string },
    answer: PasskeyAnswer & { readonly name: string; readonly hardwareSeen?: boolean },
  ): Promise<string>
  beginTotp(owner: PasskeyOwner): Promise<TotpSecret>
  /** The secret of `beginTotp` once more. Throws `ceremony-over`. */
  lookAtTotp(owner: PasskeyOwner, ceremony: string): Promise<TotpSecret>
  /** Throws `ceremony-over`, `code-wrong` (after which another code may be tried), `authenticator-limit`, `name-invalid`. */
  addTotp(
    owner: Owner & { readonly bound: string },
    answer: { readonly ceremony: string; readonly code: string; readonly name: string },
  ): Promise<string>
  /** `own`: what is known of the person and no password. Throws `password-weak`, `password-alone`. */
  setPassword(owner: Owner, password: string, own: readonly string[]): Promise<void>
  /** Ten new codes, to be shown once; the former ones are of no use any more. */
  renewRecoveryCodes(owner: Owner): Promise<readonly string[]>
  /** In the caller's transaction, which has locked nothing yet. */
  linkExternal(client: PoolClient, owner: Owner, at: { provider: string; subject: string }): Promise<string>
  rename(owner: Owner, id: string, name: string): Promise<void>
  /** Throws `authenticator-not-found`, `authenticator-last`, `authenticator-needed`. */
  remove(owner: Owner, id: string): Promise<void>
  /** Options for a browser. Without an account nobody has to be named. */
  beginSignIn(visit: {
    bound: string
    account?: string | undefined
  }): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>>
  /** Throws `ceremony-over`, `passkey-refused`, `passkey-copied`. */
  provePasskey(
    visit: { readonly bound: string; readonly account?: string | undefined },
    answer: PasskeyAnswer,
  ): Promise<Proof>
  /** What factors that were checked elsewhere are worth together; undefined where the country accepts no such combination. */
  proofOf(
    account: string,
    factors: readonly { readonly factor: Factor; readonly authenticator: string }[],
  ): Proof | undefined
}

export function createAuthenticators(ground: AuthenticatorGround, leastAal: LeastAal): Authenticators {
  const proofOf: Authenticators['proofOf'] = (account, proved) => {
    const factors = proved.map(({ factor }) => factor)
    const aal = aalOf(ground.rules, ground.levels, factors)
    const authenticators = proved.map(({ authenticator }) => authenticator)
    return aal === undefined
      ? undefined
      : { account, aal, amr: amrOf(factors), authenticators, at: ground.clock() }
  }
  return {
    ...keeping(ground, leastAal),
    ...adding(ground),
    proofOf,
    beginSignIn: (visit) => beginUsing(ground, visit),
    provePasskey: async (visit, answer) => {
      const { account, authenticator, factor } = await finishUsing(ground, visit, answer)
      const proof = proofOf(account, [{ factor, authenticator }])
      if (proof === undefined) throw new Error(`the country gives ${factor} no level`)
      return proof
    },
  }
}

function keeping(
  ground: AuthenticatorGround,
  leastAal: LeastAal,
): Pick<Authenticators, 'list' | 'rename' | 'remove' | 'linkExternal'> {
  return {
    list: async (account) =>
      (await listAuthenticators(ground.pool, account)).map((one) => {
        const provider = one.kind === 'external' ? ground.providers?.[one.name] : undefined
        return provider === undefined ? one : { ...one, provider }
      }),
    rename: (owner, id, name) => rename(ground, owner, id, name),
    remove: (owner, id) => remove(ground, leastAal, owner, id),
    linkExternal: (client, owner, at) => linkExternal(ground, client, owner, at),
  }
}

function adding(
  ground: AuthenticatorGround,
): Omit<
  Authenticators,
  'list' | 'rename' | 'remove' | 'linkExternal' | 'proofOf' | 'beginSignIn' | 'provePasskey'
> {
  return {
    beginPasskey: (owner) => beginAdding(ground, owner),
    addPasskey: async (owner, { name, hardwareSeen = false, ...answer }) => {
      const shown = ownName(name)
      const passkey = await finishAdding(ground, owner, answer)
      return changing(ground, owner.account, async (client) => {
        await checkRoom(ground, client, owner.account, 'passkey')
        const id = await keepPasskey(ground, client, passkey, { name: shown, hardwareSeen })
        await announceAdded(ground, client, owner, 'passkey', shown)
        return id
      })
    },
    beginTotp: (owner) => beginTotp(ground, owner),
    lookAtTotp: (owner, ceremony) => lookAtTotp(ground, owner, ceremony),
    addTotp: async (owner, { name, ...answer }) => {
      const shown = ownName(name)
      const { account, bound } = owner
      return changing(ground, account, async (client) => {
        await checkRoom(ground, client, account, 'totp')
        const id = await finishTotp(ground, client, { account, bound, name: shown, ...answer })
        await announceAdded(ground, client, owner, 'totp', shown)
        return id
      })
    },
    setPassword: async (owner, password, own) => {
      const prepared = await preparePassword(ground, password, own)
      await changing(ground, owner.account, async (client) => {
        await keepPassword(ground, client, owner.account, prepared)
        const title = { th: 'ตั้งรหัสผ่านใหม่แล้ว', en: 'Your password was set' }
        await announce(ground, client, { ...owner, kind: 'password-changed', title })
      })
    },
    renewRecoveryCodes: async (owner) => {
      const codes = newCodes()
      await changing(ground, owner.account, async (client) => {
        await keepCodes(ground, client, owner.account, codes)
        const title = { th: 'ออกรหัสกู้คืนชุดใหม่แล้ว', en: 'New recovery codes were made for you' }
        await announce(ground, client, { ...owner, kind: 'recovery-codes-renewed', title })
      })
      return codes
    },
  }
}
