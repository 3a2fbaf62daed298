import type { Level } from '@sapan/identity'
import type { Applicant } from '../application/application.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'

/** Who asks registers: the applicant; at the desk an officer for a case; or the agency's system for a case. */
export type Asker = SignedIn | OfficerAsking | { readonly kind: 'system'; readonly case: string }

/** The applicant, or whoever acts for them, in their session. */
export interface SignedIn {
  readonly kind: 'applicant'
  readonly account: string
  readonly session: string
  readonly level: Level
}

export interface OfficerAsking {
  readonly kind: 'officer'
  readonly account: string
  readonly session: string
  readonly level: Level
  readonly appointment: string
  readonly agency: string
  readonly duty: string
  /** The number of the case. */
  readonly case: string
}

/** What a question carries of who asks. */
export interface Asking {
  readonly actor?: string
  readonly issue?: string
}

/** `TH/GOV/RD` of `TH/GOV/RD/efiling`. */
export function memberOf(id: string): string {
  return id.split('/').slice(0, 3).join('/')
}

/**
 * The token with which registers are asked. An officer of another agency than the one that asks (a district that decides
 * for it) has none there: then the agency's system asks for the case. Throws what `Rooms.actorToken` throws.
 */
export async function askingAs(
  { rooms }: { readonly rooms: Pick<ServicesGround['rooms'], 'actorToken'> },
  { consumer, applicant: rule }: Pick<ServiceDefinition, 'consumer' | 'applicant'>,
  applicant: Pick<Applicant, 'mandate'>,
  who: Asker,
): Promise<Asking> {
  if (who.kind === 'system') return { issue: who.case }
  const member = memberOf(consumer)
  if (who.kind === 'officer' && who.agency !== member) return { issue: who.case }
  const parameters =
    who.kind === 'officer'
      ? { appointment: who.appointment, scope: who.duty, case: who.case }
      : underMandate(applicant, rule.scope)
  const { account, session, level } = who
  const client = who.kind === 'officer' ? 'desk' : 'portal'
  // One director asks registers; only handing in binds the company.
  const preparing = who.kind === 'applicant' && applicant.mandate !== undefined ? { preparing: true } : {}
  const asked = { account, session, level, client, member, parameters, ...preparing }
  const { token } = await rooms.actorToken(asked)
  return { actor: token }
}

function underMandate(
  { mandate }: Pick<Applicant, 'mandate'>,
  scope: string | undefined,
): Record<string, string> {
  return mandate === undefined ? {} : { mandate, ...(scope === undefined ? {} : { scope }) }
}
