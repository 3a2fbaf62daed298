import { inTransaction, Problem } from '@sapan/kernel'
import { proofingProblems } from '../problems/proofing.ts'
import { findPerson } from './counter/find-person.ts'
import type { ProofingGround } from './ground.ts'

/** How long a register's answer is not asked for again (hours). */
const freshHours = 24

/** The number under which a register knows the account; undefined where none was proved. */
async function numberOf({ accounts }: ProofingGround, account: string): Promise<string | undefined> {
  const proved = (await accounts.identifiersOf(account)).filter((one) => one.proved)
  return proved.find(({ scheme }) => scheme === 'national-id' || scheme === 'foreigner-number')?.value
}

/** Whether the register may be asked again for this account: it has a proved number, and the answer is not of today. */
export async function mayAskAgain(ground: ProofingGround, account: string): Promise<boolean> {
  const profile = await ground.accounts.profileOf(account)
  if (profile !== undefined && profile.fetchedAt > ground.clock() - freshHours * 3_600_000) return false
  return (await numberOf(ground, account)) !== undefined
}

/**
 * Asks the register again who the person is, because they want it; the profile is replaced, the level stays. Throws
 * `proofing-no-match` where no number was proved or it is not found, `proofing-person-dead`,
 * `proofing-register-unavailable`. An answer of today stays as it is.
 */
export async function askAgain(
  ground: ProofingGround,
  { account, session }: { readonly account: string; readonly session: string },
): Promise<void> {
  const number = await numberOf(ground, account)
  if (number === undefined) throw new Problem(proofingProblems['proofing-no-match'])
  if (!(await mayAskAgain(ground, account))) return
  const { profile } = await findPerson(ground, number)
  await inTransaction(ground.pool, async (client) => {
    await ground.accounts.saveProfile(client, account, profile)
    await ground.history.record(client, { account, session, kind: 'profile-asked-again' })
  })
}
