import { randomInt } from 'node:crypto'
import { inTransaction, type Logger, type Pool, Problem } from '@sapan/kernel'
import type { Notices } from '@sapan/notices'
import type { AuthorizationServer, Sealer, TokenRequest } from '@sapan/trust'
import type { Levels } from '../levels/level.ts'
import type { OfficersCountry } from '../officers/country.ts'
import { signingRoomProblems } from '../problems/signing.ts'
import type { Backchannel, Decision, Question } from '../provider/backchannel.ts'
import { checkProved, nameOf, placeOf, type Signer } from './requests.ts'
import { dropQuestion, putQuestion, type SentRequest, sentByName, sentByQuestion } from './store/elsewhere.ts'

export interface ElsewhereOptions {
  readonly pool: Pool
  readonly clock: () => number
  readonly log: Logger
  readonly sealer: Sealer
  readonly levels: Levels
  readonly country: Pick<OfficersCountry, 'signing'>
  readonly backchannel: Pick<Backchannel, 'ask' | 'decide' | 'pendingOf' | 'answerOf'>
  readonly notices: Pick<Notices, 'send'>
  readonly authorization: Pick<AuthorizationServer, 'approve' | 'deny'>
}

/** What both screens show, and how it stands. */
export interface Sent {
  readonly sign: string
  readonly expiresAt: number
  readonly state: Decision | 'pending' | 'expired'
}

/** What an officer sees on the device on which they decide. */
export interface AskedToSign {
  readonly question: Question
  readonly request: TokenRequest
}

/**
 * A signature that is begun at one device and confirmed at another, as OpenID CIBA does it: both show the same sign, and
 * only the account whose desk it came from can answer.
 */
export interface SigningElsewhere {
  /** Sends a request to the officer's own device; once, while that question waits. Throws `signing-request-over`. */
  send(ticket: string, account: string): Promise<Sent>
  /** How it stands; undefined where it was not sent. */
  sent(ticket: string, account: string): Promise<Sent | undefined>
  /** Where the desk goes on after the answer. Throws `signing-request-over`, `signing-not-confirmed` before it. */
  goOn(ticket: string, account: string): Promise<string>
  /** Throws `signing-request-over`, for another's too. */
  asked(account: string, question: string): Promise<AskedToSign>
  /** Throws `signing-confirmation-stale`, `signing-authenticator-weak`, `signing-request-over`. */
  decide(signer: Signer & { readonly session: string }, question: string, decision: Decision): Promise<void>
}

/** The kind of its questions. */
export const signingQuestion = 'signing'

export function createSigningElsewhere(options: ElsewhereOptions): SigningElsewhere {
  const { pool, clock, backchannel, authorization } = options
  const now = () => new Date(clock())
  const own = async (account: string, question: string): Promise<AskedToSign> => {
    const waiting = await backchannel.pendingOf(account)
    const found = waiting.find(({ id, kind }) => id === question && kind === signingQuestion)
    const row = found && (await sentByQuestion(pool, question, account, now()))
    if (!found || !row) throw over()
    return { question: found, request: requestIn(options, row) }
  }
  const sent = async (ticket: string, account: string) => {
    const row = await sentByName(pool, nameOf(ticket), account, now())
    return row && standing(options, row)
  }
  return {
    send: async (ticket, account) => {
      const before = await sent(ticket, account)
      return before !== undefined && before.state !== 'expired'
        ? before
        : await send(options, ticket, account)
    },
    sent,
    goOn: async (ticket, account) => {
      const state = (await sent(ticket, account))?.state
      if (state === 'deny') return taken(await authorization.deny(ticket))
      if (state !== 'approve') throw new Problem(signingRoomProblems['signing-not-confirmed'])
      return taken(await authorization.approve(ticket, account))
    },
    asked: own,
    decide: async (signer, question, decision) => {
      const { question: asked } = await own(signer.account, question)
      if (decision === 'approve') checkProved(options, signer, asked.askedAt)
      const { session, level, authenticatedAt } = signer
      await backchannel.decide(signer.account, question, decision, { session, level, authenticatedAt })
    },
  }
}

const over = () => new Problem(signingRoomProblems['signing-request-over'])

/** The ticket was taken in between, by another press. */
function taken(address: string | undefined): string {
  if (address === undefined) throw over()
  return address
}

function requestIn({ sealer }: ElsewhereOptions, { name, content_sealed }: SentRequest): TokenRequest {
  return JSON.parse(sealer.open(content_sealed, placeOf(name)).toString())
}

async function standing({ backchannel }: ElsewhereOptions, row: SentRequest): Promise<Sent> {
  const { question, sign, until } = row
  return {
    sign,
    expiresAt: until.getTime(),
    state: (await backchannel.answerOf(question)) ?? 'expired',
  }
}

/** The question first: what it is about is put beside the request, or it is asked in vain and runs out unseen. */
async function send(options: ElsewhereOptions, ticket: string, account: string): Promise<Sent> {
  const { pool, clock, backchannel } = options
  const name = nameOf(ticket)
  const at = new Date(clock())
  const before = await sentByName(pool, name, account, at)
  if (before) await dropQuestion(pool, name, before.question)
  const sign = String(randomInt(1000, 10_000))
  const { id } = await backchannel.ask({ account, kind: signingQuestion, bindingMessage: sign })
  const row = await putQuestion(pool, name, { account, question: id, sign, at })
  if (row === undefined) {
    // Another press was first: that question is the one.
    const first = await sentByName(pool, name, account, at)
    if (first === undefined) throw over()
    return await standing(options, first)
  }
  await tell(options, account, id)
  return await standing(options, row)
}

/** They find it on their page too: that a notice failed stops nothing. */
async function tell({ pool, notices, log }: ElsewhereOptions, account: string, question: string) {
  await inTransaction(pool, (client) =>
    notices.send(client, {
      account,
      kind: 'security',
      title: { th: 'มีเอกสารรอให้คุณยืนยันการลงนาม', en: 'A signature waits for you to confirm it' },
      body: {
        th: 'ตรวจว่าเลขตรงกับหน้าจอที่โต๊ะทำงาน และเป็นเอกสารที่คุณกำลังลงนาม ถ้าไม่ใช่ ให้ปฏิเสธ',
        en: 'See that the number is that on the screen of the desk and that you are signing this document. If not, refuse.',
      },
      link: `/me/signing/${question}`,
      key: `signing ${question}`,
    }),
  ).catch((error: unknown) => log.error({ err: error }, 'a notice of a signature failed'))
}
