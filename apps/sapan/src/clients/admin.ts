import { KeyFolder } from '@sapan/trust'
import { AnsweredProblem } from '../terminal/failure.ts'
import { isRecord } from '../terminal/values.ts'
import { asJson, type HttpAnswer, type HttpRequest, http } from './http.ts'

/** The administration of one gateway or of the center, on loopback, with its bearer token. */
export interface AdminClient {
  readonly origin: string
  /** For what is no JSON. */
  readonly token: string
  /** A JSON answer. Throws `AnsweredProblem` for any refusal. */
  json(method: string, path: string, body?: unknown): Promise<unknown>
  /** The whole answer. Throws `AnsweredProblem` for any refusal. */
  raw(method: string, path: string, options?: HttpRequest): Promise<HttpAnswer>
}

/**
 * `keys` is the folder in which the process keeps its keys: only who may read it may administer it. An operator of single members has
 * a token instead, in `SAPAN_OPERATOR_TOKEN`.
 */
export async function adminClient(origin: string, keys: string): Promise<AdminClient> {
  const own = process.env.SAPAN_OPERATOR_TOKEN
  if (own) return adminClientWith(origin, own)
  const token = await new KeyFolder(keys).loadOrCreateSecret('admin.token')
  return adminClientWith(origin, token.toString('hex'))
}

export function adminClientWith(origin: string, token: string): AdminClient {
  const raw = async (method: string, path: string, options: HttpRequest = {}): Promise<HttpAnswer> => {
    const headers = { accept: 'application/json, application/problem+json', authorization: `Bearer ${token}` }
    const answer = await http(origin, path, {
      ...options,
      method,
      headers: { ...headers, ...options.headers },
    })
    if (answer.status >= 400) throw answeredProblem(answer)
    return answer
  }
  return {
    origin,
    token,
    raw,
    json: async (method, path, body) => {
      const answer = await raw(method, path, body === undefined ? {} : asJson(body))
      return answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString('utf8'))
    },
  }
}

/** The problem in a refusal, whatever shape it came in (RFC 9457, X-Road, or none). */
export function answeredProblem({ status, headers, body }: HttpAnswer): AnsweredProblem {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (isRecord(value)) {
      return new AnsweredProblem({
        status,
        code: headers['x-road-error'] ?? `http-${status}`,
        ...(value.message ? { title: value.message } : {}),
        ...value,
      })
    }
  } catch {
    // No JSON: the status is all that is known.
  }
  return new AnsweredProblem({
    status,
    title: `HTTP ${status}`,
    code: headers['x-road-error'] ?? `http-${status}`,
  })
}
