import { inTransaction, type Language, type PoolClient, Problem } from '@sapan/kernel'
import type { Account } from '../../account/account.ts'
import { announce } from '../../authenticators/announce.ts'
import type { Proof } from '../../authenticators/authenticator.ts'
import type { Authenticators } from '../../authenticators/authenticators.ts'
import type { AuthenticatorGround } from '../../authenticators/ground.ts'
import { listAuthenticators, markUsed } from '../../authenticators/store/authenticators.ts'
import { accountProblems } from '../../problems/account.ts'
import { authenticatorProblems } from '../../problems/authenticators.ts'
import { methodOf } from '../../proofing/country.ts'
import type { ProofingGround } from '../../proofing/ground.ts'
import type { Reproofing } from '../../proofing/reproof.ts'
import { type Finding, settleIn } from '../../proofing/settle.ts'

/** Coming in by a sign-in at an outside provider. */
export interface Entering {
  /**
   * Signs in whom the provider found: the account that has their number, or else a new one, proved at once. Throws
   * `account-frozen`, `account-closed`, `outside-account-less-sure`, and what `settle` throws.
   */
  enter(finding: Finding, language: Language): Promise<Proof>
}

export interface EnteringPorts {
  readonly authenticators: Pick<Authenticators, 'linkExternal' | 'proofOf'>
  readonly reproofing: Pick<Reproofing, 'byFinding'>
}

type Ground = AuthenticatorGround & { readonly proofing: ProofingGround }

export function createEntering(ground: Ground, ports: EnteringPorts): Entering {
  const enter = async (finding: Finding, language: Language): Promise<Proof> => {
    const { account } = await ports.reproofing.byFinding(finding)
    if (account === undefined) return await openProved(ground, ports, finding, language)
    if (account.state !== 'open') throw new Problem(accountProblems[`account-${account.state}`])
    const id = await inTransaction(ground.pool, (client) => linked(ground, ports, client, account, finding))
    return proofOf(ground, ports, account.id, id)
  }
  return {
    enter: (finding, language) =>
      enter(finding, language).catch((error: unknown) => {
        // Another sign-in of the same person opened their account meanwhile.
        if (error instanceof Problem && error.code === 'proofing-number-in-use')
          return enter(finding, language)
        throw error
      }),
  }
}

/**
 * The provider as a way into an account. Whoever made an account with less proof may have used another's number: what
 * they come in with must not gain the provider's word.
 */
async function linked(
  ground: Ground,
  { authenticators }: EnteringPorts,
  client: PoolClient,
  { id: account, ial }: Account,
  finding: Finding,
): Promise<string> {
  const { proofing, levels, clock } = ground
  const provider = codeOf(ground)
  await client.query('select from identity.account where id = $1 for update', [account])
  const has = await listAuthenticators(client, account)
  const found = has.find(({ kind, name }) => kind === 'external' && name === provider)
  if (found !== undefined) {
    await markUsed(client, found.id, clock())
    return found.id
  }
  const least = methodOf(proofing.country.proofing, finding.method).ial
  if (has.length > 0 && !levels.meets({ ial, aal: '' }, { ial: least }))
    throw new Problem(authenticatorProblems['outside-account-less-sure'])
  await settleIn(proofing, client, account, finding)
  return await link(ground, authenticators, client, account, finding)
}

async function openProved(
  ground: Ground,
  ports: EnteringPorts,
  finding: Finding,
  language: Language,
): Promise<Proof> {
  const { account, authenticator } = await inTransaction(ground.pool, async (client) => {
    const { id } = await ground.proofing.accounts.create(client, { language })
    const title = { th: 'เปิดบัญชีของคุณแล้ว', en: 'Your account was opened' }
    await announce(ground, client, { account: id, kind: 'account-opened', title })
    await settleIn(ground.proofing, client, id, finding)
    return { account: id, authenticator: await link(ground, ports.authenticators, client, id, finding) }
  })
  return proofOf(ground, ports, account, authenticator)
}

function link(
  ground: Ground,
  authenticators: EnteringPorts['authenticators'],
  client: PoolClient,
  account: string,
  { identifiers }: Finding,
): Promise<string> {
  const provider = codeOf(ground)
  const subject = identifiers.find(({ scheme }) => scheme === `external:${provider}`)?.value
  if (subject === undefined) throw new Error('what an outside provider found has its subject')
  return authenticators.linkExternal(client, { account }, { provider, subject })
}

function proofOf(ground: Ground, ports: EnteringPorts, account: string, authenticator: string): Proof {
  const factor = `external:${codeOf(ground)}` as const
  const proof = ports.authenticators.proofOf(account, [{ factor, authenticator }])
  if (proof === undefined) throw new Problem(authenticatorProblems['sign-in-refused'])
  return proof
}

function codeOf({ proofing }: Ground): string {
  return proofing.country.proofing.outsideProvider.code
}
