import { createHash } from 'node:crypto'
import type { Case, Cases } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { PoolClient, Problem } from '@sapan/kernel'
import type { Applicant } from '../application/application.ts'
import type { OnceRule, ServiceDefinition } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'
import { findHolder, type OnceHolder, takeKeys, takeOver } from '../store/once.ts'
import { partyKey } from './plan.ts'
import { submissionProblem } from './problems.ts'

/** What somebody applies for once. */
export interface Once {
  /** Of service, applicant and what it is counted by. */
  readonly key: Buffer
  readonly rule: OnceRule
  /** The keyed hash of the applicant. */
  readonly applicant: string
}

/** What is handed in under a key. */
export interface OnceClaim {
  readonly once: Once
  readonly draft: string
  readonly case: string
  /** Who hands it in. */
  readonly account: string
}

/** Undefined where the service may be applied for however often, and while what it is counted by is not known. */
export function onceOf(
  ground: Pick<ServicesGround, 'hashKey'>,
  { id, once: rule }: Pick<ServiceDefinition, 'id' | 'once'>,
  who: Applicant,
  values: Values,
): Once | undefined {
  if (rule === undefined) return undefined
  const per = rule.per?.evaluate(values) ?? { known: true, value: null }
  if (!per.known) return undefined
  const applicant = partyKey(ground, who)
  const key = createHash('sha256')
    .update(JSON.stringify([id, applicant, per.value]))
    .digest()
  return { key, rule, applicant }
}

/** The case that was handed in before; `mayOpen`: by who asks. */
export interface Earlier {
  readonly case: string
  readonly mayOpen: boolean
}

/** What was applied for already; undefined where nothing was, or it came to nothing. */
export async function appliedBefore(
  { pool, cases }: Pick<ServicesGround, 'pool'> & { readonly cases: Pick<Cases, 'byId'> },
  once: Once,
  account: string,
): Promise<Earlier | undefined> {
  const holder = await findHolder(pool, once.key)
  const found = holder && (await cases.byId(pool, holder.case))
  return found && !isFree(found, once.rule) ? earlierOf(found, { once, account }) : undefined
}

/**
 * Takes the keys of what is handed in together, in the transaction in which its cases are opened: of two under one key the
 * second is refused. Gives the problems, by the drafts that have one.
 */
export async function claimOnce(
  { cases }: { readonly cases: Pick<Cases, 'byId'> },
  client: PoolClient,
  claims: readonly OnceClaim[],
): Promise<ReadonlyMap<string, Problem>> {
  const refused = new Map<string, Problem>()
  if (claims.length === 0) return refused
  const wanted = claims.map(({ once: { key }, draft, case: id }) => ({ key, draft, case: id }))
  const holders = new Map((await takeKeys(client, wanted)).map((one) => [one.key.toString('hex'), one]))
  for (const claim of claims) {
    const name = claim.once.key.toString('hex')
    const holder = holders.get(name)
    // The same draft, sent twice: it is told of the case that is there.
    if (holder === undefined || holder.draft === claim.draft) continue
    const mine: OnceHolder = { key: holder.key, draft: claim.draft, case: claim.case }
    const isOfThese = claims.some((one) => one.case === holder.case)
    const found = isOfThese ? undefined : await cases.byId(client, holder.case)
    if (isOfThese || (found !== undefined && !isFree(found, claim.once.rule))) {
      refused.set(claim.draft, appliedProblem(claim.once.rule, found && earlierOf(found, claim)))
      continue
    }
    await takeOver(client, mine)
    holders.set(name, mine)
  }
  return refused
}

const cameToNothing: readonly Case['state'][] = ['withdrawn', 'lapsed', 'voided']

/** Whether what was applied for may be applied for anew. */
function isFree({ state, decision }: Pick<Case, 'state' | 'decision'>, { freedBy }: OnceRule): boolean {
  if (cameToNothing.includes(state)) return true
  return state === 'completed' && decision !== undefined && freedBy.includes(decision.outcome)
}

/** Who handed it in may open it, and of whom it is. */
function earlierOf(
  { id, applicant, party }: Pick<Case, 'id' | 'applicant' | 'party'>,
  { once, account }: Pick<OnceClaim, 'once' | 'account'>,
): Earlier {
  return { case: id, mayOpen: applicant === account || party === once.applicant }
}

function appliedProblem({ otherwise }: OnceRule, earlier: Earlier | undefined): Problem {
  const application = earlier?.mayOpen ? { application: `/me/applications/${earlier.case}` } : {}
  return submissionProblem('application-once', { detail: otherwise, extensions: application })
}
