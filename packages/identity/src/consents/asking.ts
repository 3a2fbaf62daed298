import { inTransaction, Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { IdentityGround } from '../ground.ts'
import { consentRoomProblems } from '../problems/consents.ts'
import { day, mostAskedPerDay, questionDays } from './consent.ts'
import type { ConsentAnswer } from './consents.ts'
import { askedNotice } from './notices.ts'
import { orCode } from './plain-words.ts'
import type { ConsentPorts } from './ports.ts'
import { countAsked, findSameAsked, findUnwanted, holdAsking, takeUnannounced } from './store/asking.ts'
import { insertAsked, type SubjectKey } from './store/consents.ts'
import { readAsking } from './terms.ts'

type Room = Pick<IdentityGround, 'pool' | 'clock' | 'hashKey'> & { readonly ports: ConsentPorts }

/** By what a person is found whom an agency names by a number. */
export function subjectKey(
  hashKey: Uint8Array,
  { scheme, value }: { readonly scheme: string; readonly value: string },
): SubjectKey {
  return { scheme, hash: keyedHash(hashKey, `consent:${scheme}:${value}`) }
}

/**
 * An agency asks. The answer, and the work for it, is the same whether the person has an account: who has one is told by a
 * job. A question that waits already is not asked twice, and one that the person wants to hear no more stays refused.
 * Throws Problem `consent-question-invalid`, `consent-too-many`.
 */
export async function ask(room: Room, sent: unknown, member: string): Promise<ConsentAnswer> {
  const { subject: named, ...asking } = readAsking(sent, member)
  refuseUnnamed(room.ports, asking.terms.purpose)
  const at = room.clock()
  const scheme = named.scheme === 'national-id' ? 'national-id' : 'foreigner-number'
  const subject = subjectKey(room.hashKey, named)
  const account = await room.ports.accounts.findByIdentifier(scheme, named.value)
  return await inTransaction(room.pool, async (client) => {
    const about = { member, subject, terms: asking.terms, at }
    await holdAsking(client, about)
    const unwanted = await findUnwanted(client, about)
    if (unwanted !== undefined) return { id: unwanted, state: 'refused' }
    const same = await findSameAsked(client, about)
    if (same !== undefined) return { id: same, state: 'asked' }
    if ((await countAsked(client, about, at - day)) >= mostAskedPerDay)
      throw new Problem(consentRoomProblems['consent-too-many'])
    const until = at + questionDays * day
    const id = await insertAsked(client, asking, { subject, at, until, account: account?.id })
    return { id, state: 'asked' }
  })
}

/** Nobody can decide about a purpose that the country has no words for. */
function refuseUnnamed({ words }: ConsentPorts, purpose: string): void {
  if (words.purpose(purpose) !== undefined) return
  throw new Problem(consentRoomProblems['consent-question-invalid'], {
    detail: {
      th: `ไม่มีวัตถุประสงค์ ${purpose} ในรายการของประเทศ`,
      en: `The country has no purpose ${purpose}.`,
    },
  })
}

/** Tells people what agencies have asked of them; how many. A job for every few seconds. */
export async function announce({ pool, clock, ports }: Room): Promise<number> {
  return await inTransaction(pool, async (client) => {
    const asked = await takeUnannounced(client, clock())
    for (const { id, consumer, account } of asked) {
      const notice = askedNotice(orCode(ports.words.member(consumer), consumer), id)
      await ports.notices.send(client, { account, kind: 'consent', ...notice })
    }
    return asked.length
  })
}
