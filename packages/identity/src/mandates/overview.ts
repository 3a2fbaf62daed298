import type { Text } from '@sapan/kernel'
import { derive, type SilentRegister } from './derive.ts'
import type { Proposal } from './given/proposal.ts'
import { addressedTo, type GivenRoom } from './given/propose.ts'
import type { HelperRoom } from './helper/ask.ts'
import type { JointAct } from './joint/joint-act.ts'
import type { JointRoom } from './joint/room.ts'
import { type Mandate, type MandateRecord, obstacle } from './mandate.ts'
import { type Doer, numberHash } from './room.ts'
import type { HelperRequest } from './store/helper-requests.ts'

export type WholeRoom = GivenRoom & JointRoom & HelperRoom

/** A mandate that one has given, with who holds it. */
export interface GivenMandate extends MandateRecord {
  readonly holderName: Text
}

/** All that somebody's page of mandates shows. */
export interface Overview {
  /** What they hold now. */
  readonly held: readonly Mandate[]
  readonly given: readonly GivenMandate[]
  /** Offers and requests that wait for their answer. */
  readonly waiting: readonly Proposal[]
  /** Their own, the newest first. */
  readonly sent: readonly Proposal[]
  readonly help: readonly HelperRequest[]
  readonly joint: readonly JointAct[]
  /** Names of registers that did not answer. */
  readonly silent: readonly Text[]
}

const month = 30 * 86_400_000

/** What an account holds now: live ones; those from registers are asked for now. */
export async function heldMandates(
  room: WholeRoom,
  account: string,
): Promise<{ readonly mandates: readonly Mandate[]; readonly silent: readonly SilentRegister[] }> {
  const [derived, given] = await Promise.all([derive(room, account), heldFromPersons(room, account)])
  return { mandates: [...derived.mandates, ...given], silent: derived.silent }
}

/** Of what an account holds what it can use now. */
export async function usableMandates(room: WholeRoom, account: string): Promise<readonly Mandate[]> {
  const { mandates } = await heldMandates(room, account)
  return mandates.filter((mandate) => obstacle(mandate, room.clock()) === undefined)
}

/** What persons gave: also what begins later or is suspended, but not what is over. */
async function heldFromPersons(room: WholeRoom, account: string): Promise<Mandate[]> {
  const records = await room.records.heldBy(room.pool, account)
  return records
    .filter((record) => record.giver !== undefined && obstacle(record, room.clock()) !== 'ended')
    .map((record) => ({
      ...record,
      name: record.content.name,
      scopes: record.content.scopes.map((code) => ({ code, how: 'alone' as const })),
      others: [],
    }))
}

export async function overview(room: WholeRoom, { account }: Pick<Doer, 'account'>): Promise<Overview> {
  const now = room.clock()
  const to = await addressedTo(room, account)
  const { mandates, silent } = await heldMandates(room, account)
  const subjects = mandates.flatMap(({ content }) =>
    content.number ? [numberHash(room, content.number)] : [],
  )
  const [waiting, sent, help, joint, given] = await Promise.all([
    room.proposals.waitingFor(room.pool, to, now),
    room.proposals.sentBy(room.pool, account, now - 6 * month),
    room.helpers.waitingFor(room.pool, account, now),
    room.joint.list(room.pool, { subjects, account, now }),
    givenBy(room, account),
  ])
  return { held: mandates, given, waiting, sent, help, joint, silent: silent.map(({ name }) => name) }
}

async function givenBy(room: WholeRoom, account: string): Promise<GivenMandate[]> {
  const records = await room.records.givenBy(room.pool, account)
  const live = records.filter((record) => obstacle(record, room.clock()) !== 'ended')
  return await Promise.all(
    live.map(async (record) => ({
      ...record,
      holderName: (await room.accounts.find(record.holder))?.name ?? { th: '', en: '' },
    })),
  )
}
