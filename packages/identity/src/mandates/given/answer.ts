import { inTransaction, type PoolClient, uuidv7 } from '@sapan/kernel'
import { isId } from '../act.ts'
import type { MandateAccount } from '../ports.ts'
import {
  type Doer,
  holdOpen,
  mandateProblem,
  notify,
  openAccount,
  record,
  refuseActing,
  refuseStale,
} from '../room.ts'
import { countTry } from '../store/tries.ts'
import { codeHash } from './code.ts'
import type { Proposal } from './proposal.ts'
import { addressedTo, type GivenRoom } from './propose.ts'
import { partOf } from './terms.ts'

/** `accept` in part: some of its acts, for shorter. */
export type Answer = 'refuse' | { readonly scopes?: readonly string[]; readonly till?: number }

/** A proposal as whoever sent it or may answer it sees it. Anybody else's: `mandate-offer-not-found`, logged. */
export async function seenProposal(
  room: GivenRoom,
  doer: Doer,
  id: string,
): Promise<Proposal & { readonly isForMe: boolean }> {
  const to = await addressedTo(room, doer.account)
  const proposal = isId(id) ? await room.proposals.byId(room.pool, id, to) : undefined
  if (proposal && (proposal.isForMe || proposal.from === doer.account)) return proposal
  if (proposal) room.log.warn({ account: doer.account, proposal: id }, 'a proposal of others was asked for')
  throw mandateProblem('mandate-offer-not-found')
}

/** Gives in an invitation code, of which few tries are allowed. Throws `mandate-code-wrong`, `mandate-too-many`. */
export async function redeem(room: GivenRoom, doer: Doer, typed: string): Promise<string> {
  refuseActing(doer)
  const now = room.clock()
  const most = room.country.codeTriesPerHour
  const few = await inTransaction(room.pool, (client) =>
    countTry(client, { account: doer.account, kind: 'code', most, since: now - 3_600_000, at: now }),
  )
  if (!few) throw mandateProblem('mandate-too-many')
  const hash = codeHash(room.hashKey, typed)
  const id =
    hash &&
    (await inTransaction(room.pool, (client) =>
      room.proposals.redeem(client, { codeHash: hash, account: doer.account, now }),
    ))
  if (id === undefined) throw mandateProblem('mandate-code-wrong')
  return id
}

/**
 * Accepts a proposal, or a part of it, or refuses it; only whom it is meant for can. Returns the mandate's id where there
 * is one now. Throws `mandate-offer-not-found`, `mandate-offer-over`, `mandate-terms-invalid`, `mandate-account-closed`,
 * `mandate-not-passed-on`, `mandate-proof-stale`.
 */
export async function answer(
  room: GivenRoom,
  doer: Doer,
  id: string,
  given: Answer,
): Promise<string | undefined> {
  refuseActing(doer)
  const seen = await seenProposal(room, doer, id)
  if (!seen.isForMe) throw mandateProblem('mandate-offer-not-found')
  if (given !== 'refuse' && seen.direction === 'ask')
    refuseStale(room, doer, room.country.confirmation.freshSeconds)
  const to = await addressedTo(room, doer.account)
  const other = given === 'refuse' ? undefined : await openAccount(room, seen.from)
  const self = given === 'refuse' ? undefined : await openAccount(room, doer.account)
  return await inTransaction(room.pool, async (client) => {
    const proposal = await room.proposals.byId(client, id, to, true)
    if (!proposal) throw mandateProblem('mandate-offer-not-found')
    refuseAnswered(room, proposal)
    return given === 'refuse' || !self || !other
      ? await refuse(room, client, { doer, proposal })
      : await accept(room, client, { doer, proposal, given, self, other })
  })
}

function refuseAnswered({ clock }: GivenRoom, { state, expiresAt }: Proposal): void {
  if (state !== 'open' || clock() >= expiresAt) throw mandateProblem('mandate-offer-over')
}

interface Answering {
  readonly doer: Doer
  readonly proposal: Proposal
}

interface Accepting {
  readonly given: Exclude<Answer, 'refuse'>
  /** Who answers, and who sent it. */
  readonly self: MandateAccount
  readonly other: MandateAccount
}

async function refuse(
  room: GivenRoom,
  client: PoolClient,
  { doer, proposal }: Answering,
): Promise<undefined> {
  await room.proposals.close(client, proposal.id, { state: 'refused', at: room.clock() })
  const accounts = [doer.account, proposal.from]
  await record(room, client, { kind: 'mandate-refused', accounts, detail: { proposal: proposal.id }, doer })
  await notify(room, client, {
    account: proposal.from,
    title: { th: 'การทำการแทนถูกปฏิเสธ', en: 'A mandate was refused' },
    body: {
      th: 'อีกฝ่ายไม่รับข้อเสนอหรือคำขอของคุณ',
      en: 'The other person has refused your offer or request.',
    },
  })
}

async function accept(
  room: GivenRoom,
  client: PoolClient,
  { doer, proposal, given, self, other }: Answering & Accepting,
): Promise<string> {
  const now = room.clock()
  const [acting, actedFor] = proposal.direction === 'give' ? [self, other] : [other, self]
  const [holder, giver] = [acting.id, actedFor.id]
  if (holder === giver) throw mandateProblem('mandate-self')
  await holdOpen(client, [holder, giver])
  const terms = partOf(proposal.terms, given)
  if (terms.till <= now) throw mandateProblem('mandate-offer-over')
  const id = uuidv7(now)
  await room.records.insert(client, {
    id,
    source: 'person',
    holder,
    giver,
    content: { name: actedFor.name, scopes: terms.scopes, limits: terms.limits },
    from: Math.max(terms.from, now),
    till: terms.till,
    status: await room.statuses.allocate(client, { account: holder, kind: 'mandate' }),
    createdAt: now,
  })
  await room.proposals.close(client, proposal.id, { state: 'accepted', at: now, mandate: id })
  const by = { thBy: acting.name.th, enBy: acting.name.en }
  const detail = { mandate: id, source: 'person', th: actedFor.name.th, en: actedFor.name.en, ...by }
  await record(room, client, { kind: 'mandate-begun', accounts: [holder, giver], detail, doer })
  await notify(room, client, {
    account: proposal.from,
    title: { th: 'มีการตอบรับการทำการแทน', en: 'A mandate was accepted' },
    body: {
      th: `${acting.name.th} ทำการแทน ${actedFor.name.th} ได้ ตามที่ตอบรับไว้`,
      en: `${acting.name.en} may now act for ${actedFor.name.en}, as far as was accepted.`,
    },
  })
  return id
}

/** Takes an own proposal back that is not answered yet. Throws as `answer`. */
export async function takeBack(room: GivenRoom, doer: Doer, id: string): Promise<void> {
  const seen = await seenProposal(room, doer, id)
  if (seen.from !== doer.account) throw mandateProblem('mandate-offer-not-found')
  const to = await addressedTo(room, doer.account)
  await inTransaction(room.pool, async (client) => {
    const proposal = await room.proposals.byId(client, id, to, true)
    if (!proposal) throw mandateProblem('mandate-offer-not-found')
    refuseAnswered(room, proposal)
    await room.proposals.close(client, id, { state: 'withdrawn', at: room.clock() })
    const detail = { proposal: id }
    await record(room, client, { kind: 'mandate-offer-withdrawn', accounts: [doer.account], detail, doer })
  })
}
