import { inTransaction } from '@sapan/kernel'
import { type Representation, scoped } from '../act.ts'
import { ensureRecord } from '../derive.ts'
import { type Doer, mandateProblem, openAccount } from '../room.ts'
import { actHash, type JointAct } from './joint-act.ts'
import { heldAct, inOffice, type JointRoom, seenAct, tell } from './room.ts'

/** What evidence says of an act that several did together. */
export interface JointRepresentation extends Representation {
  readonly joint: string
  /** SHA-256 over the canonical JSON of what was done, in hex. */
  readonly hash: string
  /** Accounts of those who confirmed it. */
  readonly confirmedBy: readonly string[]
}

const day = 86_400_000

/**
 * Carries out a complete joint act, once, by one of those who hold the mandate. What is carried out must be what was
 * confirmed.
 *
 * Throws `joint-act-not-found`, `joint-act-over` (not complete, used before, or too late), `joint-act-void`,
 * `joint-act-changed`, `mandate-ended`, `mandate-account-closed`, `mandate-register-silent`.
 */
export async function carryOut(
  room: JointRoom,
  doer: Doer,
  id: string,
  what: { readonly scope: string; readonly act: unknown },
): Promise<JointRepresentation> {
  const seen = await seenAct(room, doer, id)
  await openAccount(room, doer.account)
  const hash = actHash(what.act).toString('hex')
  if (hash !== seen.hash || what.scope !== seen.scope) throw mandateProblem('joint-act-changed')
  const authority = await inOffice(room, doer, seen, true)
  if (authority === undefined) throw mandateProblem('mandate-ended')
  const mandate = await ensureRecord(room, doer.account, authority)
  if (mandate.suspended) throw mandateProblem('mandate-suspended')
  const accounts = await inTransaction(room.pool, async (client) => {
    const held = await heldAct(room, client, id)
    refuseUnusable(room, held)
    await room.joint.settle(client, id, { from: 'complete', to: 'used', at: room.clock() })
    const confirmedBy = held.confirmations.map(({ account }) => account)
    await tell(room, client, {
      kind: 'joint-act-used',
      act: seen,
      accounts: [doer.account, ...confirmedBy],
      doer,
    })
    return confirmedBy
  })
  return {
    mandate: mandate.id,
    kind: 'mandate',
    represents: { kind: seen.source === 'company' ? 'company' : 'person', id: seen.number },
    name: seen.name,
    ...scoped(room, seen.scope),
    status: mandate.status,
    joint: id,
    hash,
    confirmedBy: accounts,
  }
}

function refuseUnusable(room: JointRoom, { state, completedAt }: JointAct): void {
  if (state === 'void') throw mandateProblem('joint-act-void')
  const isLate = room.clock() >= (completedAt ?? 0) + room.country.joint.useDays * day
  if (state !== 'complete' || isLate) throw mandateProblem('joint-act-over')
}
