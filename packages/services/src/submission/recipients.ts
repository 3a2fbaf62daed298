import type { Case } from '@sapan/casework'
import { obstacle } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import { applicationOf } from '../application/of-case.ts'
import type { ServicesGround } from '../ground.ts'
import { partiesBy } from './who.ts'

type Ground = Pick<ServicesGround, 'rooms' | 'hashKey' | 'clock'>

/**
 * Accounts that are told of a case: whose it is. Of one that was handed in for another, the other, where they have an account,
 * and who handed it in as long as they act for them. Registers are asked: not to be called while a transaction is open.
 */
export async function recipientsOf(ground: Ground, found: Case): Promise<readonly string[]> {
  const { applicant, party, content } = found
  if (party === undefined || content === null) return [applicant]
  const { scheme, id, mandate } = applicationOf(found).applicant
  const own = scheme === 'juristic-id' ? undefined : await ground.rooms.accounts.findByIdentifier(scheme, id)
  const theirs = own?.state === 'open' ? [own.id] : []
  const isActing = await stillActs(ground, { account: applicant, mandate, party })
  return [...new Set([...(isActing ? [applicant] : []), ...theirs])]
}

interface Acting {
  readonly account: string
  /** Under which it was handed in. */
  readonly mandate: string | undefined
  readonly party: string
}

/** Under the mandate of then, or another by now: while a register is silent, what it said last counts. */
async function stillActs(ground: Ground, { account, mandate, party }: Acting): Promise<boolean> {
  const { mandates } = ground.rooms
  const now = ground.clock()
  try {
    const doer = { account, session: '', authenticatedAt: 0 }
    const held = await mandates.own(doer, mandate ?? '')
    // What a register says is asked anew.
    const isGiven = held.giver !== undefined
    if (isGiven && obstacle(held, now) === undefined) return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  const { held } = await mandates.interests(account)
  const inForce = held.filter((one) => obstacle(one, now) === undefined)
  return (await partiesBy(ground, account, inForce)).includes(party)
}
