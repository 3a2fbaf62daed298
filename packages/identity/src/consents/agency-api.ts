import { Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import type { Handler, HandlerAnswer, HandlerRequest } from '@sapan/trust'
import { consentRoomProblems } from '../problems/consents.ts'
import type { Consents } from './consents.ts'

export interface ConsentApiOptions {
  readonly consents: Pick<Consents, 'ask' | 'answerFor'>
  /** The member whose system asks; throws a Problem where none is proven. */
  readonly authenticate: (request: HandlerRequest) => Promise<string>
  /** The origin of the problem pages. */
  readonly base: string
}

/**
 * For agencies: `POST /` asks a person for a consent, `GET /<id>` tells how it stands, with the receipt while it holds.
 * JSON; refusals are problems (RFC 9457).
 */
export function consentApi(options: ConsentApiOptions): Handler {
  const handle = async (request: HandlerRequest): Promise<HandlerAnswer> => {
    try {
      return await answered(options, request)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const language = preferredLanguage(request.headers['accept-language'])
      const document = problemDocument(error, options.base, language)
      const refusal = json(error.type.status, document, 'application/problem+json')
      if (error.type.status !== 401) return refusal
      return { ...refusal, headers: { ...refusal.headers, 'www-authenticate': 'DPoP, Bearer' } }
    }
  }
  return Object.assign(handle, { mostBodyBytes: 32 * 1024 })
}

async function answered(
  { consents, authenticate }: ConsentApiOptions,
  request: HandlerRequest,
): Promise<HandlerAnswer> {
  const member = await authenticate(request)
  const id = request.path.slice(1)
  if (request.method === 'POST' && id === '') return json(201, await consents.ask(bodyOf(request), member))
  if (request.method === 'GET' && id !== '') return json(200, await consents.answerFor(id, member))
  throw new Problem(consentRoomProblems['consent-not-found'])
}

function bodyOf({ body }: HandlerRequest): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch (cause) {
    throw new Problem(consentRoomProblems['consent-question-invalid'], { cause })
  }
}

function json(status: number, value: object, type = 'application/json'): HandlerAnswer {
  const headers = { 'content-type': type, 'cache-control': 'no-store' }
  return { status, headers, body: Buffer.from(JSON.stringify(value)) }
}
