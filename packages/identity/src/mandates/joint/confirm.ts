import { inTransaction } from '@sapan/kernel'
import { ownMandate } from '../act.ts'
import { type Doer, mandateProblem, openAccount, refuseActing, refuseStale } from '../room.ts'
import type { JointAct } from './joint-act.ts'
import { addConfirmation, heldAct, inOffice, type JointRoom, refuseOverAct, seenAct, tell } from './room.ts'
import { settle } from './settle.ts'

/**
 * Confirms a joint act in one's own name; twice, in two tabs or sessions, is once. The register is then asked, and the act
 * is complete when its condition is met. Returns the act as it is after that.
 *
 * Throws `joint-act-not-found`, `joint-act-over`, `joint-act-void`, `joint-act-session-used`, `mandate-proof-stale`,
 * `mandate-not-passed-on`, `mandate-account-closed`, `mandate-register-silent`.
 */
export async function confirm(room: JointRoom, doer: Doer, id: string, seal = false): Promise<JointAct> {
  refuseStale(room, doer, room.country.joint.freshSeconds)
  const seen = await seenAct(room, doer, id)
  await refuseActingForAnother(room, doer, seen)
  await openAccount(room, doer.account)
  if (seen.state === 'open' && !(await inOffice(room, doer, seen, true))) {
    const { state } = await settle(room, doer, id)
    throw mandateProblem(state === 'void' ? 'joint-act-void' : 'joint-act-not-found')
  }
  await inTransaction(room.pool, async (client) => {
    refuseOverAct(await heldAct(room, client, id))
    await addConfirmation(room, client, { doer, id, seal })
    await tell(room, client, { kind: 'joint-act-confirmed', act: seen, accounts: [doer.account], doer })
  })
  const settled = await settle(room, doer, id)
  if (settled.state === 'void') throw mandateProblem('joint-act-void')
  return settled
}

/** Whoever reads it while they act for the company that it is about confirms it from there, in their own name as always. */
async function refuseActingForAnother(
  room: JointRoom,
  doer: Doer,
  { source, number }: JointAct,
): Promise<void> {
  if (doer.acting === undefined) return
  const mandate = await ownMandate(room, doer, doer.acting.mandate)
  if (mandate.source !== source || mandate.content.number !== number) refuseActing(doer)
}

/** Takes one's confirmation back, as long as the act is not complete. Throws `joint-act-not-found`, `joint-act-over`. */
export async function takeBackConfirmation(room: JointRoom, doer: Doer, id: string): Promise<void> {
  const seen = await seenAct(room, doer, id)
  await inTransaction(room.pool, async (client) => {
    refuseOverAct(await heldAct(room, client, id))
    if (!(await room.joint.unconfirm(client, id, doer.account, room.clock()))) return
    await tell(room, client, { kind: 'joint-act-unconfirmed', act: seen, accounts: [doer.account], doer })
  })
}

/** Calls an act off: whoever prepared it, as long as it is not complete. Throws as `takeBackConfirmation`. */
export async function callOff(room: JointRoom, doer: Doer, id: string): Promise<void> {
  const seen = await seenAct(room, doer, id)
  if (seen.preparedBy !== doer.account) throw mandateProblem('joint-act-not-found')
  await inTransaction(room.pool, async (client) => {
    const held = await heldAct(room, client, id)
    refuseOverAct(held)
    await room.joint.settle(client, id, { from: 'open', to: 'withdrawn', at: room.clock() })
    const accounts = [doer.account, ...held.confirmations.map(({ account }) => account)]
    await tell(room, client, { kind: 'joint-act-withdrawn', act: seen, accounts, doer })
  })
}
