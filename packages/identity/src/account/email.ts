import { inTransaction, type Language, Problem } from '@sapan/kernel'
import { maskedAddress, type Notices } from '@sapan/notices'
import { announce } from '../authenticators/announce.ts'
import type { AuthenticatorGround } from '../authenticators/ground.ts'
import { listAuthenticators, lockAuthenticators } from '../authenticators/store/authenticators.ts'
import { accountProblems } from '../problems/account.ts'
import type { Accounts } from './account.ts'

/** Who changes their own address, in which session. */
export interface EmailOwner {
  readonly account: string
  readonly session: string
}

/** A person's e-mail address: where they are told of notices, and a name to sign in with beside a password. */
export interface EmailAddresses {
  /** The proved one. */
  of(account: string): Promise<string | undefined>
  /**
   * Sends a code to an address, and gives the number of the check. Says nothing of whose the address is. Throws
   * `email-address-invalid`, `email-codes-too-many`. `page` as in `askAddress`.
   */
  ask(owner: EmailOwner, question: { address: string; language: Language; page: string }): Promise<string>
  /** The address takes the place of the former one, which is told. Throws `email-code-wrong`, `email-code-expired`, `identifier-taken`. */
  confirm(owner: EmailOwner, answer: { check: string; code: string }): Promise<void>
  /** Throws `email-needed` where a password would be left without a name. */
  remove(owner: EmailOwner): Promise<void>
}

export interface EmailPorts {
  readonly accounts: Accounts
  readonly notices: Pick<Notices, 'askAddress' | 'confirmAddress' | 'tellFormerAddress'>
}

export function createEmailAddresses(ground: AuthenticatorGround, ports: EmailPorts): EmailAddresses {
  const { accounts, notices } = ports
  const proved = async (account: string) =>
    (await accounts.identifiersOf(account)).filter((one) => one.proved)
  const of = async (account: string) =>
    (await proved(account)).find(({ scheme }) => scheme === 'email')?.value
  const spoken = async (account: string) => (await accounts.find(account))?.language ?? 'th'
  return {
    of,
    ask: async ({ account }, question) => {
      const now = await of(account)
      return inTransaction(ground.pool, async (client) => {
        // Each account by itself: what others ask for is not counted against its owner.
        const isOwn = question.address.trim().toLowerCase() === now
        const { id } = await notices.askAddress(client, { ...question, holder: holderOf(account), isOwn })
        return id
      })
    },
    confirm: async (owner, { check, code }) => {
      const { account } = owner
      const address = await notices.confirmAddress({ id: check, holder: holderOf(account), code })
      await change(ground, ports, owner, {
        former: await of(account),
        address,
        language: await spoken(account),
      })
    },
    remove: async (owner) => {
      const identifiers = await proved(owner.account)
      const former = identifiers.find(({ scheme }) => scheme === 'email')?.value
      if (former === undefined) return
      const hasOtherName = identifiers.some(({ scheme }) => scheme === 'national-id')
      await change(ground, ports, owner, { former, hasOtherName, language: await spoken(owner.account) })
    },
  }
}

interface Change {
  readonly former: string | undefined
  /** Absent: it is removed. */
  readonly address?: string
  readonly hasOtherName?: boolean
  readonly language: Language
}

/** One transaction: address, history, and notices to its owner and to the former address. */
function change(
  ground: AuthenticatorGround,
  { accounts, notices }: EmailPorts,
  { account, session }: EmailOwner,
  { former, address, hasOtherName = false, language }: Change,
): Promise<void> {
  return inTransaction(ground.pool, async (client) => {
    await lockAuthenticators(client, account)
    if (address !== undefined) await accounts.prove(client, account, { scheme: 'email', value: address })
    else {
      const has = await listAuthenticators(client, account)
      if (!hasOtherName && has.some(({ kind }) => kind === 'password'))
        throw new Problem(accountProblems['email-needed'])
      await accounts.forget(client, account, 'email')
    }
    const detail = { address: maskedAddress(address ?? former ?? '') }
    const [kind, title] =
      address === undefined
        ? (['email-removed', { th: 'ลบอีเมลของคุณแล้ว', en: 'Your e-mail address was removed' }] as const)
        : (['email-proved', { th: 'ยืนยันอีเมลของคุณแล้ว', en: 'Your e-mail address was confirmed' }] as const)
    await announce(ground, client, { account, session, kind, detail, title })
    if (former === undefined || former === address?.toLowerCase()) return
    await notices.tellFormerAddress(client, { address: former, language })
  })
}

function holderOf(account: string): string {
  return `account ${account}`
}
