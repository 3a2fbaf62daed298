import type { CasePerson } from '@sapan/casework'
import type { Mandate } from '@sapan/identity'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'
import { partiesBy } from './who.ts'

type Ground = Pick<ServicesGround, 'rooms' | 'hashKey'>
/** What is done in a service is of its kind of act, at the agency whose it is. */
type Service = Pick<ServiceDefinition, 'applicant' | 'owner'>

/**
 * A person as they act in a service: with themselves, and those for whom they may do what it is. Who was only let look, or
 * act in other things or at other agencies, acts for nobody here. Undefined: a service that is no more.
 */
export async function actorIn(
  ground: Ground,
  account: string,
  service: Service | undefined,
): Promise<CasePerson> {
  const held = await ground.rooms.mandates.of(account)
  const fitting = held.filter((mandate) => service !== undefined && covers(mandate, service))
  return { account, parties: await partiesBy(ground, account, fitting) }
}

/** Whether a mandate lets act in a service: its kind of act, at its agency. Pure. */
export function covers({ scopes, content: { limits } }: Mandate, { applicant, owner }: Service): boolean {
  const isElsewhere = limits?.agencies !== undefined && !limits.agencies.includes(owner)
  return !isElsewhere && scopes.some(({ code }) => code === applicant.scope)
}

/**
 * A person as they are asked for their own yes: nobody whom they let act for them gives it, in whatever; parents do for their
 * children.
 */
export async function consenterOf(ground: Ground, account: string): Promise<CasePerson> {
  const held = await ground.rooms.mandates.of(account)
  const children = held.filter(({ source }) => source === 'child')
  return { account, parties: await partiesBy(ground, account, children) }
}
