import { randomInt } from 'node:crypto'
import { inTransaction, isNationalId, Problem, uuidv7 } from '@sapan/kernel'
import { officerProblems } from '../../problems/officers.ts'
import { isId } from '../act.ts'
import { plainWords } from '../given/proposal.ts'
import {
  type Doer,
  type MandateRoom,
  mandateProblem,
  notify,
  openAccount,
  record,
  refuseActing,
} from '../room.ts'
import type { HelperRecords, HelperRequest } from '../store/helper-requests.ts'
import { countTry } from '../store/tries.ts'

export interface HelperRoom extends MandateRoom {
  readonly helpers: HelperRecords
}

/** An officer at a counter. */
export interface Helper extends Doer {
  readonly officer?: { readonly appointment: string; readonly agency: string }
}

export interface HelpAsked {
  /** The number of the person in front of the helper. */
  readonly number: string
  /** The case that it is about, as the agency names it. */
  readonly case: string
  readonly scopes: readonly string[]
}

const longestCase = 80

/**
 * Asks the person in front of a helper to let them act, for one case and a short while. The person decides on their own
 * device; the two-digit sign that both screens show says that it is this question. Whether anybody has the number is not
 * told, and not to be felt: what the person is told comes later, and without an answer the request runs out.
 *
 * Throws `officer-duty-missing`, `mandate-not-passed-on`, `mandate-number-invalid`, `mandate-self`,
 * `mandate-terms-invalid`, `mandate-too-many`.
 */
export async function askToHelp(room: HelperRoom, helper: Helper, asked: HelpAsked): Promise<HelperRequest> {
  refuseActing(helper)
  const { officer } = helper
  const { duty, answerMinutes, perHour } = room.country.helper
  const now = room.clock()
  if (!officer || !(await room.officers.hasDuty(officer.appointment, duty, now)))
    throw new Problem(officerProblems['officer-duty-missing'])
  const { name } = await openAccount(room, helper.account)
  const number = asked.number.normalize('NFKC').replace(/[\s-]/g, '')
  if (!isNationalId(number)) throw mandateProblem('mandate-number-invalid')
  const content = contentOf(room, asked)
  // Both, whoever is found: one question less could be felt.
  const national = await room.accounts.findByIdentifier('national-id', number)
  const foreign = await room.accounts.findByIdentifier('foreigner-number', number)
  const found = national ?? foreign
  if (found?.id === helper.account) throw mandateProblem('mandate-self')
  const request = {
    id: uuidv7(now),
    helper: helper.account,
    ...(found?.state === 'open' ? { person: found.id } : {}),
    ...content,
    ...officer,
    helperName: name,
    sign: String(randomInt(10, 100)),
    askedAt: now,
    expiresAt: now + answerMinutes * 60_000,
  }
  await inTransaction(room.pool, async (client) => {
    const tried = { account: helper.account, kind: 'help', most: perHour, since: now - 3_600_000, at: now }
    if (!(await countTry(client, tried))) throw mandateProblem('mandate-too-many')
    await room.helpers.insert(client, request)
    const detail = { request: request.id, thBy: name.th, enBy: name.en, case: request.case }
    await record(room, client, { kind: 'helper-asked', accounts: [helper.account], detail, doer: helper })
  })
  return { ...request, state: 'open' }
}

/**
 * Tells those whom helpers have asked for, in their history, by a notice and by a question on their device. A job for every
 * second. Returns how many.
 */
export async function announceHelp(room: HelperRoom, most = 50): Promise<number> {
  const requests = await inTransaction(room.pool, async (client) => {
    const taken = await room.helpers.takeUnannounced(client, room.clock(), most)
    for (const request of taken) {
      const { id, person = '', helperName: name } = request
      const detail = { request: id, thBy: name.th, enBy: name.en, case: request.case }
      await record(room, client, { kind: 'helper-asked', accounts: [person], detail })
      await notify(room, client, noticeTo(person, request))
    }
    return taken
  })
  for (const request of requests) await reach(room, request)
  return requests.length
}

function contentOf({ country }: MandateRoom, asked: HelpAsked): Pick<HelperRequest, 'case' | 'scopes'> {
  const allowed = new Set(country.scopes.flatMap(({ code, helper }) => (helper ? [code] : [])))
  const name = plainWords(asked.case, longestCase)
  const scopes = [...new Set(asked.scopes)]
  if (name === '' || scopes.length === 0 || scopes.some((code) => !allowed.has(code))) {
    const detail = {
      th: 'ระบุเลขเรื่อง และเลือกอย่างน้อยหนึ่งเรื่องที่ช่วยทำได้',
      en: 'Name the case, and choose at least one thing that a helper may do.',
    }
    throw mandateProblem('mandate-terms-invalid', { detail })
  }
  return { case: name, scopes }
}

function noticeTo(account: string, { id, helperName }: Pick<HelperRequest, 'id' | 'helperName'>) {
  return {
    account,
    title: { th: 'เจ้าหน้าที่ขอช่วยคุณทำรายการ', en: 'An officer asks to help you' },
    body: {
      th: `${helperName.th} ขอช่วยทำรายการแทนคุณที่เคาน์เตอร์ ดูรายละเอียดก่อนตอบ ถ้าคุณไม่ได้อยู่ที่เคาน์เตอร์ ให้ปฏิเสธ`,
      en: `${helperName.en} asks to act for you at a counter. See what for before you answer. If you are not there, refuse.`,
    },
    link: `/me/mandates/help/${id}`,
  }
}

/** The question on the person's device. They find it on their page too: the request stands even where this fails. */
async function reach(room: HelperRoom, request: HelperRequest): Promise<void> {
  if (request.person === undefined) return
  const lifetime = Math.ceil((request.expiresAt - room.clock()) / 1000)
  const question = { account: request.person, kind: 'helper', bindingMessage: request.sign, lifetime }
  const asked = await room.backchannel.ask(question).catch((error: unknown) => {
    room.log.error({ error }, 'a question to a person did not go out')
    return undefined
  })
  if (asked) await room.helpers.keepQuestion(room.pool, request.id, asked.id)
}

/** A request as the helper or the person sees it. Anybody else's: `mandate-offer-not-found`, logged. */
export async function seenRequest(room: HelperRoom, doer: Doer, id: string): Promise<HelperRequest> {
  const request = isId(id) ? await room.helpers.byId(room.pool, id, room.clock()) : undefined
  if (request && (request.helper === doer.account || request.person === doer.account)) return request
  if (request) room.log.warn({ account: doer.account, request: id }, 'help of others was asked for')
  throw mandateProblem('mandate-offer-not-found')
}
