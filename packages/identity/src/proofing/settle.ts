import { canonicalJson, inTransaction, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { Profile } from '../account/account.ts'
import type { Identifier } from '../account/identifier.ts'
import { accountProblems } from '../problems/account.ts'
import { proofingProblems } from '../problems/proofing.ts'
import type { Sealable } from '../store/sealed.ts'
import { type MethodCode, methodOf } from './country.ts'
import type { CheckingOfficer, Evidence } from './evidence.ts'
import type { ProofingGround } from './ground.ts'
import { evidenceOfAct, insertEvidence } from './store/evidence.ts'

/** What was found out about a person, before it is written down. */
export interface Finding {
  readonly method: MethodCode
  /** What they now are known to have. */
  readonly identifiers: readonly Identifier[]
  readonly profile?: Profile
  readonly exchanges: readonly string[]
  readonly officer?: CheckingOfficer
  /** What was shown and answered: sealed, and hashed under a key. */
  readonly detail: { readonly [key: string]: Sealable | undefined }
  /** Names this act: the same one sent again is done once. */
  readonly repeatKey: string
  readonly session?: string
}

/**
 * Writes a finding down: identifiers, profile, level, evidence and history, in one transaction or not at all. The level
 * only rises. Done before under the same key, it changes nothing and gives the same evidence. Throws
 * `proofing-number-in-use`, `proofing-other-person`, `account-frozen`, `account-closed`, `account-not-found`.
 */
export function settle(ground: ProofingGround, account: string, finding: Finding): Promise<Evidence> {
  return inTransaction(ground.pool, (client) => settleIn(ground, client, account, finding))
}

/**
 * `settle` in a transaction of the caller's. A frozen account stays frozen; `evenFrozen`: what was found is written down
 * all the same, for its owner who comes to open it.
 */
export async function settleIn(
  ground: ProofingGround,
  client: PoolClient,
  account: string,
  finding: Finding,
  { evenFrozen = false }: { readonly evenFrozen?: boolean } = {},
): Promise<Evidence> {
  const levelBefore = await lockedLevel(client, account, evenFrozen)
  const before = await evidenceOfAct(client, finding.repeatKey)
  if (before !== undefined && before.account === account) return before
  await refuseOtherPerson(ground, account, finding.identifiers)
  for (const identifier of finding.identifiers) await prove(ground, client, account, identifier)
  const { ial } = methodOf(ground.country.proofing, finding.method)
  await ground.accounts.raiseIal(client, account, ial)
  const levelAfter = ground.levels.higher('ial', levelBefore, ial)
  if (finding.profile !== undefined && ground.levels.meets({ ial, aal: '' }, { ial: levelBefore }))
    await ground.accounts.saveProfile(client, account, finding.profile)
  return await record(ground, client, { account, levelBefore, levelAfter, finding })
}

async function record(
  ground: ProofingGround,
  client: PoolClient,
  { account, levelBefore, levelAfter, finding }: Levelled,
): Promise<Evidence> {
  const { method, exchanges, officer, detail, repeatKey, session } = finding
  const at = ground.clock()
  const evidence = { id: uuidv7(at), account, method, at, levelBefore, levelAfter, exchanges }
  const whole = officer === undefined ? evidence : { ...evidence, officer }
  const { name } = methodOf(ground.country.proofing, method)
  const hash = keyedHash(ground.hashKey, `proofing:${canonicalJson(detail)}`)
  await insertEvidence(client, ground.sealer, whole, { hash, detail, repeatKey })
  await ground.history.record(client, {
    account,
    kind: officer === undefined ? 'identity-proved' : 'identity-proved-in-person',
    detail: { thMethod: name.th, enMethod: name.en, level: levelAfter, evidence: evidence.id },
    ...(session === undefined ? {} : { session }),
  })
  return whole
}

interface Levelled {
  readonly account: string
  readonly levelBefore: string
  readonly levelAfter: string
  readonly finding: Finding
}

/** The level at this moment; whoever else proves this account waits. */
async function lockedLevel(client: PoolClient, account: string, evenFrozen: boolean): Promise<string> {
  const sql = 'select state, ial from identity.account where id = $1 for update'
  const { rows } = await client.query<{ state: string; ial: string }>(sql, [account])
  const [row] = rows
  if (row === undefined) throw new Problem(accountProblems['account-not-found'])
  if (row.state === 'frozen' && !evenFrozen) throw new Problem(accountProblems['account-frozen'])
  if (row.state === 'closed') throw new Problem(accountProblems['account-closed'])
  return row.ial
}

/** Schemes whose value never changes for a person; a passport does. */
const LASTING = ['national-id', 'foreigner-number']

/** An account that is one person's must not become another's, who would inherit all that is in it. */
async function refuseOtherPerson(
  { accounts }: ProofingGround,
  account: string,
  identifiers: readonly Identifier[],
): Promise<void> {
  const proved = (await accounts.identifiersOf(account)).filter((one) => one.proved)
  for (const { scheme, value } of identifiers) {
    const held = proved.find((one) => one.scheme === scheme)
    if ((LASTING.includes(scheme) || scheme.startsWith('external:')) && held && held.value !== value)
      throw new Problem(proofingProblems['proofing-other-person'])
  }
}

async function prove(
  { accounts }: ProofingGround,
  client: PoolClient,
  account: string,
  identifier: Identifier,
): Promise<void> {
  try {
    await accounts.prove(client, account, identifier)
  } catch (error) {
    if (error instanceof Problem && error.code === 'identifier-taken')
      throw new Problem(proofingProblems['proofing-number-in-use'], { cause: error })
    throw error
  }
}
