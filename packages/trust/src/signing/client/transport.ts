import { setTimeout as wait } from 'node:timers/promises'
import type { JsonPost } from './post.ts'
import { refusal, unreachable } from './refusals.ts'

/** Gives the access token. `refused`: the one that the service did not take; the same again means that there is no other. */
export type TokenSource = (why: { readonly refused: string | undefined }) => string | Promise<string>

export interface CscConnection {
  /** What precedes `/csc/v2/`. */
  readonly baseUrl: string
  readonly version: 'v1' | 'v2'
  /** Called before each request. */
  readonly token?: TokenSource | undefined
  readonly post: JsonPost
  readonly timeoutMs: number
  /** Before what may be asked again is; twice as long before the next time. */
  readonly againAfterMs: number
}

export type JsonObject = Readonly<Record<string, unknown>>

/** What changes nothing, however often it is asked. */
const harmless: ReadonlySet<string> = new Set(['credentials/info', 'signatures/signPolling'])
const mostTries = 3
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * Calls a method of the API. Throws the problems of a signing service. What changes nothing is asked up to three times
 * where the service is not there for the moment; everything else is sent once, but that a request whose token was refused,
 * and which was therefore not looked at, goes again with another token.
 */
export async function callCsc(
  connection: CscConnection,
  method: string,
  parameters: JsonObject,
): Promise<JsonObject> {
  const tries = harmless.has(method) ? mostTries : 1
  for (let tried = 1; ; tried++) {
    const answer = await sendWithToken(connection, method, parameters).catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error
      if (tried >= tries) throw unreachable(method, error.cause)
    })
    if (answer && !(passing.has(answer.status) && tried < tries)) return readAnswer(answer)
    await wait(connection.againAfterMs * 2 ** (tried - 1))
  }
}

/** The connection failed, or the time was over; what the caller's own functions throw goes on as it is. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

type Answer = Awaited<ReturnType<JsonPost>>

async function sendWithToken(
  connection: CscConnection,
  method: string,
  parameters: JsonObject,
): Promise<Answer> {
  const { token } = connection
  const access = await token?.({ refused: undefined })
  const answer = await send(connection, method, parameters, access)
  if (answer.status !== 401 || !token) return answer
  const another = await token({ refused: access })
  return another === access ? answer : send(connection, method, parameters, another)
}

function send(
  { baseUrl, version, post, timeoutMs }: CscConnection,
  method: string,
  parameters: JsonObject,
  access: string | undefined,
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(access === undefined ? {} : { authorization: `Bearer ${access}` }),
  }
  const url = `${baseUrl.replace(/\/+$/, '')}/csc/${version}/${method}`
  return post({ url, headers, body: JSON.stringify(parameters), timeoutMs }).catch((cause: unknown) => {
    throw new NoAnswer('no answer', { cause })
  })
}

function readAnswer({ status, body: bytes }: Answer): JsonObject {
  const body = readJson(bytes)
  if (status >= 200 && status < 300 && body) return body
  throw refusal(status, body)
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
