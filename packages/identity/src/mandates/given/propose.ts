import { inTransaction, isNationalId, type PoolClient, uuidv7 } from '@sapan/kernel'
import {
  type Doer,
  type MandateRoom,
  mandateProblem,
  notify,
  numberHash,
  openAccount,
  record,
  refuseActing,
  refuseStale,
} from '../room.ts'
import type { ProposalRecords } from '../store/proposals.ts'
import { countTry } from '../store/tries.ts'
import { codeHash, newCode } from './code.ts'
import { type Addressee, type Proposal, plainWords } from './proposal.ts'
import { refuseTerms, type Terms } from './terms.ts'

export interface GivenRoom extends MandateRoom {
  readonly proposals: ProposalRecords
  /** Member ids of agencies that a mandate may be limited to. */
  readonly agencies: readonly string[]
}

export interface NewProposal {
  readonly direction: 'give' | 'ask'
  readonly to: Addressee
  readonly terms: Terms
  readonly reason?: string
}

const day = 86_400_000

/**
 * Offers another a mandate, or asks another for one. Whether anybody has the number is neither said nor to be felt: who
 * it is meant for finds it on their page, and is told apart from this. A code is given once.
 *
 * Throws `mandate-not-passed-on`, `mandate-proof-stale`, `mandate-account-closed`, `mandate-terms-invalid`,
 * `mandate-number-invalid`, `mandate-self`, `mandate-too-many`.
 */
export async function propose(
  room: GivenRoom,
  doer: Doer,
  proposed: NewProposal,
): Promise<{ readonly id: string; readonly code?: string }> {
  refuseActing(doer)
  const { country, agencies } = room
  const { direction, terms, to } = proposed
  if (direction === 'give') refuseStale(room, doer, country.confirmation.freshSeconds)
  const { name } = await openAccount(room, doer.account)
  const now = room.clock()
  refuseTerms(country, terms, { now, agencies })
  const number = to === 'code' ? undefined : await otherNumber(room, doer.account, to.number)
  const code = to === 'code' ? newCode() : undefined
  const days = direction === 'give' ? country.given.offerDays : country.asked.answerDays
  const reason = plainWords(proposed.reason ?? '')
  const proposal: Proposal = {
    id: uuidv7(now),
    direction,
    from: doer.account,
    fromName: name,
    terms,
    ...(reason === '' ? {} : { reason }),
    ...(number === undefined ? {} : { to: number }),
    state: 'open',
    createdAt: now,
    expiresAt: Math.min(now + days * day, terms.till),
  }
  const hash = code === undefined ? undefined : codeHash(room.hashKey, code)
  await inTransaction(room.pool, (client) => write(room, client, { doer, proposal, hash }))
  return code === undefined ? { id: proposal.id } : { id: proposal.id, code }
}

async function write(
  room: GivenRoom,
  client: PoolClient,
  { doer, proposal, hash }: { doer: Doer; proposal: Proposal; hash: Buffer | undefined },
): Promise<void> {
  const { direction, createdAt: at, to } = proposal
  const most = direction === 'give' ? room.country.given.perDay : room.country.asked.perDay
  const isFew = await countTry(client, { account: doer.account, kind: direction, most, since: at - day, at })
  if (!isFew) throw mandateProblem('mandate-too-many')
  await room.proposals.insert(client, proposal, {
    ...(to === undefined ? {} : { to: numberHash(room, to) }),
    ...(hash === undefined ? {} : { code: hash }),
  })
  await record(room, client, {
    kind: direction === 'give' ? 'mandate-offered' : 'mandate-asked',
    accounts: [doer.account],
    detail: { proposal: proposal.id },
    doer,
  })
}

async function otherNumber(room: MandateRoom, account: string, typed: string): Promise<string> {
  const number = typed.normalize('NFKC').replace(/[\s-]/g, '')
  if (!isNationalId(number)) throw mandateProblem('mandate-number-invalid')
  const own = (await room.accounts.identifiersOf(account)).map(({ value }) => value)
  if (own.includes(number)) throw mandateProblem('mandate-self')
  return number
}

/**
 * Tells those whom offers and requests by number are meant for, where they have an account that is open. Run every few
 * seconds. Returns how many proposals it has dealt with.
 */
export async function announce(room: GivenRoom, most = 50): Promise<number> {
  return await inTransaction(room.pool, async (client) => {
    const proposals = await room.proposals.unannounced(client, most)
    for (const proposal of proposals) {
      const { to = '', direction, fromName, id } = proposal
      const found =
        (await room.accounts.findByIdentifier('national-id', to)) ??
        (await room.accounts.findByIdentifier('foreigner-number', to))
      if (found?.state !== 'open' || found.id === proposal.from) continue
      await notify(room, client, {
        account: found.id,
        ...words(direction, fromName),
        link: `/me/mandates/answer/${id}`,
      })
    }
    if (proposals.length > 0) {
      const ids = proposals.map(({ id }) => id)
      await room.proposals.markAnnounced(client, ids, room.clock())
    }
    return proposals.length
  })
}

function words(direction: 'give' | 'ask', name: { th: string; en: string }) {
  return direction === 'give'
    ? {
        title: { th: 'มีผู้ให้คุณทำการแทน', en: 'Somebody offers you to act for them' },
        body: {
          th: `${name.th} ให้คุณทำการแทน ดูก่อนว่าทำอะไรได้บ้าง แล้วตอบรับหรือปฏิเสธ`,
          en: `${name.en} offers you to act for them. See what it covers, then accept or refuse.`,
        },
      }
    : {
        title: { th: 'มีผู้ขอทำการแทนคุณ', en: 'Somebody asks to act for you' },
        body: {
          th: `${name.th} ขอทำการแทนคุณ ดูก่อนว่าจะทำอะไรได้บ้าง แล้วเลือกให้หรือไม่ให้`,
          en: `${name.en} asks to act for you. See exactly what it would allow, then decide.`,
        },
      }
}

/** The number that an account is addressed by, and by what proposals for it are found. */
export async function addressedTo(room: MandateRoom, account: string) {
  const identifiers = await room.accounts.identifiersOf(account)
  const numbers = identifiers.filter(
    ({ scheme, proved }) => proved && (scheme === 'national-id' || scheme === 'foreigner-number'),
  )
  return { account, hashes: numbers.map(({ value }) => numberHash(room, value)) }
}
