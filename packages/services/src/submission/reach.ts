import type { DocumentReach } from '@sapan/documentbox'
import type { Mandate } from '@sapan/identity'
import type { PaymentReach } from '@sapan/payments'
import type { ServicesGround } from '../ground.ts'
import { partiesBy } from './who.ts'

type Ground = Pick<ServicesGround, 'rooms' | 'hashKey'>
type DefinedGround = Ground & { readonly definitions: Pick<ServicesGround['definitions'], 'current'> }

/** Kinds of act that belong to no service: looking at all that is a person's, and paying what they owe. */
const looking = 'see-documents'
const paying = 'pay'

/**
 * Whose documents an account may see and share: its own; of those for whom it acts what its mandates cover: all of them by a
 * mandate to look, and what comes of the services whose kind of act it may do.
 */
export async function documentsWithin(
  ground: DefinedGround,
  account: string,
): Promise<readonly DocumentReach[]> {
  return await within(ground, account, { mayShare: true }, (mandate) => {
    const { agencies } = mandate.content.limits ?? {}
    const issuers = agencies && { issuers: agencies }
    const services = ground.definitions.current().filter(({ applicant }) => has(mandate, applicant.scope))
    return [
      ...(has(mandate, looking) ? [{ ...issuers, mayShare: false }] : []),
      ...(services.length > 0
        ? [{ ...issuers, services: services.map(({ id }) => id), mayShare: true }]
        : []),
    ]
  })
}

/** Whose payments an account may settle: its own; of those for whom it acts what its mandates to pay cover. */
export async function paymentsWithin(ground: Ground, account: string): Promise<readonly PaymentReach[]> {
  return await within(ground, account, {}, (mandate) => {
    const { agencies, amount } = mandate.content.limits ?? {}
    const payees = agencies && { payees: agencies }
    const most = amount === undefined ? {} : { most: amount * 100 }
    return has(mandate, paying) ? [{ ...payees, ...most }] : []
  })
}

/** What is of the account itself, and what of whom each mandate is about lies within it. */
async function within<Reach>(
  ground: Ground,
  account: string,
  own: Reach,
  reachOf: (mandate: Mandate) => readonly Reach[],
): Promise<readonly (Reach & { readonly party: string })[]> {
  const held = await ground.rooms.mandates.of(account)
  const ownParties = await partiesBy(ground, account, [])
  const others = await Promise.all(
    held.map(async (mandate) => {
      const parties = await partiesBy(ground, account, [mandate])
      const theirs = parties.filter((party) => !ownParties.includes(party))
      return theirs.flatMap((party) => reachOf(mandate).map((reach) => ({ ...reach, party })))
    }),
  )
  return [...ownParties.map((party) => ({ ...own, party })), ...others.flat()]
}

function has({ scopes }: Mandate, scope: string | undefined): boolean {
  return scopes.some(({ code }) => code === scope)
}
