import type { Case, CasePerson } from '@sapan/casework'
import { type Mandate, obstacle, type Visitor } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import type { Party } from '../draft/draft.ts'
import type { ServicesGround } from '../ground.ts'
import type { SignedIn } from '../prefill/asker.ts'
import { partyKey } from './plan.ts'

/** Who hands in: the person in their session. */
export interface Submitter extends SignedIn {
  /** Milliseconds since 1970: when they last proved that it is them. */
  readonly authenticatedAt: number
  /** Whether they declare that the company's seal is put to it. */
  readonly seal?: boolean
}

/** A visitor as who does something; `seal`: they declare that the company's seal is put to it. */
export function submitterOf({ account, session, level, authenticatedAt }: Visitor, seal = false): Submitter {
  return { kind: 'applicant', account, session, level, authenticatedAt, ...(seal ? { seal } : {}) }
}

type RoomsGround = Pick<ServicesGround, 'rooms' | 'hashKey'>

/**
 * A person with the keyed hashes of themselves and of all for whom they may act now. Those that come from registers are
 * asked for; where one is silent, they are left out.
 */
export async function personOf(ground: RoomsGround, account: string): Promise<CasePerson> {
  return { account, parties: await partiesOf(ground, account) }
}

/** Keyed hashes of the person and of all for whom they may act. */
export async function partiesOf(ground: RoomsGround, account: string): Promise<readonly string[]> {
  return await partiesBy(ground, account, await ground.rooms.mandates.of(account))
}

/** Registers that say for whom a person may act, and do not answer now. */
export async function silentOf(
  { rooms }: Pick<RoomsGround, 'rooms'>,
  account: string,
): Promise<readonly Text[]> {
  const { silent } = await rooms.mandates.interests(account)
  return silent.map(({ name }) => name)
}

type Given = Pick<Mandate, 'source' | 'giver' | 'content'>

/** Keyed hashes of the person and of all whom these mandates are about. */
export async function partiesBy(
  ground: RoomsGround,
  account: string,
  mandates: readonly Given[],
): Promise<readonly string[]> {
  const own = await numbersOf(ground, account)
  const others = await Promise.all(
    mandates.map(async ({ source, giver, content }) => {
      if (giver !== undefined) return await numbersOf(ground, giver)
      if (content.number === undefined) return []
      const scheme = source === 'company' ? 'juristic-id' : 'national-id'
      return [partyKey(ground, { scheme, id: content.number })]
    }),
  )
  return [...new Set([...own, ...others.flat()])]
}

const schemes = ['national-id', 'foreigner-number', 'passport'] as const

/** Keyed hashes of the numbers that were proved for an account. */
async function numbersOf(ground: RoomsGround, account: string): Promise<readonly string[]> {
  const identifiers = await ground.rooms.accounts.identifiersOf(account)
  return identifiers.flatMap(({ scheme, value, proved }) => {
    const known = schemes.find((one) => one === scheme)
    return proved && known !== undefined ? [partyKey(ground, { scheme: known, id: value })] : []
  })
}

/** Whom a visitor has chosen to act for. */
export interface ActsFor {
  readonly party: Party
  /** The register that is to say that they may, where it does not answer: it may have another word by now. */
  readonly silent?: Text
}

type ActingGround = RoomsGround & Pick<ServicesGround, 'clock'>

/**
 * Whom a visitor has chosen to act for; undefined where they act for themselves, or the mandate is not in force: it is
 * over, suspended, or begins later.
 */
export async function actsFor(
  { rooms, clock }: ActingGround,
  { account, acting }: Pick<Visitor, 'account' | 'acting'>,
): Promise<ActsFor | undefined> {
  if (acting === undefined) return undefined
  const { held, silent } = await rooms.mandates.interests(account)
  // For officers' own cases, `held` has also what lets nobody act.
  const mandate = held.find((one) => one.id === acting.mandate && obstacle(one, clock()) === undefined)
  const party = mandate && (await partyIn(rooms, mandate))
  if (party === undefined) return undefined
  const register = silent.find(({ source }) => source === mandate?.source)
  return register === undefined ? { party } : { party, silent: register.name }
}

/** Whom a visitor acts for now; undefined where they act for themselves, or it is not known that they still may. */
export async function partyOf(
  ground: ActingGround,
  who: Pick<Visitor, 'account' | 'acting'>,
): Promise<Party | undefined> {
  const found = await actsFor(ground, who)
  return found?.silent === undefined ? found?.party : undefined
}

async function partyIn(
  rooms: RoomsGround['rooms'],
  { source, giver, content }: Given,
): Promise<Party | undefined> {
  if (giver === undefined)
    return content.number === undefined
      ? undefined
      : { scheme: source === 'company' ? 'juristic-id' : 'national-id', id: content.number }
  const known = (await rooms.accounts.identifiersOf(giver)).filter(({ proved }) => proved)
  for (const scheme of schemes) {
    const found = known.find((one) => one.scheme === scheme)
    if (found !== undefined) return { scheme, id: found.value }
  }
  return undefined
}

/** Whether a case is the person's own or of one for whom they act; else they were only asked for consent. */
export function isOwn(found: Pick<Case, 'applicant' | 'party'>, { account, parties }: CasePerson): boolean {
  return found.applicant === account || (found.party !== undefined && parties.includes(found.party))
}
