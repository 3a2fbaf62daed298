import { inTransaction, type PoolClient, uuidv7 } from '@sapan/kernel'
import type { DecidedBy, MandateAccount } from '../ports.ts'
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
import type { HelperRequest } from '../store/helper-requests.ts'
import { type HelperRoom, seenRequest } from './ask.ts'

/** The person who decides, with how they signed in. */
export type Person = Doer & DecidedBy

/**
 * Lets a helper act, or not. From then on their time runs. Who lets them has proved lately that it is them: a browser that
 * somebody left open says no yes. Returns the mandate's id where they may. Throws `mandate-offer-not-found`,
 * `mandate-offer-over`, `mandate-account-closed`, `mandate-not-passed-on`, `mandate-proof-stale`.
 */
export async function decideHelp(
  room: HelperRoom,
  person: Person,
  id: string,
  decision: 'approve' | 'deny',
): Promise<string | undefined> {
  refuseActing(person)
  if (decision === 'approve') refuseStale(room, person, room.country.confirmation.freshSeconds)
  const seen = await seenRequest(room, person, id)
  if (seen.person !== person.account) throw mandateProblem('mandate-offer-not-found')
  const self = await openAccount(room, person.account)
  const mandate = await inTransaction(room.pool, async (client) => {
    const request = await room.helpers.byId(client, id, room.clock(), true)
    if (request?.state !== 'open') throw mandateProblem('mandate-offer-over')
    return decision === 'approve'
      ? await begin(room, client, { request, person, self })
      : await refuse(room, client, { request, person, self })
  })
  if (seen.question !== undefined) await answerQuestion(room, person, seen.question, decision)
  return mandate
}

/** The question is only how the person was reached: what they decided stands already. */
async function answerQuestion(
  room: HelperRoom,
  { account, session, level, authenticatedAt }: Person,
  question: string,
  decision: 'approve' | 'deny',
): Promise<void> {
  const by = { session, level, authenticatedAt }
  await room.backchannel.decide(account, question, decision, by).catch((error: unknown) => {
    room.log.warn({ error }, 'a question was over before its answer')
  })
}

interface Deciding {
  readonly request: HelperRequest
  readonly person: Doer
  readonly self: MandateAccount
}

async function begin(
  room: HelperRoom,
  client: PoolClient,
  { request, person, self }: Deciding,
): Promise<string> {
  const { helper, scopes, case: of, agency, appointment, helperName } = request
  await holdOpen(client, [helper, person.account])
  const now = room.clock()
  const id = uuidv7(now)
  await room.records.insert(client, {
    id,
    source: 'helper',
    holder: helper,
    giver: person.account,
    content: { name: self.name, scopes, limits: {}, case: of, agency, appointment },
    from: now,
    till: now + room.country.helper.minutes * 60_000,
    status: await room.statuses.allocate(client, { account: helper, kind: 'mandate' }),
    createdAt: now,
  })
  await room.helpers.close(client, request.id, { state: 'approved', mandate: id })
  const by = { thBy: helperName.th, enBy: helperName.en, case: of }
  const detail = { mandate: id, source: 'helper', th: self.name.th, en: self.name.en, ...by }
  await record(room, client, {
    kind: 'mandate-begun',
    accounts: [helper, person.account],
    detail,
    doer: person,
  })
  return id
}

async function refuse(
  room: HelperRoom,
  client: PoolClient,
  { request, person }: Deciding,
): Promise<undefined> {
  await room.helpers.close(client, request.id, { state: 'refused' })
  const accounts = [request.helper, person.account]
  await record(room, client, {
    kind: 'helper-refused',
    accounts,
    detail: { request: request.id },
    doer: person,
  })
  await notify(room, client, {
    account: request.helper,
    title: { th: 'ผู้รับบริการไม่ให้ช่วยทำรายการ', en: 'The person has refused your help' },
    body: { th: 'ให้ผู้รับบริการทำรายการด้วยตนเอง', en: 'Let them do it by themselves.' },
  })
}
