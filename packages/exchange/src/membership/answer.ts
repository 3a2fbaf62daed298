import type { ExchangeProblemCode } from '../problems.ts'
import { exchangeProblem, exchangeProblems } from '../problems.ts'
import type { CenterAnswer } from './connection.ts'

/** The JSON of a good answer. Throws the center's own problem for a refusal, `center-answer-invalid` for the rest. */
export function readAnswer(answer: CenterAnswer): unknown {
  const value = parse(answer.body)
  if (answer.status >= 200 && answer.status < 300) return value
  if (typeof value !== 'object' || value === null || !('code' in value) || !isOurs(value.code)) {
    throw exchangeProblem('center-answer-invalid')
  }
  const detail = detailOf(value)
  throw exchangeProblem(value.code, detail ? { detail } : {})
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw exchangeProblem('center-answer-invalid', { cause })
  }
}

function isOurs(code: unknown): code is ExchangeProblemCode {
  return typeof code === 'string' && Object.hasOwn(exchangeProblems, code)
}

/** The problem document has one language on top and the other one below (`problemDocument`). */
function detailOf(document: object): { th: string; en: string } | undefined {
  const top = 'detail' in document ? document.detail : undefined
  const [language, below] =
    'th' in document
      ? (['en', document.th] as const)
      : (['th', 'en' in document ? document.en : null] as const)
  const other = typeof below === 'object' && below !== null && 'detail' in below ? below.detail : undefined
  if (typeof top !== 'string' || typeof other !== 'string') return undefined
  return language === 'en' ? { en: top, th: other } : { th: top, en: other }
}
