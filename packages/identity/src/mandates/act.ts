import type { PoolClient, Text } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { endByRegister } from './derive.ts'
import { type MandateRecord, obstacle, type StatusPlace } from './mandate.ts'
import {
  type Doer,
  holdAccounts,
  type MandateEventOf,
  type MandateRoom,
  mandateProblem,
  nationalNumber,
  openAccount,
  record,
} from './room.ts'
import type { Authority } from './sources/authority.ts'

/** One thing that is to be done for another. */
export interface ActRequest {
  readonly scope: string
  /** Whole baht, where the act is about money. */
  readonly amount?: number
  /** The member id of the agency where it is done. */
  readonly agency?: string
  /** Whether the doer declares that the company's seal is put to it. */
  readonly seal?: boolean
  /** It is only prepared: registers are asked, nobody is bound yet. */
  readonly preparing?: boolean
}

/** What tokens and evidence say of whom somebody acts for. */
export interface Representation {
  readonly mandate: string
  readonly kind: 'mandate' | 'helper'
  readonly represents: { readonly kind: 'company' | 'person'; readonly id: string }
  readonly name: Text
  /** Of a person who gave the mandate themselves. */
  readonly account?: string
  /** The one kind of act, and for what agencies may be asked in it. */
  readonly scope: string
  readonly purposes: readonly string[]
  readonly status: StatusPlace
  /** Milliseconds since 1970. */
  readonly till?: number
  /** Of a helper. */
  readonly case?: string
  readonly appointment?: string
}

/**
 * Lets one act be done under a mandate, and records it with all whom it is about. Everything is looked at anew: whether
 * it was withdrawn, ran out, is suspended; limits; and what the register says.
 *
 * Throws `mandate-not-found` (also for another's, which is logged), `mandate-ended`, `mandate-not-begun`,
 * `mandate-suspended`, `mandate-account-closed`, `mandate-scope-outside`, `mandate-limit-exceeded`,
 * `mandate-needs-joint`, `mandate-seal-needed`, `mandate-register-silent`.
 */
export async function act(
  room: MandateRoom,
  doer: Doer,
  mandateId: string,
  request: ActRequest,
): Promise<Representation> {
  const mandate = await ownMandate(room, doer, mandateId)
  await openAccount(room, doer.account)
  const representation = await (mandate.giver === undefined
    ? underRegister(room, mandate, request)
    : underGiver(room, { ...mandate, giver: mandate.giver }, request))
  const event = await actEvent(room, { doer, mandate, request, representation })
  await inTransaction(room.pool, async (client) => {
    await refuseChanged(room, client, mandate)
    await record(room, client, event)
  })
  return representation
}

/** The doer's own mandate. Another's is not told from none, and the try is logged. */
export async function ownMandate(room: MandateRoom, doer: Doer, id: string): Promise<MandateRecord> {
  const mandate = isId(id) ? await room.records.byId(room.pool, id) : undefined
  if (mandate?.holder === doer.account) return mandate
  if (mandate)
    room.log.warn({ account: doer.account, mandate: id }, 'a mandate of somebody else was asked for')
  throw mandateProblem('mandate-not-found')
}

export function isId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

/** Throws for a mandate that cannot be used now, whatever it covers. */
export function refuseOver(room: Pick<MandateRoom, 'clock'>, mandate: MandateRecord): void {
  const found = obstacle(mandate, room.clock())
  if (found === 'ended') throw mandateProblem('mandate-ended')
  if (found === 'suspended') throw mandateProblem('mandate-suspended')
  if (found === 'early') throw mandateProblem('mandate-not-begun')
}

/** It may have been withdrawn, and an account frozen, while a register was asked. */
async function refuseChanged(
  room: MandateRoom,
  client: PoolClient,
  { id, holder, giver = holder }: MandateRecord,
): Promise<void> {
  const areOpen = await holdAccounts(client, [holder, giver])
  const now = await room.records.byId(client, id, true)
  if (!now) throw mandateProblem('mandate-not-found')
  refuseOver(room, now)
  if (!areOpen) throw mandateProblem('mandate-account-closed')
}

async function underRegister(
  room: MandateRoom,
  mandate: MandateRecord,
  request: ActRequest,
): Promise<Representation> {
  refuseOver(room, mandate)
  const { source, content } = mandate
  const holder = await nationalNumber(room, mandate.holder)
  const number = content.number ?? ''
  const authority =
    holder === undefined || (source !== 'company' && source !== 'child')
      ? undefined
      : await room.sources[source].one(holder, number)
  if (authority === undefined) {
    await endByRegister(room, mandate)
    throw mandateProblem('mandate-ended')
  }
  const use = useOf(room, authority, request)
  if (use.how === 'jointly') throw mandateProblem('mandate-needs-joint')
  if (use.how === 'sealed' && request.seal !== true) throw mandateProblem('mandate-seal-needed')
  return {
    mandate: mandate.id,
    kind: 'mandate',
    represents: { kind: source === 'company' ? 'company' : 'person', id: number },
    name: authority.name,
    ...scoped(room, use.code),
    status: mandate.status,
    ...(authority.till === undefined ? {} : { till: authority.till }),
  }
}

/** What needs others or the seal is prepared without them, under the kind of act that the country names for that. */
function useOf(
  { country }: MandateRoom,
  { scopes }: Authority,
  { scope, preparing }: ActRequest,
): Authority['scopes'][number] {
  const use = scopes.find(({ code }) => code === scope)
  if (use === undefined) throw mandateProblem('mandate-scope-outside')
  if (preparing !== true || use.how === 'alone') return use
  const preparedAs = country.scopes.find(({ code }) => code === scope)?.preparedAs
  return scopes.find(({ code, how }) => code === preparedAs && how === 'alone') ?? use
}

async function underGiver(
  room: MandateRoom,
  mandate: MandateRecord & { readonly giver: string },
  request: ActRequest,
): Promise<Representation> {
  refuseOver(room, mandate)
  const giver = await openAccount(room, mandate.giver)
  const { content, source } = mandate
  if (source === 'helper') await refuseOffDuty(room, mandate)
  if (!content.scopes.includes(request.scope)) throw mandateProblem('mandate-scope-outside')
  refuseBeyond(mandate, request)
  return {
    mandate: mandate.id,
    kind: source === 'helper' ? 'helper' : 'mandate',
    represents: { kind: 'person', id: await personNumber(room, mandate.giver) },
    account: mandate.giver,
    name: giver.name,
    ...scoped(room, request.scope),
    status: mandate.status,
    ...(mandate.till === undefined ? {} : { till: mandate.till }),
    ...(content.case === undefined ? {} : { case: content.case }),
    ...(content.appointment === undefined ? {} : { appointment: content.appointment }),
  }
}

/** What a token says of the one kind of act: a gateway refuses all that is for other purposes. */
export function scoped({ country }: MandateRoom, scope: string): Pick<Representation, 'scope' | 'purposes'> {
  return { scope, purposes: country.scopes.find(({ code }) => code === scope)?.purposes ?? [] }
}

async function refuseOffDuty(room: MandateRoom, { content }: MandateRecord): Promise<void> {
  const { duty } = room.country.helper
  const holds = await room.officers.hasDuty(content.appointment ?? '', duty, room.clock())
  if (!holds) throw mandateProblem('mandate-ended')
}

/** Where a limit is set and the act does not say how it stands to it, it is beyond. */
function refuseBeyond({ content, source }: MandateRecord, { amount, agency, scope }: ActRequest): void {
  const { limits } = content
  const isAmountBeyond =
    limits.amount !== undefined && (amount === undefined ? scope === 'pay' : amount > limits.amount)
  const isElsewhere =
    limits.agencies !== undefined && source === 'person' && !limits.agencies.includes(agency ?? '')
  if (isAmountBeyond || isElsewhere) throw mandateProblem('mandate-limit-exceeded')
}

/** The number under which agencies know a person. */
export async function personNumber(room: MandateRoom, account: string): Promise<string> {
  const identifiers = (await room.accounts.identifiersOf(account)).filter(({ proved }) => proved)
  for (const scheme of ['national-id', 'foreigner-number', 'passport']) {
    const found = identifiers.find((identifier) => identifier.scheme === scheme)
    if (found) return found.value
  }
  throw mandateProblem('mandate-account-closed')
}

interface MandateActed {
  readonly doer: Doer
  readonly mandate: MandateRecord
  readonly request: ActRequest
  readonly representation: Representation
}

/** What the histories of all whom an act is about say of it. */
async function actEvent(
  room: MandateRoom,
  { doer, mandate, request, representation }: MandateActed,
): Promise<MandateEventOf> {
  const { content, source, giver } = mandate
  const by = await room.accounts.find(doer.account)
  const { name } = representation
  const scope = room.country.scopes.find(({ code }) => code === representation.scope)?.name
  const child = source === 'child' ? await childAccount(room, content.number ?? '') : undefined
  const detail = {
    mandate: mandate.id,
    source,
    th: name.th,
    en: name.en,
    thBy: by?.name.th ?? '',
    enBy: by?.name.en ?? '',
    thScope: scope?.th ?? '',
    enScope: scope?.en ?? '',
    ...(request.agency === undefined ? {} : { agency: request.agency }),
    ...(content.case === undefined ? {} : { case: content.case }),
  }
  return { kind: 'mandate-act', accounts: [doer.account, giver, child], detail, doer }
}

/** A child may have an account of its own, whose history says what parents did. */
async function childAccount(room: MandateRoom, number: string): Promise<string | undefined> {
  return (await room.accounts.findByIdentifier('national-id', number))?.id
}
