import { Problem, registeredProblems } from '@sapan/kernel'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../../../problems.ts'
import { checkContentDigest } from '../../../signature/digest.ts'
import type { SignedMessage } from '../../../signature/message.ts'
import { type SignatureParameters, signatureParameters } from '../../../signature/parameters.ts'
import { parseSignedAnswer } from '../../../signature/parse.ts'
import { isTimely, verifySigned } from '../../../signature/verify.ts'
import { atMostEvery } from '../../at-most-every.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { Body } from '../../transport/body.ts'
import { headerList, single } from '../../transport/headers.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** The answer must be signed by the member that was asked, for this very request, and be whole. */
export function verifyAnswer(ground: GatewayGround): Step<ConsumerExchange> {
  // Whoever answers without signing could have the center asked without pause.
  const lookAgain = atMostEvery(1000, () => {
    const { directory, log } = ground
    directory.refresh().catch((err: unknown) => log.warn({ err }, 'the directory could not be looked at'))
  })
  return {
    name: 'verifyAnswer',
    run(exchange) {
      const { rawAnswer, message: request, target } = exchange
      if (!request) throw new Error('the request is not signed')
      const message = parsed(rawAnswer, request)
      const parameters = signatureParameters(message)
      const { keyId, algorithm, created } = parameters
      const known = ground.directory.current().certificate(keyId)
      const now = ground.clock()
      const speaks =
        known?.use === 'signing' && known.holder === target.member && known.algorithm === algorithm
      if (
        !known ||
        !speaks ||
        Math.min(now, created * 1000) < known.notBefore ||
        Math.max(now, created * 1000) >= known.notAfter ||
        !verifySigned(message, known)
      ) {
        if (departures.has(saidProblem(rawAnswer))) throw movedMeanwhile(lookAgain)
        throw exchangeProblem('answer-signature-invalid')
      }
      const headers = message.fields
      ground.clockWatch.hear(exchange.gateways[0]?.id ?? known.holder, created)
      checkProvable(exchange, message, parameters, now)
      checkDigest(single(headers, 'content-digest') ?? '', rawAnswer.body)
      exchange.answer = {
        message,
        status: rawAnswer.status,
        headers,
        body: rawAnswer.body,
        certificate: keyId,
        refusal: single(headers, 'sapan-problem') ?? null,
      }
      takeDecisions(exchange, single(headers, 'sapan-decisions'))
      return { th: `ลายมือชื่อของ ${known.holder} ถูกต้อง`, en: `The signature of ${known.holder} holds` }
    },
  }
}

function saidProblem({ rawHeaders }: ConsumerExchange['rawAnswer']): string {
  return headerList(rawHeaders).find(([name]) => name === 'sapan-problem')?.[1] ?? ''
}

/** With these a gateway refuses what is for a member that it speaks for no more. */
const departures: ReadonlySet<string> = new Set(['member-moving', 'message-for-another'])

/**
 * The gateway speaks for the member no more, and so can't sign in its name: it has moved since the directory was looked
 * at, which is done anew at once.
 */
function movedMeanwhile(lookAgain: () => void): Problem {
  lookAgain()
  return exchangeProblem('member-moving', { extensions: { retryAfter: 1 } })
}

/** A refusal that is not signed proves nothing, but the operator may be told what it said. */
function parsed(raw: ConsumerExchange['rawAnswer'], request: SignedMessage): SignedMessage {
  try {
    return parseSignedAnswer(raw.status, raw.rawHeaders, request)
  } catch (error) {
    const said = saidProblem(raw)
    if (!(error instanceof Problem) || !registeredProblems().has(said)) throw error
    throw new Problem(error.type, {
      detail: {
        th: `เกตเวย์อีกฝั่งตอบโดยไม่ลงลายมือชื่อว่า ${said}`,
        en: `The other gateway said, without signing it: ${said}.`,
      },
      extensions: { unsigned: said },
      cause: error,
    })
  }
}

/**
 * The signature binds the answer to the request, whatever else the answer says. But evidence in which it speaks of
 * another exchange, or of another time, would not hold, and the provider could deny what it answered.
 */
function checkProvable(
  { id }: ConsumerExchange,
  message: SignedMessage,
  parameters: SignatureParameters,
  now: number,
): void {
  if (single(message.fields, 'sapan-exchange') !== id) {
    throw exchangeProblem('answer-signature-invalid', {
      detail: { th: 'คำตอบไม่ได้ระบุการแลกเปลี่ยนนี้', en: 'The answer does not name this exchange.' },
    })
  }
  if (!isTimely(parameters, now)) {
    throw exchangeProblem('answer-signature-invalid', {
      detail: {
        th: 'เวลาในคำตอบต่างจากเวลาของเกตเวย์นี้มากเกินไป',
        en: 'The time in the answer is too far from this gateway’s own.',
      },
    })
  }
}

function checkDigest(digest: string, body: Body): void {
  try {
    checkContentDigest(digest, body.sha256)
  } catch (error) {
    throw exchangeProblem('answer-digest-mismatch', { cause: error })
  }
}

const Decisions = Compile(
  Type.Array(
    Type.Object({
      side: Type.Literal('provider'),
      step: Type.String({ maxLength: 100 }),
      outcome: Type.Union([Type.Literal('passed'), Type.Literal('refused')]),
      text: Type.Object({ th: Type.String(), en: Type.String() }),
    }),
    { maxItems: 50 },
  ),
)

/** The provider's own decisions, put behind ours where the caller asked to have the exchange explained. */
function takeDecisions(exchange: ConsumerExchange, header: string | undefined): void {
  if (!exchange.decisions || header === undefined) return
  try {
    const decisions: unknown = JSON.parse(Buffer.from(header, 'base64url').toString())
    if (Decisions.Check(decisions)) exchange.decisions.push(...decisions)
  } catch {
    // An explanation that can't be read explains nothing; the answer stands without it.
  }
}
