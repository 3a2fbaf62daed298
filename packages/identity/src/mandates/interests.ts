import { reachesAge } from './ages.ts'
import type { SilentRegister } from './derive.ts'
import { type MandateRecord, obstacle } from './mandate.ts'
import { heldMandates, type WholeRoom } from './overview.ts'
import { type MandateRoom, nationalNumber } from './room.ts'

/** For whom somebody has to stand aside as an officer. */
export interface Interests {
  /** Also what begins later, is suspended, or was last said by a register that is silent now. */
  readonly held: readonly MandateRecord[]
  /** Of these registers it is not known what else they would say. */
  readonly silent: readonly SilentRegister[]
}

/**
 * What an account holds, for keeping it from deciding its own matters, never for letting it act: of a register that is
 * silent, what it said last still counts, and that there may be more is said.
 */
export async function interests(room: WholeRoom, account: string): Promise<Interests> {
  const { mandates, silent } = await heldMandates(room, account)
  if (silent.length === 0) return { held: mandates, silent }
  const known = await room.records.heldBy(room.pool, account)
  const remembered = known.filter(
    (record) =>
      silent.some(({ source }) => source === record.source) && obstacle(record, room.clock()) !== 'ended',
  )
  return { held: [...mandates, ...remembered], silent }
}

/** Whether parents may act for the holder of an account: true also where its day of birth is not known. */
export async function mayBeUnderAge(room: MandateRoom, account: string): Promise<boolean> {
  const { accounts, country, clock } = room
  // The register of parents knows people by this number alone.
  if ((await nationalNumber(room, account)) === undefined) return false
  const birthDate = (await accounts.profileOf(account))?.birthDate
  if (birthDate === undefined) return true
  try {
    return reachesAge(birthDate, country.child.majority, country) > clock()
  } catch {
    return true
  }
}
