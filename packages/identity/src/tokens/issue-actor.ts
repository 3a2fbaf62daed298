import { type Clock, Problem } from '@sapan/kernel'
import type { Mandates } from '../mandates/mandates.ts'
import type { Appointment } from '../officers/appointment.ts'
import type { Officers } from '../officers/officers.ts'
import { tokenProblems } from '../problems/tokens.ts'
import type { ActorTokenRequest, IssueActorToken } from '../provider/ports.ts'
import type { PairwiseSubjects } from '../provider/subjects.ts'
import type { SessionStatuses } from './session-statuses.ts'
import type { ActorClaims, Tokens } from './tokens.ts'

export interface ActorIssuing {
  readonly clock: Clock
  /** The member that runs the house; its own faces act in its name. */
  readonly operator: string
  readonly subjects: PairwiseSubjects
  readonly tokens: Pick<Tokens, 'actor'>
  readonly sessions: Pick<SessionStatuses, 'of'>
  readonly mandates: Pick<Mandates, 'act'>
  readonly officers: Pick<Officers, 'appointmentsOf'>
}

const seconds = 300

/**
 * Gives the token with which somebody acts at agencies: under the mandate or the appointment that is named, or else for
 * themselves. It is for systems of one member, the client's own. Throws `actor-audience-foreign`,
 * `actor-session-missing`, `actor-duty-missing`, and what `Mandates.act` throws.
 */
export function actorIssuer(room: ActorIssuing): IssueActorToken {
  return async (request) => {
    const audience = request.member ?? room.operator
    const { parameters } = request
    if (parameters.audience !== undefined && parameters.audience !== audience)
      throw new Problem(tokenProblems['actor-audience-foreign'])
    if (request.session === undefined) throw new Problem(tokenProblems['actor-session-missing'])
    const session = await room.sessions.of(request.account, request.session)
    const inSession = { ...request, audience, session: request.session }
    const acting = await actingAs(room, inSession, session)
    const named = parameters.case === undefined ? {} : { case: parameters.case }
    const token = room.tokens.actor({ ...acting, ...named, audience, seconds })
    return { token, expiresIn: seconds }
  }
}

type InSession = ActorTokenRequest & { readonly audience: string; readonly session: string }

async function actingAs(
  room: ActorIssuing,
  request: InSession,
  session: ActorClaims['status'],
): Promise<ActorClaims> {
  const subject = room.subjects.subjectOf(request.audience, request.account)
  const { mandate, appointment } = request.parameters
  if (mandate !== undefined) return { ...(await underMandate(room, request, { mandate, subject })), session }
  if (appointment !== undefined) return { subject, ...(await asOfficer(room, request, appointment)), session }
  return { subject, kind: 'person', status: session }
}

async function underMandate(
  { mandates, subjects, clock }: ActorIssuing,
  { account, session, member, audience, parameters, preparing }: InSession,
  { mandate, subject }: { readonly mandate: string; readonly subject: string },
): Promise<ActorClaims> {
  const doer = { account, session, authenticatedAt: clock() }
  const scope = parameters.scope ?? ''
  const made = await mandates.act(doer, mandate, {
    scope,
    ...(preparing === undefined ? {} : { preparing }),
    ...(member === undefined ? {} : { agency: member }),
  })
  const { kind, represents, purposes, status } = made
  return {
    subject:
      made.account === undefined
        ? subjects.partyOf(audience, represents)
        : subjects.subjectOf(audience, made.account),
    act: { sub: subject },
    kind,
    represents,
    scope: made.scope,
    purposes,
    status,
    ...(made.case === undefined ? {} : { case: made.case }),
  }
}

async function asOfficer(
  { officers, clock, operator }: ActorIssuing,
  { account, member, parameters }: InSession,
  id: string,
): Promise<Omit<ActorClaims, 'subject'>> {
  const held = await officers.appointmentsOf(account, clock())
  const appointment = held.find((one) => one.id === id && one.agency === (member ?? operator))
  const duty = parameters.scope ?? ''
  if (appointment?.status === undefined || !appointment.duties.includes(duty))
    throw new Problem(tokenProblems['actor-duty-missing'])
  return { kind: 'officer', officer: officerOf(appointment, duty), status: appointment.status }
}

function officerOf({ agency, title, roles }: Appointment, duty: string): NonNullable<ActorClaims['officer']> {
  const role = roles.find(({ code }) => code === duty)
  return { agency, duty, title, ...(role && { as: role.as }) }
}
