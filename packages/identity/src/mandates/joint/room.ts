import type { PoolClient } from '@sapan/kernel'
import { isId } from '../act.ts'
import type { MandateHistoryKind } from '../history-kinds.ts'
import { type Doer, type MandateRoom, mandateProblem, nationalNumber, record } from '../room.ts'
import type { Authority } from '../sources/authority.ts'
import type { JointRecords } from '../store/joint-acts.ts'
import type { JointAct } from './joint-act.ts'

export interface JointRoom extends MandateRoom {
  readonly joint: JointRecords
}

/** What the register says of somebody and the company or child: asked anew with `now`. Undefined for one not in office. */
export async function inOffice(
  room: MandateRoom,
  { account }: Doer,
  { source, number }: Pick<JointAct, 'source' | 'number'>,
  now: boolean,
): Promise<Authority | undefined> {
  const holder = await nationalNumber(room, account)
  return holder === undefined ? undefined : await room.sources[source].one(holder, number, now)
}

/** Throws `joint-act-session-used` where the same sign-in confirmed it for somebody else. */
export async function addConfirmation(
  room: JointRoom,
  client: PoolClient,
  { doer, id, seal }: { readonly doer: Doer; readonly id: string; readonly seal: boolean },
): Promise<void> {
  const { account, session, authenticatedAt } = doer
  const at = room.clock()
  const isOwn = await room.joint.confirm(client, { act: id, account, session, seal, authenticatedAt, at })
  if (!isOwn) throw mandateProblem('joint-act-session-used')
}

/** Writes what happened to a joint act into the histories of those who took part. */
export async function tell(
  room: MandateRoom,
  client: PoolClient,
  told: {
    readonly kind: Extract<MandateHistoryKind, `joint-act-${string}`>
    readonly act: Pick<JointAct, 'id' | 'name' | 'hash'>
    readonly accounts: readonly string[]
    readonly doer: Doer
  },
): Promise<void> {
  const { act, kind, accounts, doer } = told
  const detail = { act: act.id, hash: act.hash, th: act.name.th, en: act.name.en }
  await record(room, client, { kind, accounts, detail, doer })
}

/**
 * A joint act as one who may confirm it, or took part in it, sees it. Anybody else's: `joint-act-not-found`, logged.
 * Throws `mandate-register-silent` only to those who took no part.
 */
export async function seenAct(room: JointRoom, doer: Doer, id: string): Promise<JointAct> {
  const act = isId(id) ? await room.joint.byId(room.pool, id, room.clock()) : undefined
  if (act === undefined) throw mandateProblem('joint-act-not-found')
  if (await room.joint.tookPart(room.pool, id, doer.account)) return act
  if (await inOffice(room, doer, act, false)) return act
  room.log.warn({ account: doer.account, act: id }, 'a joint act of others was asked for')
  throw mandateProblem('joint-act-not-found')
}

/** The act as a transaction sees it that keeps others from changing it. */
export async function heldAct(room: JointRoom, client: PoolClient, id: string): Promise<JointAct> {
  await room.joint.hold(client, id)
  const act = await room.joint.byId(client, id, room.clock())
  if (act === undefined) throw mandateProblem('joint-act-not-found')
  return act
}

/** Throws `joint-act-void`, `joint-act-over`. */
export function refuseOverAct({ state }: JointAct): void {
  if (state !== 'open') throw mandateProblem(state === 'void' ? 'joint-act-void' : 'joint-act-over')
}
