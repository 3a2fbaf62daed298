import type { Problem, Text } from '@sapan/kernel'
import { type ExchangeProblemCode, exchangeProblem } from '../problems.ts'
import type { SignedMessage } from './message.ts'
import { readSignatureInput, type SignatureInput } from './signature-input.ts'

/** Reads Signature-Input; throws Problem where it is not one of ours. */
export function inputOf(kind: SignedMessage['kind'], value: string): SignatureInput {
  const input = readSignatureInput(value)
  if (input === 'malformed') throw refusal(kind, 'signature-malformed')
  if (input === 'algorithm') throw refusal(kind, 'signature-algorithm-unsupported')
  return input
}

/** A refusal that names a header, never its value. */
export function aboutHeader(kind: SignedMessage['kind'], code: ExchangeProblemCode, name: string): Problem {
  const shown = name.slice(0, 64).replace(/[^a-z0-9._-]/g, '?')
  return refusal(kind, code, { en: `It is about the header ${shown}.`, th: `เกี่ยวกับเฮดเดอร์ ${shown}` })
}

/** The problem of a request by its own name; of an answer as one that lies beyond the gateway that reads it. */
export function refusal(kind: SignedMessage['kind'], code: ExchangeProblemCode, detail?: Text): Problem {
  const problem = exchangeProblem(code, detail ? { detail } : {})
  if (kind === 'request') return problem
  const answerCode = code === 'signature-missing' ? 'answer-signature-missing' : 'answer-signature-invalid'
  const { title } = problem.type
  return exchangeProblem(answerCode, {
    detail: {
      en: detail ? `${title.en}. ${detail.en}` : `${title.en}.`,
      th: detail ? `${title.th} ${detail.th}` : title.th,
    },
  })
}
