import { Problem } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'

/** Posts JSON; rejects when no answer comes in time. For connections of the house's own kind (client certificates, …). */
export type JsonPost = (request: {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
}) => Promise<{ readonly status: number; readonly body: Uint8Array }>

/** An answer is no longer than this: certificates and a hundred signatures have less. */
const mostAnswerBytes = 4 * 1024 * 1024

export const fetchPost: JsonPost = async ({ url, headers, body, timeoutMs }) => {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  return { status: response.status, body: await readBounded(response) }
}

async function readBounded({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body ?? []) {
    length += part.length
    if (length > mostAnswerBytes) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

export interface CscConnection {
  /** What precedes `/csc/v2/`. */
  readonly baseUrl: string
  readonly version: 'v1' | 'v2'
  /** Gives the access token, before each request. */
  readonly token?: (() => string | Promise<string>) | undefined
  readonly post: JsonPost
  readonly timeoutMs: number
}

export type JsonObject = Readonly<Record<string, unknown>>

/** Calls a method of the API. Throws the problems of a signing service; sends once, whatever happens. */
export async function callCsc(
  connection: CscConnection,
  method: string,
  parameters: JsonObject,
): Promise<JsonObject> {
  const { baseUrl, version, token, post, timeoutMs } = connection
  const access = await token?.()
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(access === undefined ? {} : { authorization: `Bearer ${access}` }),
  }
  const url = `${baseUrl.replace(/\/+$/, '')}/csc/${version}/${method}`
  const answer = await post({ url, headers, body: JSON.stringify(parameters), timeoutMs }).catch(
    (cause: unknown) => {
      throw new Problem(trustProblems['signing-service-unavailable'], { cause })
    },
  )
  const body = readJson(answer.body)
  if (answer.status >= 200 && answer.status < 300 && body) return body
  throw refusal(answer.status, body)
}

function readJson(bytes: Uint8Array): JsonObject | undefined {
  // 204 has no body.
  if (bytes.length === 0) return {}
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

const notAuthorised = new Set(['invalid_authentication_data', 'invalid_pin', 'invalid_otp', 'access_denied'])

function refusal(status: number, body: JsonObject | undefined): Problem {
  const code = typeof body?.error === 'string' && /^[a-zA-Z_]{1,40}$/.test(body.error) ? body.error : ''
  if (notAuthorised.has(code)) return problem('signing-not-authorized', code, body)
  if (status === 401) return problem('signing-service-token-refused', code, body)
  if (status >= 500) return problem('signing-service-unavailable', code, body)
  return problem(status >= 400 ? 'signing-service-refused' : 'signing-service-answer-invalid', code, body)
}

function problem(name: keyof typeof trustProblems, code: string, body: JsonObject | undefined): Problem {
  const type = trustProblems[name]
  const reason = [code, plainText(body?.error_description)].filter((part) => part !== '').join(': ')
  if (reason === '') return new Problem(type)
  return new Problem(type, {
    detail: { th: `${type.title.th} (${reason})`, en: `${type.title.en} (${reason})` },
  })
}

/** A service's own words, short and without control characters. */
function plainText(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/\p{C}/gu, ' ').slice(0, 200) : ''
}
